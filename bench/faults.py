"""Faults that a backup gets while it lies there, each such that PostgreSQL's programs can still read it.

They are put into the largest table, of a file of plain SQL and of an archive in the directory format alike.
"""

import gzip
import re
from collections.abc import Callable
from pathlib import Path

Lines = list[bytes]
_COPY = re.compile(rb"^COPY [^\n]+ FROM stdin;\n(.*?)^\\\.\n", re.MULTILINE | re.DOTALL)


def _half(lines: Lines) -> Lines:
    return lines[: len(lines) // 2]


def _none(_: Lines) -> Lines:
    return []


def _one_digit(lines: Lines) -> Lines:
    """Change the last digit of the first row: a number, or a fraction of a second, is another one."""
    changed = re.sub(rb"\d(?=\D*\Z)", lambda found: b"3" if found[0] != b"3" else b"4", lines[0], count=1)
    return [changed, *lines[1:]]


FAULTS: dict[str, Callable[[Lines], Lines]] = {
    "half of the rows cut off": _half,
    "all rows of a table gone": _none,
    "one digit changed": _one_digit,
}


def into_plain(file: Path, fault: Callable[[Lines], Lines]) -> None:
    """Put a fault into a file of plain SQL."""
    text = file.read_bytes()
    largest = max(_COPY.finditer(text), key=lambda found: len(found[1]))
    changed = b"".join(fault(largest[1].splitlines(keepends=True)))
    file.write_bytes(text[: largest.start(1)] + changed + text[largest.end(1) :])


def into_directory(archive: Path, fault: Callable[[Lines], Lines]) -> None:
    """Put a fault into an archive in the directory format."""
    contents = {path: gzip.decompress(path.read_bytes()) for path in archive.glob("*.dat.gz")}
    largest = max(contents, key=lambda path: len(contents[path]))
    rows, end, rest = contents[largest].partition(b"\\.\n")
    changed = b"".join(fault(rows.splitlines(keepends=True)))
    largest.write_bytes(gzip.compress(changed + end + rest, compresslevel=1))
