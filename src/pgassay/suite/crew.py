"""The workers of a run: threads that take one file after the other and say what happens."""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from queue import SimpleQueue
from threading import Event, Lock, Thread

from pgassay.model.errors import PgassayError
from pgassay.model.events.suite import FileFinished, FileRetried, FileStarted, SuiteEvent
from pgassay.model.execution import Isolation
from pgassay.model.suite import FileResult, Outcome, Problem, TestFile, Trouble
from pgassay.pg.clock import monotonic, now
from pgassay.suite.attempt import FileRun, Manner
from pgassay.suite.ground import Ground
from pgassay.suite.hearing import Attempt, cut_off, never_started
from pgassay.suite.script import Script

_GLANCE_S = 0.1
_FAREWELL_S = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What the workers of a run are told. ``script`` gives a file's text when its turn comes."""

    manner: Manner
    isolation: Isolation
    retries: int
    strict: bool
    fail_fast: bool
    script: Callable[[TestFile], Script]


class Crew:
    """Runs files on several threads; whoever started it reads :attr:`events` to the end.

    Each thread puts ``None`` into ``events`` when it goes home.
    """

    def __init__(self, files: Iterable[TestFile], orders: Orders, grounds: Iterable[Ground]) -> None:
        self.events: SimpleQueue[SuiteEvent | None] = SimpleQueue()
        self.bail_out: str | None = None
        self._left = deque(files)
        self._orders = orders
        self._lock = Lock()
        self._halted = Event()
        self._workers = [_Worker(number, ground, self) for number, ground in enumerate(grounds, start=1)]

    @property
    def size(self) -> int:
        """The number of workers."""
        return len(self._workers)

    def start(self) -> None:
        """Set the workers to work."""
        for worker in self._workers:
            worker.thread.start()

    def take(self) -> TestFile | None:
        """Give the next file, or nothing."""
        with self._lock:
            return self._left.popleft() if self._left and not self._halted.is_set() else None

    def left(self) -> list[TestFile]:
        """Give the files that nobody took."""
        with self._lock:
            return list(self._left)

    def halt(self) -> None:
        """Take no more files and cancel what runs."""
        self._halted.set()
        for worker in self._workers:
            worker.cancel()

    def no_more(self) -> None:
        """Take no more files; what runs may finish."""
        self._halted.set()

    def dismiss(self) -> None:
        """Cancel what runs until all have gone home, but do not wait for long: the server will notice."""
        patience = monotonic() + _FAREWELL_S
        while monotonic() < patience and any(worker.thread.is_alive() for worker in self._workers):
            self.halt()
            for worker in self._workers:
                worker.thread.join(_GLANCE_S)

    @property
    def orders(self) -> Orders:
        """What the workers were told."""
        return self._orders


class _Worker:
    def __init__(self, number: int, ground: Ground, crew: Crew) -> None:
        self.thread = Thread(target=self._work, name=f"pgassay-{number}", daemon=True)
        self._number = number
        self._ground = ground
        self._crew = crew
        self._running: FileRun | None = None
        self._cancelled = False

    def cancel(self) -> None:
        self._cancelled = True
        if self._running is not None:
            self._running.cancel()

    def _work(self) -> None:
        try:
            while (file := self._crew.take()) is not None:
                self._say_result(self._run(file))
        finally:
            self._ground.close()
            self._crew.events.put(None)

    def _say_result(self, result: FileResult) -> None:
        if result.red and self._crew.orders.fail_fast:
            self._crew.no_more()
        self._crew.events.put(FileFinished(result=result))

    def _run(self, file: TestFile) -> FileResult:
        """Run a file until it passes or there are no tries left."""
        attempt = 1
        while True:
            result = self._try(file, attempt)
            if self._cancelled and result.red:
                return cut_off(result)
            if not result.red or attempt > self._crew.orders.retries:
                return self._judged(result, attempt)
            self._crew.events.put(FileRetried(result=result))
            attempt += 1

    def _judged(self, result: FileResult, attempt: int) -> FileResult:
        if attempt == 1 or result.outcome is not Outcome.PASSED:
            return result
        if not self._crew.orders.strict:
            return replace(result, outcome=Outcome.FLAKY)
        flaky = Problem(trouble=Trouble.FAILED_TESTS, message=f"It passed only on attempt {attempt}.")
        return replace(result, outcome=Outcome.FAILED, problems=(*result.problems, flaky))

    def _try(self, file: TestFile, number: int) -> FileResult:
        """Run a file once. Whatever goes wrong becomes its result: a worker never dies of a file."""
        started_at = now()
        self._crew.events.put(FileStarted(file=file, at=started_at, worker=self._number, attempt=number))
        try:
            return self._perform(
                Attempt(
                    file=file,
                    started_at=started_at,
                    worker=self._number,
                    number=number,
                    strict=self._crew.orders.strict,
                )
            )
        except PgassayError as error:
            detail = (error.remedy,) if error.remedy else ()
            problem = Problem(trouble=Trouble.LOST_CONNECTION, message=error.sentence, detail=detail)
        except Exception as error:  # noqa: BLE001 - a bug must end one file, not the run
            problem = _bug(error)
        return replace(never_started(file, problem, at=started_at), outcome=Outcome.FAILED, attempt=number)

    def _perform(self, attempt: Attempt) -> FileResult:
        orders = self._crew.orders
        isolation = attempt.file.isolation or orders.isolation
        session = self._ground.session(isolation)
        run = FileRun(attempt, lambda: orders.script(attempt.file), orders.manner, session)
        self._running = run
        result: FileResult | None = None
        for said in run.perform():
            if isinstance(said, FileResult):
                result = said
            else:
                self._crew.events.put(said)
        self._running = None
        self._ground.used(isolation, committed=run.committed)
        if run.bail_out is not None:
            self._crew.bail_out = run.bail_out
            self._crew.no_more()
        assert result is not None  # perform() always ends with one
        return result


def _bug(error: Exception) -> Problem:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace is not None else ""
    message = f"pgassay itself failed: {type(error).__name__}: {error}"
    return Problem(trouble=Trouble.INTERNAL, message=message, detail=(where, "Please report this."))
