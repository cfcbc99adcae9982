"""Texts being read, one inside the other: a file, and the values of variables put into it."""

from dataclasses import dataclass


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
