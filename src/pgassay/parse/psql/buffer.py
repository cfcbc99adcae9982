"""The statement being collected: psql's query buffer, with a memory of where each piece came from."""

from dataclasses import dataclass
from enum import Enum

from pgassay.parse.psql.frames import Frame
from pgassay.parse.psql.tokens import PREAMBLE, blank_lines

_BEFORE_TOKEN = frozenset("/- \t\r\n\f\v")


class Kind(Enum):
    """What a piece of text is. Empty lines are dropped from code only."""

    CODE = "code"
    QUOTE = "quote"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class Mark:
    """A point to which the buffer can be taken back."""

    pieces: int
    origins: int
    paren_depth: int


class Buffer:
    """The text of a statement so far, in pieces.

    ``line`` is the line of the first token, 0 while there is none. ``paren_depth`` and ``block_depth``
    tell how deep in parentheses and in BEGIN … END bodies reading is. ``words`` tells which of the next
    words matter (see ``tokens.stretch``), ``keyword`` is the first of them in upper case. ``at_line_start``
    tells that nothing of the current line was taken yet, but the newline in front of it was.
    """

    __slots__ = (
        "_head", "at_line_start", "block_depth", "compound", "keyword", "line", "origins", "paren_depth",
        "pieces", "size", "words",
    )  # fmt: skip

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.origins: list[tuple[int, int]] = []
        self.reset()

    def reset(self) -> None:
        """Begin a new statement."""
        self.pieces.clear()
        self.origins.clear()
        self.size = self.line = self.paren_depth = self.block_depth = 0
        self.words = "all"
        self._head = ""
        self.keyword = ""
        self.compound = self.at_line_start = False

    def text(self) -> str:
        """Give what was collected."""
        return self.pieces[0] if len(self.pieces) == 1 else "".join(self.pieces)

    def insert(self, value: str, *, line: int) -> None:
        """Append the value of a variable, which is a token, put in at a line."""
        self.line = self.line or line
        self._add_inserted(value, line)

    def _add(self, text: str, line: int) -> None:
        if text:
            self.origins.append((self.size, line))
            self.pieces.append(text)
            self.size += len(text)
            self.at_line_start = False

    def _add_inserted(self, text: str, line: int) -> None:
        """Append text all of which stems from one line, however many it has itself."""
        for each in text.splitlines(keepends=True) if "\n" in text else (text,):
            self._add(each, line)

    def take(self, frame: Frame, end: int, kind: Kind = Kind.CODE, *, standard: bool = True) -> None:
        """Append what was read of a frame up to ``end``, less the empty lines that psql drops."""
        begin, frame.begin = frame.begin, end
        if begin >= end:
            return
        line = frame.line_at(begin)
        if not self.line and kind is not Kind.COMMENT:
            self._find_first_token(frame, begin, end, line)
        text = frame.text[begin:end]
        if not frame.lines:
            self._add_inserted(text, line)
        elif kind is not Kind.CODE:
            self._add(text, line)
        elif "\n\n" in text or self.at_line_start:
            self._add_without_blank_lines(text, line=line, standard=standard)
        else:
            self._add(text, line)
            self.at_line_start = text[-1] == "\n"

    def _find_first_token(self, frame: Frame, begin: int, end: int, line: int) -> None:
        if frame.text[begin] not in _BEFORE_TOKEN:
            self.line = line
            return
        first = PREAMBLE.match(frame.text, begin, end)
        offset = first.end() if first else begin
        if offset < end:
            self.line = line + (frame.text.count("\n", begin, offset) if frame.lines else 0)

    def _add_without_blank_lines(self, text: str, *, line: int, standard: bool) -> None:
        start = 0
        if self.at_line_start:
            start = len(text) - len(text.lstrip("\n"))
            line += start
        for run in blank_lines(standard=standard).finditer(text, start):
            if run[1] and len(run[1]) > 1:
                self._add(text[start : run.start() + 1], line)
                line += text.count("\n", start, run.end())
                start = run.end()
        self._add(text[start:], line)
        self.at_line_start = bool(self.pieces) and self.pieces[-1].endswith("\n")

    def see_word(self, word: str) -> None:
        """Take note of a word, which tells where the body of a SQL-standard routine begins and ends.

        The rule is psql's: the statement begins with CREATE [OR REPLACE] FUNCTION or PROCEDURE, and
        then BEGIN opens, CASE within a body opens, END closes; none of them inside of parentheses.
        """
        word = word.lower()
        if self.words == "blocks":
            self._see_block(word)
            return
        if not self.keyword:
            self.keyword = word.upper()
        self._head = f"{self._head} {word}" if self._head else word
        self.words = _AFTER_HEAD.get(self._head, "none")

    def _see_block(self, word: str) -> None:
        if self.paren_depth:
            return
        if word == "begin" or (word == "case" and self.block_depth):
            self.block_depth += 1
        elif word == "end" and self.block_depth:
            self.block_depth -= 1

    def next_head(self) -> None:
        r"""Begin a further statement in the same text, as ``\;`` does."""
        self._head = ""
        self.words = "all"

    def strip_newline(self) -> None:
        """Take back the newline in front of a line that turned out to hold only a command."""
        if self.at_line_start:
            self.pieces[-1] = self.pieces[-1][:-1]
            self.size -= 1
            self.at_line_start = False

    def mark(self) -> Mark:
        """Remember this state."""
        return Mark(len(self.pieces), len(self.origins), self.paren_depth)

    def back_to(self, mark: Mark) -> None:
        """Forget what came after a mark."""
        del self.pieces[mark.pieces :], self.origins[mark.origins :]
        self.size = sum(map(len, self.pieces))
        self.at_line_start = False
        self.paren_depth = mark.paren_depth
        if not self.size:
            self.line = 0
            self.keyword = ""


_AFTER_HEAD = {
    "create": "all",
    "create or": "all",
    "create or replace": "all",
    "create function": "blocks",
    "create procedure": "blocks",
    "create or replace function": "blocks",
    "create or replace procedure": "blocks",
}
