"""A row before a restore point, and one behind it: a recovery to it has the first alone."""

from pathlib import Path
from threading import Event

from pgassay.model.errors import OutOfTime, Unavailable
from pgassay.model.recovery import RecoveryStep, StepResult
from pgassay.pg.clock import monotonic, pause
from pgassay.pg.clone import maker
from pgassay.pg.connection import connect
from pgassay.recovery.ask import ask
from pgassay.recovery.contents import Stopped
from pgassay.recovery.course import Verdict
from pgassay.recovery.physical import recovering_server
from pgassay.recovery.steps.physical_backup import Original

BEFORE, BEHIND = "before", "behind"
_PATIENCE_S = 60.0
_LOOK_S = 0.05
_ENDED = "recovery ended before configured recovery target was reached"


def set_marks(original: Original, name: str, stop: Event) -> StepResult:
    """Set both marks around the point, and wait until the WAL with them is in the archive.

    Raises:
        Stopped: the user asked for an end.
        OutOfTime: it does not come into the archive.
    """
    with connect(original.server.target, application=maker()) as connection:
        ask(connection, "make_marks")
        ask(connection, "mark", mark=BEFORE)
        ask(connection, "restore_point", name=name)
        ask(connection, "mark", mark=BEHIND)
        ((segment,),) = ask(connection, "switch_wal")
    _wait_for(original.ground.archive / segment, stop)
    sentence = f"The restore point {name} is between two rows, and the WAL with them is archived."
    return Verdict(step=RecoveryStep.MARK).holds(sentence)


def recover_to(original: Original, name: str) -> StepResult:
    """Recover to the point, and look which rows are there; then write one.

    Raises:
        Unavailable: the server does not come up.
    """
    verdict = Verdict(step=RecoveryStep.RECOVER)
    with (
        recovering_server(original.ground, "recovered", until=name) as server,
        connect(server.target, application=maker()) as connection,
    ):
        ((marks, recovering, segment),) = ask(connection, "marks")
        if recovering or marks != [BEFORE]:
            there = ", ".join(marks) or "none"
            return verdict.broken(
                f"The row before the restore point alone should be there; there is: {there}."
            )
        ask(connection, "mark", mark="written")
    timeline = int(segment[:8], 16)
    return verdict.holds(
        f"The row before the restore point is there, the one behind it is not; the copy was written to, on "
        f"timeline {timeline}."
    )


def must_fail(original: Original, name: str) -> StepResult:
    """See that a point that never was is not reached: then reaching the other one means something."""
    verdict = Verdict(step=RecoveryStep.MUST_FAIL)
    try:
        with recovering_server(original.ground, "lost", until=name) as server:
            ended = _ENDED in server.log.read_text("utf-8", "replace")
    except Unavailable as error:
        if _ENDED in error.sentence:
            return verdict.holds("A restore point that never was is not reached.")
        return verdict.not_verified(error.sentence)
    if ended:
        return verdict.holds("A restore point that never was is not reached.")
    return verdict.broken("A recovery to a restore point that never was came to an end as if it were there.")


def _wait_for(segment: Path, stop: Event) -> None:
    end = monotonic() + _PATIENCE_S
    while not segment.exists():
        if stop.is_set():
            raise Stopped
        if monotonic() > end:
            raise OutOfTime(f"The segment {segment.name} was not archived within {_PATIENCE_S:g} s.")
        pause(_LOOK_S)
