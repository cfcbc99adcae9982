"""Says what happens while an operation goes on: a line a step, on the error stream."""

from typing import TextIO

from pgassay.model.events.recovery import (
    RecoveryEvent,
    RecoveryStarted,
    RecoveryStepStarted,
    RecoveryWarned,
)
from pgassay.model.recovery import RecoveryOperation
from pgassay.report.steps import StepLines
from pgassay.report.words import visible

_SAYS = {
    RecoveryOperation.BACKUP: "Backing up",
    RecoveryOperation.VERIFY: "Verifying a backup of",
    RecoveryOperation.DRILL: "Rehearsing a recovery of",
    RecoveryOperation.POINT_IN_TIME: "Proving point-in-time recovery for",
}


class RecoveryLive:
    """Writes lines as events come. ``quiet`` leaves only warnings."""

    def __init__(self, stream: TextIO, *, quiet: bool) -> None:
        self._lines = StepLines(stream, quiet=quiet)

    def see(self, event: RecoveryEvent) -> None:
        """Tell what is worth telling."""
        match event:
            case RecoveryStarted(run=run):
                self._lines.say(f"{_SAYS[run.operation]} {visible(run.database)} …")
            case RecoveryStepStarted(step=step):
                self._lines.say(f"  {step} …")
            case RecoveryWarned(sentence=sentence, remedy=remedy):
                self._lines.warn(sentence, remedy)
            case _:
                return
