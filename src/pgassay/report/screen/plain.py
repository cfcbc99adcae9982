"""A screen that only ever gets longer: a pipe, a log, a terminal that asked for quiet."""

import shutil
from collections.abc import Iterable
from typing import TextIO

from pgassay.report.layout import Line, ansi, fold

ENDLESS = 10**6
"""The width of a log: nothing is folded, so that it can be searched."""

# What pgassay itself writes beyond ASCII, for terminals that cannot show it.
_ASCII = str.maketrans({"·": "-", "–": "-", "…": "..."})


def width_on(out: TextIO) -> int:
    """Give the width of the terminal that something is written to; elsewhere there is no end."""
    return shutil.get_terminal_size().columns if out.isatty() else ENDLESS


class PlainScreen:
    """Writes lines as they come, coloured when asked to."""

    def __init__(self, out: TextIO, *, colour: bool, width: int = ENDLESS) -> None:
        self._out = out
        self._colour = colour
        self._unicode = (out.encoding or "utf-8").lower().replace("-", "") == "utf8"
        self.width = width

    def open(self) -> None:
        """Nothing is to be prepared."""

    def write(self, lines: Iterable[Line]) -> None:
        """Write lines and hand them on at once: who watches a log wants to see them."""
        for whole in lines:
            for piece in fold(whole, self.width):
                text = (ansi(piece) if self._colour else piece.text).rstrip(" ")
                self._out.write((text if self._unicode else text.translate(_ASCII)) + "\n")
        self._out.flush()

    def now(self) -> float:
        """Nothing here depends on time."""
        return 0.0

    def close(self) -> None:
        """Nothing is left to do."""
