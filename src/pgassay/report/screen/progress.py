"""How far a run has come: a small state that events move forward, and that a screen may look at."""

from dataclasses import dataclass, field

from pgassay.model.assertion import Assertion
from pgassay.model.suite import FileResult


@dataclass(slots=True)
class Running:
    """A file that a worker is at. ``since`` is in seconds on the screen's own clock."""

    path: str
    worker: int
    since: float
    tests: int = 0
    failed: int = 0


@dataclass(slots=True)
class Progress:
    """Counts so far. Tests of an attempt that is thrown away for another are taken back.

    The engine's thread moves it on while a screen's thread draws it, so what is iterated is copied first.
    """

    files: int = 0
    files_done: int = 0
    files_red: int = 0
    _tests: int = 0
    _failed: int = 0
    running: dict[str, Running] = field(default_factory=dict)

    @property
    def tests(self) -> int:
        """Test lines seen."""
        return self._tests + sum(each.tests for each in tuple(self.running.values()))

    @property
    def failed(self) -> int:
        """Failed tests seen."""
        return self._failed + sum(each.failed for each in tuple(self.running.values()))

    def start(self, path: str, *, worker: int, since: float) -> None:
        """A worker took up a file."""
        self.running[path] = Running(path=path, worker=worker, since=since)

    def count(self, path: str, assertion: Assertion) -> None:
        """A test line arrived; called very often."""
        running = self.running.get(path)
        if running is not None:
            running.tests += 1
            running.failed += not assertion.passed

    def give_up(self, path: str) -> None:
        """An attempt failed; the file will be tried again."""
        self.running.pop(path, None)

    def finish(self, result: FileResult) -> None:
        """A file is done."""
        self.running.pop(result.file.path, None)
        self.files_done += 1
        self.files_red += result.red
        self._tests += len(result.assertions)
        self._failed += result.failed
