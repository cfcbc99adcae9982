"""A backup, a drill or a proof as far as it was seen, and what it adds up to."""

from dataclasses import dataclass

from pgassay.model.events.recovery import (
    BackupMade,
    PlaceReady,
    RecoveryEvent,
    RecoveryFinished,
    RecoveryStarted,
    RecoveryStepFinished,
    RecoveryWarned,
)
from pgassay.model.exits import Exit
from pgassay.model.incident import Incident
from pgassay.model.recovery import Outcome, RecoveryRun, StepResult


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryRecord:
    """What was said. ``finished`` is ``None`` where its end was never told.

    ``incident`` is the one of its cause that is not settled, opened by this very operation or before.
    """

    run: RecoveryRun | None = None
    steps: tuple[tuple[StepResult, float], ...] = ()
    warnings: tuple[RecoveryWarned, ...] = ()
    place: str = ""
    made: BackupMade | None = None
    finished: RecoveryFinished | None = None
    incident: Incident | None = None

    @property
    def exit(self) -> Exit:
        """The exit code: what is not verified, and should be, is red."""
        finished = self.finished
        if finished is None or finished.outcome is Outcome.INTERRUPTED:
            return Exit.INTERRUPTED
        unasked = finished.outcome is Outcome.NOT_VERIFIED and not finished.asked
        return Exit.OK if finished.outcome is Outcome.PASSED or unasked else Exit.RED


class RecoveryCollector:
    """Gathers a :class:`RecoveryRecord` from events."""

    def __init__(self) -> None:
        self._run: RecoveryRun | None = None
        self._steps: list[tuple[StepResult, float]] = []
        self._warnings: list[RecoveryWarned] = []
        self._place = ""
        self._made: BackupMade | None = None
        self._finished: RecoveryFinished | None = None

    def see(self, event: RecoveryEvent) -> None:
        """Take note of an event."""
        match event:
            case RecoveryStarted(run=run):
                self._run = run
            case RecoveryStepFinished(result=result, elapsed_s=elapsed_s):
                self._steps.append((result, elapsed_s))
            case RecoveryWarned():
                self._warnings.append(event)
            case PlaceReady(place=place):
                self._place = place
            case BackupMade():
                self._made = event
            case RecoveryFinished():
                self._finished = event
            case _:
                return

    def record(self) -> RecoveryRecord:
        """Give what was seen so far."""
        return RecoveryRecord(
            run=self._run,
            steps=tuple(self._steps),
            warnings=tuple(self._warnings),
            place=self._place,
            made=self._made,
            finished=self._finished,
        )
