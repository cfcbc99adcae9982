"""What an operation has in common whichever way it goes: what others do for it, what follows, how it ends.

What follows a swap can be done again by whoever finds that it was not done.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from threading import Event

from pgassay.model.aside import Aside
from pgassay.model.events.rollback import RollbackEvent, RollbackFinished, RollbackWarned
from pgassay.model.finding import Finding
from pgassay.model.rollback import RollbackOutcome, RollbackResult, RollbackRun, RollbackStep
from pgassay.pg.clock import monotonic, now
from pgassay.pg.connection import Connection
from pgassay.pg.target import Target
from pgassay.recovery.rollback.course import Work, step


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """What others do for the engine.

    ``carry`` takes what the store knows from one database over into another: all of it, or what is missing;
    ``None`` where the store is elsewhere. ``tell`` opens the incident, ``clear`` removes the trigger file.
    """

    carry: Callable[[RollbackStep, Target, Target], RollbackResult] | None
    tell: Work
    clear: Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """What follows the swap: ``works`` in their order, then ``note`` that nothing is left to be done.

    ``done`` is a sentence on what the target is now; ``aside`` is what was set aside.
    """

    works: Sequence[tuple[RollbackStep, Work]]
    done: str
    aside: Aside
    note: Callable[[Aside], None]


class Operation:
    """One operation, from its beginning on."""

    def __init__(self, run: RollbackRun, ports: Ports, *, stop: Event) -> None:
        self.run = run
        self.ports = ports
        self._stop = stop
        self._started = monotonic()

    @property
    def stopped(self) -> bool:
        """Whether the user asked for an end."""
        return self._stop.is_set()

    def follow_up(self, behind: Behind) -> Iterator[RollbackEvent]:
        """Do what follows a swap; the telling and the trigger file come last, whichever way it went."""
        works = (
            *behind.works,
            (RollbackStep.TELL, self.ports.tell),
            (RollbackStep.TRIGGER, self.ports.clear),
        )
        found = []
        for which, work in works:
            found.append((yield from step(which, work)))
        yield self._arrived(behind.done, found)
        try:
            behind.note(behind.aside)
        except Connection.Error:
            name = behind.aside.name
            yield RollbackWarned(sentence=f"That nothing is left to be done is not noted on {name}.")

    def unchanged(self, sentence: str) -> RollbackFinished:
        """Say that the target is as it was, and why."""
        return self._end(RollbackOutcome.UNCHANGED, f"{self.run.live} is as it was. {sentence}")

    def _arrived(self, done: str, found: list[RollbackResult]) -> RollbackFinished:
        wrong = [each.sentence for each in found if each.finding is Finding.BROKEN]
        unseen = [each.sentence for each in found if each.finding is Finding.NOT_VERIFIED]
        sentence = " ".join((done, *wrong, *unseen))
        return self._end(RollbackOutcome.RED if wrong else RollbackOutcome.SUCCEEDED, sentence)

    def _end(self, outcome: RollbackOutcome, sentence: str) -> RollbackFinished:
        return RollbackFinished(
            outcome=outcome,
            sentence=sentence,
            at=now(),
            elapsed_s=monotonic() - self._started,
            interrupted=self._stop.is_set(),
        )
