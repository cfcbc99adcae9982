"""Carries a proof out in a place that is made for it, and is gone in the end, however that comes."""

from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack

from pgassay.model.events.recovery import RecoveryEvent
from pgassay.model.recovery import RecoveryStep, StepResult
from pgassay.recovery.contents import Stopped
from pgassay.recovery.course import Verdict, step
from pgassay.recovery.verdict import Verdicts


def prove(
    steps: Callable[[ExitStack], Iterator[RecoveryEvent]], verdicts: Verdicts, *, made: Callable[[], bool]
) -> Generator[RecoveryEvent, None, bool]:
    """Carry out steps, which keep what they make in the stack; give whether the user ended them.

    ``made`` says whether there is anything to clean up.
    """
    interrupted = False
    with ExitStack() as opened:
        try:
            for event in steps(opened):
                verdicts.see(event)
                yield event
        except Stopped:
            interrupted = True
        if made():
            verdicts.note((yield from step(RecoveryStep.CLEAN, lambda: _clean(opened))))
    return interrupted


def _clean(opened: ExitStack) -> StepResult:
    opened.close()
    return Verdict(step=RecoveryStep.CLEAN).holds("What was made for this is gone.")
