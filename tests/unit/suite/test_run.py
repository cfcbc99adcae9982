"""A run that is to end insists on it, whatever its workers do meanwhile."""

from threading import Event, Thread

from pgassay.model.events.suite import FileStarted
from pgassay.model.execution import Isolation
from pgassay.model.suite import TestFile
from pgassay.pg.clock import now, pause
from pgassay.suite.attempt import Manner
from pgassay.suite.crew import Crew, Orders
from pgassay.suite.run import Ending, work
from pgassay.suite.script import Script

FILE = TestFile(path="a.sql")
ORDERS = Orders(
    manner=Manner(),
    isolation=Isolation.SHARED,
    retries=0,
    strict=False,
    fail_fast=False,
    script=lambda file: Script(file.path, ""),
)
DEAF = 3
"""So many cancels come between two statements."""
ENOUGH = 20_000
"""So many events come from a file that is not stopped."""


class _Chatty(Crew):
    """One worker, which has something to say every millisecond, and misses the first cancels."""

    def __init__(self) -> None:
        super().__init__((), ORDERS, ())
        self.halts = 0
        self.gave_up = False
        self._thread = Thread(target=self._talk)

    @property
    def size(self) -> int:
        return 1

    def start(self) -> None:
        self._thread.start()

    def halt(self) -> None:
        self.halts += 1

    def dismiss(self) -> None:
        self._thread.join()

    def _talk(self) -> None:
        for _ in range(ENOUGH):
            if self.halts > DEAF:
                break
            self.events.put(FileStarted(file=FILE, at=now(), worker=1, attempt=1))
            pause(0.001)
        else:
            self.gave_up = True
        self.events.put(None)


def test_a_cancel_is_sent_again_while_events_keep_coming() -> None:
    stop, crew = Event(), _Chatty()
    stop.set()
    heard = list(work(crew, Ending(stop=stop)))
    assert not crew.gave_up
    assert crew.halts > DEAF
    assert len(heard) < ENOUGH
