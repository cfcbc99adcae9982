"""Says what happens while an operation goes on: a line a step, on the error stream."""

from typing import TextIO

from pgassay.model.events.migrate import (
    LockWaited,
    MigrationEvent,
    MigrationStarted,
    MigrationWarned,
    StepStarted,
)
from pgassay.model.migrate import Operation
from pgassay.report.steps import StepLines
from pgassay.report.words import duration, visible

_SAYS = {
    Operation.APPLY: "Applying",
    Operation.ROLLBACK: "Rolling back",
    Operation.REHEARSE: "Rehearsing",
    Operation.ADOPT: "Adopting",
}


class Live:
    """Writes lines as events come. ``quiet`` leaves only warnings."""

    def __init__(self, stream: TextIO, *, quiet: bool) -> None:
        self._lines = StepLines(stream, quiet=quiet)

    def see(self, event: MigrationEvent) -> None:
        """Tell what is worth telling."""
        match event:
            case MigrationStarted(run=run):
                place = f" on {visible(run.place)}" if run.place else ""
                self._lines.say(f"{_SAYS[run.operation]} {visible(run.migration.label)}{place} …")
            case StepStarted(step=step):
                self._lines.say(f"  {step} …")
            case LockWaited(sentence=sentence, attempt=attempt, tries=tries, pause_s=pause_s):
                pause = f"again in {duration(pause_s)} (try {attempt} of {tries})"
                self._lines.say(f"    {visible(sentence)}; {pause}")
            case MigrationWarned(sentence=sentence, remedy=remedy):
                self._lines.warn(sentence, remedy)
            case _:
                return
