"""What a mutation check needs of whoever runs test files, and never imports."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from pgassay.model.assertion import Assertion
from pgassay.model.suite import FileResult, TestFile
from pgassay.pg.target import Target
from pgassay.pg.wire import Wire

Watch = Callable[[Wire], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """A file that ran.

    ``failed`` is its first failing assertion; ``committed``: something of it may have stayed.
    """

    result: FileResult
    failed: Assertion | None = None
    committed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FileText:
    """What a file says itself, and what it includes."""

    own: str
    included: tuple[str, ...] = ()


class Bench(Protocol):
    """Runs files on one database, one after the other."""

    def run(self, file: TestFile, *, watch: Watch | None = None, whole: bool = True) -> Ran:
        """Run a file; whatever goes wrong with it is in its result.

        ``watch`` is called before each of its transactions ends. Where not the ``whole`` is wanted it is
        cancelled at its first failing assertion.
        """

    def cancel(self) -> None:
        """Stop what runs, from another thread."""

    def close(self) -> None:
        """Close the connection."""


OpenBench = Callable[[Target], Bench]
"""Opens a bench on a database; nothing is connected before the first file."""

Clone = Callable[[str], Target]
"""Makes a fresh clone with a suffix, in the place of the one that had it before."""
