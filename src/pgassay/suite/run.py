"""A run of test files, as a generator of events.

The files have been found, chosen and put in order before; here they are run. Closing the generator, or
setting ``stop``, cancels what still runs on the server.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from queue import Empty
from threading import Event

from pgassay.model.events.suite import FileFinished, RunFinished, RunStarted, SuiteEvent
from pgassay.model.suite import Problem, Run, Trouble
from pgassay.pg.clock import monotonic, now
from pgassay.suite.crew import Crew, Orders
from pgassay.suite.ground import Ground
from pgassay.suite.hearing import never_started

_GLANCE_S = 0.1
"""How often the run looks up from its events to see whether it should stop."""


@dataclass(slots=True, kw_only=True)
class Ending:
    """What may end a run before its plan does, and whether it did.

    ``until`` is on the monotonic clock. ``alarm`` says why the run must not go on, empty while it may.
    """

    stop: Event
    until: float | None = None
    alarm: Callable[[], str] = str
    interrupted: bool = False
    out_of_time: bool = False
    alarmed: str = ""

    @property
    def cut_short(self) -> bool:
        """Whether what runs is being cancelled."""
        return self.interrupted or self.out_of_time or bool(self.alarmed)

    def glance(self) -> bool:
        """See whether the time has come; what was seen once stays so."""
        if not self.cut_short:
            self.interrupted = self.stop.is_set()
            self.out_of_time = self.until is not None and monotonic() >= self.until
            self.alarmed = self.alarm()
        return self.cut_short

    def reason(self, crew: Crew) -> Problem:
        """Say why a file was not run."""
        if crew.bail_out is not None:
            return Problem(trouble=Trouble.BAILED_OUT, message="Not run: an earlier file bailed out.")
        if self.out_of_time:
            return Problem(trouble=Trouble.TIMED_OUT, message="Not run: the run's time was used up.")
        if self.interrupted:
            return Problem(trouble=Trouble.DIED, message="Not run: the run was interrupted.")
        if self.alarmed:
            return Problem(trouble=Trouble.NOT_VERIFIED, message=f"Not run: {self.alarmed}.")
        return Problem(trouble=Trouble.FAILED_TESTS, message="Not run: an earlier file failed (--fail-fast).")


def run(run: Run, orders: Orders, grounds: tuple[Ground, ...], *, stop: Event) -> Iterator[SuiteEvent]:
    """Run the files of ``run`` in their order, one worker for each ground.

    Yields ``RunStarted`` first and ``RunFinished`` last, see :mod:`pgassay.model.events.suite`.
    """
    started = monotonic()
    timeout_s = run.options.timeout_s
    until = started + timeout_s if timeout_s is not None else None
    crew, ending = Crew(run.files, orders, grounds), Ending(stop=stop, until=until)
    yield RunStarted(run=run)
    yield from work(crew, ending)
    yield RunFinished(
        at=now(),
        elapsed_s=monotonic() - started,
        interrupted=ending.interrupted,
        out_of_time=ending.out_of_time,
        bail_out=crew.bail_out,
    )


def work(crew: Crew, ending: Ending) -> Iterator[SuiteEvent]:
    """Let a crew do its work; at the end each of its files has a result."""
    crew.start()
    try:
        yield from _watch(crew, ending)
    finally:
        crew.dismiss()
    for file in crew.left():
        yield FileFinished(result=never_started(file, ending.reason(crew), at=now()))


def _watch(crew: Crew, ending: Ending) -> Iterator[SuiteEvent]:
    """Pass the workers' events on until the last of them has gone home.

    A cancel that comes between two statements has nothing to cancel, so it is sent again and again: also
    while events keep coming, as they do from a file that is nothing but short statements.
    """
    working, next_halt = crew.size, 0.0
    while working:
        if ending.glance() and monotonic() >= next_halt:
            crew.halt()
            next_halt = monotonic() + _GLANCE_S
        try:
            event = crew.events.get(timeout=_GLANCE_S)
        except Empty:
            continue
        if event is None:
            working -= 1
        else:
            yield event
