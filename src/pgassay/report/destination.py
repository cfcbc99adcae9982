"""The files that reports are written to: growing in place, or appearing whole at the end."""

import os
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from pgassay.model.errors import UsageError


class Destination:
    """A file that is being written.

    A document is written beside its place and moved there when it is complete, so nobody ever reads half
    of one, and the one of the last run stays until then. What is no ordinary file (a pipe, ``/dev/null``)
    is written to directly.
    """

    def __init__(self, path: Path, *, whole: bool) -> None:
        # A symbolic link is kept: what it points to is replaced.
        self._path = path.resolve()
        ordinary = not self._path.exists() or self._path.is_file()
        hidden = self._path.with_name(f".{self._path.name}.{os.getpid()}.partial")
        self._written = hidden if whole and ordinary else self._path
        self.out = self._open(path)

    def keep(self) -> None:
        """Finish the file and put it in its place."""
        self.out.close()
        if self._written != self._path:
            self._written.replace(self._path)

    def discard(self) -> None:
        """Give the file up; what grew in place stays as far as it came."""
        # Closing flushes, and the disk that was full still is.
        with suppress(OSError):
            self.out.close()
        if self._written != self._path:
            self._written.unlink(missing_ok=True)

    def _open(self, path: Path) -> TextIO:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            # Whatever a test prints must reach the file, also what no encoding knows.
            return self._written.open("w", encoding="utf-8", errors="backslashreplace", newline="\n")
        except OSError as error:
            raise UsageError(
                f'The report cannot be written to "{path}": {error.strerror}.',
                remedy="Choose another file after the colon of --format.",
            ) from error
