"""The arguments of a backslash command, cut and unquoted as psql does it."""

import re
from collections.abc import Callable

from pgassay.parse.psql.tokens import VARIABLE
from pgassay.parse.psql.variables import Variables

_SPACE = re.compile(r"[ \t\n\r\f\v]*+")
_ARGUMENT = re.compile(
    r"""(?P<plain>[^ \t\n\r\f\v\\'"`:]++)"""
    r"""|(?P<single>'(?:[^'\\]++|''|\\.)*+')"""
    r"""|(?P<double>"[^"]*+")"""
    r"""|(?P<shell>`[^`]*+`)"""
    rf"""|(?P<variable>{VARIABLE})"""
    r"""|(?P<colon>:)"""
    r"""|(?P<open>['"`])""",
    re.DOTALL,
)
_ESCAPE = re.compile(r"''|\\([0-7]{1,3}|x[0-9A-Fa-f]{1,2}|.)", re.DOTALL)
_CONTROL = {"n": "\n", "t": "\t", "b": "\b", "r": "\r", "f": "\f"}


class Arguments:
    """Hands out one argument after the other, from ``position`` to the end of the line.

    ``uses_shell`` tells that an argument had backticks, whose output only psql can know.
    ``complain`` is told of psql's errors that leave the command without the argument.
    """

    def __init__(
        self, text: str, *, position: int, end: int, variables: Variables, complain: Callable[[str], None]
    ) -> None:
        self.text = text
        self.position = position
        self.end = end
        self.uses_shell = False
        self.quoted = False
        self._variables = variables
        self._complain = complain

    def next(self, *, strip_semicolons: bool = False) -> str | None:
        """Take the next argument, ``None`` where there is none; ``quoted`` then tells about quotes in it."""
        self._skip_space()
        begin = self.position
        pieces: list[str] = []
        tail = 0
        self.quoted = False
        while (found := _ARGUMENT.match(self.text, self.position, self.end)) is not None:
            if found["open"]:
                self._complain("unterminated quoted string")
                self.position = self.end
                return None
            self.position = found.end()
            piece, bare = self._piece(found)
            pieces.append(piece)
            tail = tail + len(piece) if bare else 0
            self.quoted |= not bare
        if self.position == begin:
            return None
        text = "".join(pieces)
        kept = text.rstrip(";") if strip_semicolons else text
        text = text[: max(len(kept), len(text) - tail)]
        return text if text or self.quoted else None

    def all(self) -> tuple[str, ...]:
        """Take all further arguments."""
        return tuple(iter(self.next, None))

    def line(self) -> str:
        """Take the rest of the line as it is, without the white space in front."""
        self._skip_space()
        begin, self.position = self.position, self.end
        return self.text[begin : self.end]

    def file_or_pipe(self, *, strip_semicolons: bool = False) -> str | None:
        """Take a file name; behind a ``|`` the rest of the line is a program."""
        self._skip_space()
        if self.text.startswith("|", self.position, self.end):
            return self.line()
        return self.next(strip_semicolons=strip_semicolons)

    def finish(self) -> None:
        r"""Pass the ``\\`` that may separate the command from what follows on the line."""
        if self.text.startswith("\\\\", self.position, self.end):
            self.position += 2

    def _skip_space(self) -> None:
        space = _SPACE.match(self.text, self.position, self.end)
        if space is not None:
            self.position = space.end()

    def _piece(self, found: re.Match[str]) -> tuple[str, bool]:
        kind, piece = found.lastgroup, found[0]
        if found["variable"] is not None:
            value = self._variables.expand(piece)
            return piece if value is None else value, False
        if kind == "single":
            return _ESCAPE.sub(_unescape, piece[1:-1]), False
        if kind == "shell":
            self.uses_shell |= self._variables.active
            return "", False
        return piece, kind != "double"


def _unescape(found: re.Match[str]) -> str:
    escaped = found[1]
    if escaped is None:
        return "'"
    if escaped[0] == "x" and len(escaped) > 1:
        return chr(int(escaped[1:], 16))
    if escaped[0] in "01234567":
        return chr(int(escaped, 8) & 0xFF)
    return _CONTROL.get(escaped, escaped)
