"""Where statements end: psql's scanner over one file, with variables put in as they are met.

Leaves the meaning of backslash commands to ``commands`` and the branches to ``reader``.
"""

import re
from collections.abc import Callable
from enum import Enum

from pgassay.model.place import Place
from pgassay.parse.psql.buffer import Buffer, Kind
from pgassay.parse.psql.frames import Frame, Frames
from pgassay.parse.psql.quotes import Quote, open_quote
from pgassay.parse.psql.script_error import ScriptError
from pgassay.parse.psql.tokens import LEADING, stretch
from pgassay.parse.psql.variables import LONGEST_VALUE, Variables

_MOST_EXPANSIONS = 200_000
"""The most variables put into one statement, and into the values of one another."""


class Stop(Enum):
    """Why reading paused."""

    SEMICOLON = ";"
    BACKSLASH = "\\"
    END = "end"


class Lexer:
    """Reads one file into ``buffer``, from stop to stop. ``warn`` is told what psql warns about."""

    def __init__(self, text: str, *, path: str, variables: Variables, warn: Callable[[str], None]) -> None:
        self.buffer = Buffer()
        self.path = path
        self.quote: Quote | None = None
        self.frames = Frames(text)
        self._variables = variables
        self._warn = warn
        self._expansions = 0
        self._patterns: dict[str, re.Pattern[str]] = {}
        self._standard = True
        self._set_standard(True)

    @property
    def line(self) -> int:
        """The line of the file where reading is."""
        return self.frames.line

    def advance(self, *, standard: bool) -> Stop:
        """Read up to the next stop; ``standard`` is the server's standard_conforming_strings.

        At the end of the file ``quote`` is what was left open there, if anything was.
        """
        if standard is not self._standard:
            self._set_standard(standard)
        buffer, patterns, frames = self.buffer, self._patterns, self.frames.stack
        while True:
            frame = frames[-1]
            if not buffer.size and frame.begin == frame.position:
                self._skip_leading(frame)
            found = patterns[buffer.words].match(frame.text, frame.position)
            assert found is not None  # it matches the empty text at the least
            frame.position = found.end()
            group = found.lastgroup
            if group == "open":
                buffer.paren_depth += 1
            elif group == "close":
                buffer.paren_depth -= buffer.paren_depth > 0
            elif group == "word":
                buffer.see_word(found["word"])
            elif stop := self._pause(frame, group, found):
                return stop

    def _set_standard(self, standard: bool) -> None:
        self._standard = standard
        self._patterns |= {
            words: stretch(words=words, standard=standard) for words in ("all", "none", "blocks")
        }

    def _skip_leading(self, frame: Frame) -> None:
        leading = LEADING.match(frame.text, frame.position)
        if leading is not None:
            frame.go_to(leading.end())

    def _take(self, frame: Frame, end: int, kind: Kind = Kind.CODE) -> None:
        self.buffer.take(frame, end, kind, standard=self._standard)

    def _pause(self, frame: Frame, group: str | None, found: re.Match[str]) -> Stop | None:
        if group == "semicolon":
            if self.buffer.paren_depth or self.buffer.block_depth:
                return None
            self._take(frame, frame.position)
            return Stop.SEMICOLON
        if group == "variable":
            self._substitute(frame, found)
            return None
        if group == "quote":
            self._take(frame, found.start("quote"))
            line = frame.line_at(found.start("quote"))
            self.quote = open_quote(found["quote"], line=line, standard=self._standard)
            return self._go_through_quote()
        return self._backslash(frame) if group == "backslash" else self._end_frame(frame)

    def _go_through_quote(self) -> Stop | None:
        while (quote := self.quote) is not None:
            frame = self.frames.stack[-1]
            end = quote.find_end(frame.text, frame.position)
            frame.position = end if end >= 0 else len(frame.text)
            self._take(frame, frame.position, Kind.COMMENT if quote.is_comment else Kind.QUOTE)
            if end >= 0:
                self.quote = None
            elif frame is self.frames.file:
                return Stop.END
            else:
                self.frames.pop()
        return None

    def _substitute(self, frame: Frame, found: re.Match[str]) -> None:
        token = found["variable"]
        value = self._variables.expand(token)
        if value is None:
            return
        name = token[1:] if token[1] not in "'\"{" else ""
        if name and self.frames.is_open(name):
            self._warn(f'skipping recursive expansion of variable "{name}"')
            return
        self._check_growth()
        self._take(frame, found.start("variable"))
        frame.begin = frame.position
        line = frame.line_at(frame.position)
        if name:
            self.frames.push(value, name=name, line=line)
        else:
            self.buffer.insert(value, line=line)

    def _check_growth(self) -> None:
        """Stop variables that name one another from growing a statement without bounds."""
        if not self.buffer.size:
            self._expansions = 0
        self._expansions += 1
        if self._expansions > _MOST_EXPANSIONS or self.buffer.size > LONGEST_VALUE:
            place = Place(path=self.path, line=self.line)
            raise ScriptError("the variables in this statement grow it without bounds", place)

    def _backslash(self, frame: Frame) -> Stop | None:
        at, following = frame.position - 1, frame.text[frame.position : frame.position + 1]
        self._take(frame, at)
        frame.begin = frame.position
        if following and following in ";:":
            frame.position += 1
            if following == ";":
                self.buffer.compound = True
                self.buffer.next_head()
            return None
        self.buffer.strip_newline()
        return Stop.BACKSLASH

    def _end_frame(self, frame: Frame) -> Stop | None:
        if frame is self.frames.file:
            # A newline is psql's only once a further line follows that is not empty.
            self._take(frame, len(frame.text.rstrip("\n")))
            return Stop.END
        self._take(frame, len(frame.text))
        self.frames.pop()
        return None
