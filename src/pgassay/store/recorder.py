"""The sink that remembers a run: reads the events, writes them to the store from a thread of its own.

Recording never slows a run down (events are only queued here) and never fails one: what goes wrong
becomes one warning. Results are written as files end, so they survive a kill at any instant. What is
written and how is left to :mod:`pgassay.store.journal`.
"""

from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue
from threading import Thread
from types import TracebackType

from pgassay.model.errors import PgassayError
from pgassay.model.events.suite import AssertionFinished, SuiteEvent
from pgassay.pg import clock
from pgassay.pg.connection import Connection
from pgassay.store.journal import Journal
from pgassay.store.progress import Progress
from pgassay.store.session import Unstorable

Warn = Callable[[str, str], None]

_PAUSE_AFTER_FAILURE_S = 2.0


class Recorder:
    """Records one run.

    ``connect`` opens an autocommit connection to the store; it is called from the recorder's thread, and
    again after a connection was lost. ``warn(sentence, remedy)`` hears, at most once for each kind of
    trouble and always in the caller's thread, why the run is not or not wholly recorded.
    :meth:`close` waits at most ``patience_s`` seconds for what is left to be written.

    One row a category goes to ``prod_test_execution_log`` when the run starts, and is completed when the
    last file of the category has ended. ``tests_failed`` is -1 there if a file of the category timed
    out, if the run ran out of time or was interrupted while files of it were left, or if none of its
    files ran; a category that was complete before is not touched by what happens to the run later. Runs
    whose process vanished are marked as interrupted when the next run starts, also with -1.
    """

    def __init__(self, connect: Callable[[], Connection], *, warn: Warn, patience_s: float = 30) -> None:
        self._warn = warn
        self._patience_s = patience_s
        self._events: SimpleQueue[SuiteEvent | None] = SimpleQueue()
        self._troubles: SimpleQueue[tuple[str, str]] = SimpleQueue()
        self._writer = _Writer(Journal(connect), self._events, self._troubles)
        self._thread = Thread(target=self._writer.work, name="pgassay store", daemon=True)
        self._closed = False
        self._thread.start()

    def __enter__(self) -> "Recorder":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def see(self, event: SuiteEvent) -> None:
        """Take an event; returns at once."""
        if not isinstance(event, AssertionFinished):
            self._events.put(event)
        self._pass_on_warnings()

    def close(self) -> None:
        """Write what is left and stop. A second call does nothing."""
        if self._closed:
            return
        self._closed = True
        self._events.put(None)
        self._thread.join(self._patience_s)
        self._pass_on_warnings()
        if self._thread.is_alive():
            self._warn(
                f"The run could not be recorded within {self._patience_s:g} s, so its record is incomplete.",
                "pgassay store status",
            )

    def _pass_on_warnings(self) -> None:
        for sentence, remedy in _waiting(self._troubles):
            self._warn(sentence, remedy)


class _Writer:
    """The thread's side: gathers events and writes them, several at once if they came quickly."""

    def __init__(
        self,
        journal: Journal,
        events: "SimpleQueue[SuiteEvent | None]",
        troubles: "SimpleQueue[tuple[str, str]]",
    ) -> None:
        self._journal = journal
        self._events = events
        self._troubles = troubles
        self._progress = Progress()
        self._warned: set[str] = set()
        self._not_before = 0.0

    def work(self) -> None:
        """Write until the end; whatever happens is told and never raised."""
        try:
            while self._take(self._events.get()):
                self._write()
            self._write(last=True)
        except Exception as error:  # noqa: BLE001 - a mistake in recording must not fail the run either
            self._tell(f"The run is not wholly recorded, because of a bug: {error!r}", "")
        finally:
            self._journal.close()

    def _take(self, event: SuiteEvent | None) -> bool:
        """Take an event and those that wait behind it; false at the end."""
        while event is not None:
            self._progress.take(event)
            try:
                event = self._events.get_nowait()
            except Empty:
                return True
        return False

    def _write(self, *, last: bool = False) -> None:
        if not last and clock.monotonic() < self._not_before:
            return
        for again in (True, False):
            try:
                self._write_all()
                return
            except PgassayError as error:
                if not (again and self._journal.lost):
                    self._not_before = clock.monotonic() + _PAUSE_AFTER_FAILURE_S
                    self._tell(f"The run is not recorded: {error.sentence}", error.remedy)
                    return

    def _write_all(self) -> None:
        """Write what waits. If the database does not take it, find the file whose result that is about."""
        try:
            self._journal.write(self._progress)
        except Unstorable:
            if not self._progress.attempts:
                raise
            while self._progress.attempts:
                self._write_first()
            self._journal.write(self._progress)

    def _write_first(self) -> None:
        try:
            self._journal.write(self._progress, at_most=1)
        except Unstorable as error:
            path = self._progress.drop_first().result.file.path
            self._tell(f"The result of {path} is not recorded: {error.sentence}", error.remedy)

    def _tell(self, sentence: str, remedy: str) -> None:
        if sentence not in self._warned:
            self._warned.add(sentence)
            self._troubles.put((sentence, remedy))


def _waiting(queue: "SimpleQueue[tuple[str, str]]") -> Iterator[tuple[str, str]]:
    while True:
        try:
            yield queue.get_nowait()
        except Empty:
            return
