"""Breaks the lines of a finished text where a terminal ends, so that columns stay columns.

Words are never broken: a path, a URL or an identifier can still be copied from the terminal as a whole.
"""

import re
from collections.abc import Iterator

from pgassay.report.layout import width_of

_STYLE = re.compile(r"\x1b\[[0-9;]*m")
_PIECE = re.compile(r"\x1b\[[0-9;]*m|\s+|[^\s\x1b]+")
_COLUMN = re.compile(r"^ +(?=\S)|(?<=\S) {2,}(?=\S)")
_LEAST_ROOM = 30


def wrap(text: str, width: int) -> str:
    """Break what is wider than ``width`` at blanks; it goes on below the last column of its line."""
    return "\n".join(piece for line in text.split("\n") for piece in _pieces(line, width))


def _pieces(line: str, width: int) -> Iterator[str]:
    plain = _STYLE.sub("", line)
    if width_of(plain) <= width:
        yield line
        return
    hang = _hang(plain, width - _LEAST_ROOM)
    piece, used, blank = "", 0, ""
    for each in _PIECE.findall(line):
        if _STYLE.fullmatch(each):
            piece += blank + each
            used, blank = used + len(blank), ""
        elif each.isspace():
            blank = each
        elif used > hang and used + len(blank) + width_of(each) > width:
            yield piece
            piece, used, blank = " " * hang + each, hang + width_of(each), ""
        else:
            piece += blank + each
            used, blank = used + len(blank) + width_of(each), ""
    yield piece


def _hang(plain: str, most: int) -> int:
    """Say where a line goes on: below its last column that leaves room, or two behind its own indent."""
    found = [match.end() for match in _COLUMN.finditer(plain) if match.end() <= most]
    indent = len(plain) - len(plain.lstrip(" "))
    return max([each for each in found if each > indent], default=min(indent + 2, max(most, 0)))
