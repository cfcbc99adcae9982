"""Which incident a backup, a drill or a proof that failed opens: what it shows decides how bad that is."""

from collections.abc import Iterable

from pgassay.model.events.recovery import RecoveryFinished
from pgassay.model.finding import Finding
from pgassay.model.incident import IncidentLink, IncidentSeverity, IncidentType, LinkKind, NewIncident
from pgassay.model.recovery import Outcome, RecoveryOperation, RecoveryRun, RecoveryStep, StepResult

_UNREADABLE = frozenset(
    {
        RecoveryStep.FILES,
        RecoveryStep.ARCHIVE,
        RecoveryStep.PRE_DATA,
        RecoveryStep.DATA,
        RecoveryStep.POST_DATA,
    }
)
_DIFFERENT = frozenset(
    {
        RecoveryStep.CONTENT,
        RecoveryStep.INVENTORY,
        RecoveryStep.SEQUENCES,
        RecoveryStep.FOREIGN_KEYS,
        RecoveryStep.INDEXES,
        RecoveryStep.WRITE,
    }
)
_ASTRAY = frozenset({RecoveryStep.RECOVER, RecoveryStep.MUST_FAIL})


def cause_of(run: RecoveryRun) -> str:
    """Give what tells incidents of the same cause: the operation, and the database that it is about."""
    return f"recovery:{run.operation}:{run.database}"


def of_recovery(
    run: RecoveryRun, results: Iterable[StepResult], finished: RecoveryFinished
) -> NewIncident | None:
    """Open one for an operation that failed; ``None`` where it passed, was interrupted, or was not verified.

    It is CRITICAL where the database cannot be recovered, or not as it was; HIGH where a backup could not be
    made, an objective was missed, or something beside the backup failed: tests on the copy, the archiving.
    """
    if finished.outcome is not Outcome.FAILED:
        return None
    found = tuple(results)
    lost = _lost(run, found)
    return NewIncident(
        type=IncidentType.DATA_INTEGRITY,
        severity=IncidentSeverity.CRITICAL if lost else IncidentSeverity.HIGH,
        title=lost or _short_of(run, finished),
        description=finished.sentence,
        cause=cause_of(run),
        tables=tuple(sorted({name for each in found for name in each.tables or ()})),
        links=_links(run),
    )


def _lost(run: RecoveryRun, results: tuple[StepResult, ...]) -> str:
    """Say what shows that the database cannot be recovered as it was; nothing where nothing does."""
    broken = {each.step for each in results if each.finding is Finding.BROKEN}
    if run.operation is RecoveryOperation.BACKUP:  # what was not made is not trusted
        return ""
    if broken & _UNREADABLE:
        return f"A backup of {run.database} cannot be recovered from"
    if broken & _DIFFERENT:
        return f"What was recovered from a backup of {run.database} is not what was saved"
    # A server that stands in for the target shows nothing of the target.
    holds = {each.step for each in results if each.finding is Finding.HOLDS}
    if broken & _ASTRAY and RecoveryStep.BASE_BACKUP in holds:
        return f"{run.database} does not recover to a point in time"
    return ""


def _short_of(run: RecoveryRun, finished: RecoveryFinished) -> str:
    if run.operation is RecoveryOperation.BACKUP:
        return f"No backup of {run.database} could be made"
    if finished.sentence == " ".join(finished.measured.missed):
        return f"A recovery of {run.database} misses its objectives"
    if run.operation is RecoveryOperation.POINT_IN_TIME:
        return f"The proof of a point-in-time recovery of {run.database} failed"
    return f"The recovery drill of {run.database} failed"


def _links(run: RecoveryRun) -> tuple[IncidentLink, ...]:
    drilled = run.operation in (RecoveryOperation.DRILL, RecoveryOperation.POINT_IN_TIME)
    backup = run.id if run.operation is RecoveryOperation.BACKUP else run.backup
    drill = (IncidentLink(kind=LinkKind.DRILL, reference=str(run.id)),) if drilled else ()
    return (*drill, IncidentLink(kind=LinkKind.BACKUP, reference=str(backup))) if backup else drill
