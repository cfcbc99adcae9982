"""Texts being read, one inside the other: a file, and the values of variables put into it."""

import re
from dataclasses import dataclass

from pgassay.parse.psql.tokens import PREAMBLE

_END_OF_DATA = re.compile(r"^\\\.\r?(?:\n|\Z)", re.MULTILINE)


@dataclass(slots=True)
class Frame:
    """A text and how far it has been read.

    ``position`` is where reading goes on, ``begin`` where the part starts that was read but not yet
    taken into the statement. ``name`` is the variable whose value this is, if it is one. Only a file
    has lines (``lines``); all of an inserted text counts as the ``line`` where it was inserted.
    """

    text: str
    name: str = ""
    lines: bool = False
    line: int = 1
    position: int = 0
    begin: int = 0
    counted: int = 0

    def line_at(self, offset: int) -> int:
        """Give the line of an offset; offsets must be asked for in ascending order."""
        if self.lines and offset > self.counted:
            self.line += self.text.count("\n", self.counted, offset)
            self.counted = offset
        return self.line

    def line_end(self) -> int:
        """Give the offset of the end of the line that is being read, its newline not included."""
        end = self.text.find("\n", self.position) if self.lines else -1
        return len(self.text) if end < 0 else end

    def go_to(self, position: int) -> None:
        """Read on at a position; what lies before it is done with."""
        self.position = self.begin = position


class Frames:
    """A file and what is put into it at the moment; ``stack`` has the file first.

    A byte order mark at the beginning of the file is not part of it.
    """

    def __init__(self, text: str) -> None:
        self.file = Frame(text.removeprefix("\ufeff"), lines=True)
        self.stack = [self.file]
        self._behind_data = -1

    @property
    def line(self) -> int:
        """The line of the file where reading is; at the end, the last one."""
        text, position = self.file.text, self.file.position
        return self.file.line_at(position - (position == len(text) and text.endswith("\n")))

    def is_open(self, name: str) -> bool:
        """Tell whether the value of a variable is being read."""
        return any(each.name == name for each in self.stack)

    def push(self, text: str, *, name: str = "", line: int) -> None:
        """Read a text before going on."""
        self.stack.append(Frame(text, name=name, line=line))

    def pop(self) -> None:
        """Go on with the text around the innermost one."""
        self.stack.pop()

    def flatten(self) -> Frame:
        """Put the rest of inserted texts and the rest of the line around them into one text; give it.

        A backslash command that begins in the value of a variable goes on behind that.
        """
        if self.stack[-1].lines:
            return self.stack[-1]
        rest, line = "", self.stack[-1].line
        while not (frame := self.stack[-1]).lines:
            rest += frame.text[frame.position :]
            self.stack.pop()
        end = frame.line_end()
        self.push(rest + frame.text[frame.position : end], line=line)
        frame.go_to(end)
        return self.stack[-1]

    def take_data(self) -> str | None:
        r"""Take the lines behind the current one, up to ``\.``; ``None`` where no such line follows.

        What is left of the current line is read after them, as psql does.
        """
        file, line = self.file, self.line
        position, begin = file.position, self._next_line()
        closing = _END_OF_DATA.search(file.text, begin) if begin <= len(file.text) else None
        if closing is None:
            return None
        if rest := file.text[position:begin].strip():
            self.stack.insert(1, Frame(f"{rest}\n", lines=True, line=line))
        self._behind_data = closing.end()
        file.go_to(closing.end())
        return file.text[begin : closing.start()]

    def take_rest(self) -> str:
        """Take all that stands behind the current line, to the end of the file."""
        begin = self._next_line()
        self.file.go_to(len(self.file.text))
        return self.file.text[begin:]

    def leave_rest(self) -> bool:
        """Tell whether more than white space and comments is left to read."""
        return any(_behind_gap(frame) < len(frame.text) for frame in self.stack)

    def _next_line(self) -> int:
        """Give the offset of the line behind the current one; behind data, no line is current yet."""
        position = self.file.position
        return position if position == self._behind_data else self.file.line_end() + 1


def _behind_gap(frame: Frame) -> int:
    gap = PREAMBLE.match(frame.text, frame.position)
    return gap.end() if gap is not None else frame.position
