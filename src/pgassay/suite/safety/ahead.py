"""Reads the files that come next while those before them run, so that nobody waits for their being read.

What is read ahead is only what :mod:`pgassay.suite.safety.foresight` says of a text; the gate compares each
step with it when it is sent, and reads anew what comes otherwise.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from types import TracebackType
from typing import Self

from pgassay.model.suite import Problem, TestFile
from pgassay.parse.sql.grammar import parses
from pgassay.suite.safety.catalog import Catalog
from pgassay.suite.safety.foresight import foresee
from pgassay.suite.safety.reading import Reading
from pgassay.suite.script import Script

_WINDOW = 8
"""So many files are read ahead, and kept until their turn comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What a text was found to do before anything of it was sent."""

    text: str
    reading: Reading
    problems: tuple[Problem, ...]


class ReadAhead:
    """A thread that reads; a context manager. ``script`` gives a file's text, ``variables`` are psql's."""

    def __init__(self, script: Callable[[TestFile], Script], variables: Mapping[str, str]) -> None:
        self._script = script
        self._variables = variables
        self._catalog: Catalog | None = None
        self._left: deque[TestFile] = deque()
        self._read: dict[str, Future[Outlook]] = {}
        self._lock = Lock()
        self._reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pgassay reader")

    def __enter__(self) -> Self:
        self._reader.submit(parses, "select 1")  # with the first text the server's parser is loaded
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._reader.shutdown(wait=True, cancel_futures=True)

    def begin(self, files: Iterable[TestFile], catalog: Catalog) -> None:
        """Begin to read files, in their order, against what there is."""
        self._left, self._catalog = deque(files), catalog
        for _ in range(_WINDOW):
            self._read_next()

    def outlook(self, file: TestFile, script: Script, variables: Mapping[str, str]) -> Outlook:
        """Give what is to be expected of a file; it is read now, if its text was not read before."""
        with self._lock:
            waiting = self._read.pop(file.path, None)
        self._read_next()
        if waiting is not None and variables == self._variables and waiting.exception() is None:
            found = waiting.result()
            if found.text == script.text:
                return found
        return self._look(script, variables)

    def _read_next(self) -> None:
        with self._lock:
            if self._left:
                file = self._left.popleft()
                self._read[file.path] = self._reader.submit(self._look_at, file)

    def _look_at(self, file: TestFile) -> Outlook:
        return self._look(self._script(file), self._variables)

    def _look(self, script: Script, variables: Mapping[str, str]) -> Outlook:
        assert self._catalog is not None, "begin() comes first"
        reading = Reading(self._catalog)
        problems = foresee(script, dict(variables), reading)
        return Outlook(text=script.text, reading=reading, problems=problems)
