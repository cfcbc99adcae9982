"""Reads a script of pg_restore as it comes: statements as text, and the rows of a COPY in blocks.

Rows are never held as a whole; they are as long as the table is.
"""

from collections.abc import Iterator
from typing import Protocol

from pgassay.parse.psql.reader import ScriptError, ScriptReader
from pgassay.parse.psql.steps import Query

_BLOCK = 1 << 18
_COPY = b" FROM stdin;\n"
_END = b"\n\\.\n"
_ENCODING = ("utf-8", "surrogateescape")


class Pipe(Protocol):
    """Where it comes from."""

    def read1(self, size: int, /) -> bytes:
        """Give what is there, up to ``size`` bytes; nothing at the end."""
        ...


class BrokenScript(Exception):
    """The script ended where it should not, or is none."""


class Script:
    """A script. Behind a COPY … FROM stdin, its rows are to be taken before the next statement."""

    def __init__(self, pipe: Pipe) -> None:
        self._pipe = pipe
        self._rest = b""

    def statements(self) -> Iterator[bytes]:
        """Give each statement, as it is to be sent.

        Raises:
            BrokenScript: it cannot be read to its end.
        """
        lines: list[bytes] = []
        while line := self._line():
            lines.append(line)
            if not line.endswith(_COPY):
                continue
            found = _split(b"".join(lines))
            if found is not None and found[-1].startswith(b"COPY "):
                lines = []
                yield from found
        found = _split(b"".join(lines))
        if found is None:
            raise BrokenScript("The script ends in the middle of a statement.")
        yield from found

    def rows(self) -> Iterator[bytes]:
        """Give the rows behind a COPY, in blocks.

        Raises:
            BrokenScript: they have no end.
        """
        held, begun = b"\n" + self._rest, False  # the mark of the end may be the first line
        while (at := held.find(_END)) < 0:
            keep = len(held) - len(_END) + 1
            if keep > 0:
                yield held[:keep] if begun else held[1:keep]
                begun, held = True, held[keep:]
            block = self._pipe.read1(_BLOCK)
            if not block:
                raise BrokenScript("The rows of a table end too early.")
            held += block
        self._rest = held[at + len(_END) :]
        yield held[: at + 1] if begun else held[1 : at + 1]

    def _line(self) -> bytes:
        pieces = []
        while (at := self._rest.find(b"\n")) < 0:
            pieces.append(self._rest)
            self._rest = self._pipe.read1(_BLOCK)
            if not self._rest:
                return b"".join(pieces)
        pieces.append(self._rest[: at + 1])
        self._rest = self._rest[at + 1 :]
        return b"".join(pieces)


def _split(text: bytes) -> list[bytes] | None:
    """Give the statements of a text, or nothing where it ends within one."""
    reader = ScriptReader(text.decode(*_ENCODING), path="archive", variables={}, open_file=_no_file)
    found = []
    try:
        while (each := reader.next_step()) is not None:
            if isinstance(each, Query):
                found.append(each.text.encode(*_ENCODING))
    except ScriptError:
        return None
    return found


def _no_file(name: str, _: str | None) -> str:
    raise FileNotFoundError(2, "An archive includes no files", name)
