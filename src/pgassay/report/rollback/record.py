"""A rollback as far as it was seen, and what it adds up to."""

from dataclasses import dataclass

from pgassay.model.events.rollback import (
    RollbackEvent,
    RollbackFinished,
    RollbackStarted,
    RollbackStepFinished,
    RollbackSwapped,
    RollbackWarned,
)
from pgassay.model.exits import Exit
from pgassay.model.rollback import RollbackOutcome, RollbackResult, RollbackRun


@dataclass(frozen=True, slots=True, kw_only=True)
class RollbackRecord:
    """What was said. ``finished`` is ``None`` where its end was never told, ``swapped`` where nothing was."""

    run: RollbackRun | None = None
    resumed: bool = False
    steps: tuple[tuple[RollbackResult, float], ...] = ()
    warnings: tuple[RollbackWarned, ...] = ()
    swapped: RollbackSwapped | None = None
    finished: RollbackFinished | None = None

    @property
    def exit(self) -> Exit:
        """The exit code: only what was done, with nothing wrong behind it, is 0."""
        if self.finished is None:
            return Exit.INTERRUPTED
        if self.finished.outcome is RollbackOutcome.SUCCEEDED:
            return Exit.OK
        return Exit.INTERRUPTED if self.finished.interrupted else Exit.RED


class RollbackCollector:
    """Gathers a :class:`RollbackRecord` from events."""

    def __init__(self) -> None:
        self._started: RollbackStarted | None = None
        self._steps: list[tuple[RollbackResult, float]] = []
        self._warnings: list[RollbackWarned] = []
        self._swapped: RollbackSwapped | None = None
        self._finished: RollbackFinished | None = None

    def see(self, event: RollbackEvent) -> None:
        """Take note of an event."""
        match event:
            case RollbackStarted():
                self._started = event
            case RollbackStepFinished(result=result, elapsed_s=elapsed_s):
                self._steps.append((result, elapsed_s))
            case RollbackWarned():
                self._warnings.append(event)
            case RollbackSwapped():
                self._swapped = event
            case RollbackFinished():
                self._finished = event
            case _:
                return

    def record(self) -> RollbackRecord:
        """Give what was seen so far."""
        started = self._started
        return RollbackRecord(
            run=started.run if started is not None else None,
            resumed=started is not None and started.resumed,
            steps=tuple(self._steps),
            warnings=tuple(self._warnings),
            swapped=self._swapped,
            finished=self._finished,
        )
