"""Says what happens while a rollback goes on: a line a step, on the error stream."""

from typing import TextIO

from pgassay.model.events.rollback import (
    RollbackEvent,
    RollbackStarted,
    RollbackStepStarted,
    RollbackWarned,
)
from pgassay.model.rollback import RollbackOperation
from pgassay.report.steps import StepLines
from pgassay.report.words import visible

_SAYS = {
    RollbackOperation.RUN: "Rolling back",
    RollbackOperation.UNDO: "Undoing the rollback of",
}


class RollbackLive:
    """Writes lines as events come. ``quiet`` leaves only warnings."""

    def __init__(self, stream: TextIO, *, quiet: bool) -> None:
        self._lines = StepLines(stream, quiet=quiet)

    def see(self, event: RollbackEvent) -> None:
        """Tell what is worth telling."""
        match event:
            case RollbackStarted(run=run, resumed=resumed):
                words = "Finishing what was begun with" if resumed else _SAYS[run.operation]
                self._lines.say(f"{words} {visible(run.live)} …")
            case RollbackStepStarted(step=step):
                self._lines.say(f"  {step} …")
            case RollbackWarned(sentence=sentence, remedy=remedy):
                self._lines.warn(sentence, remedy)
            case _:
                return
