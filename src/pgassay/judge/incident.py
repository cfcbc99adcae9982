"""Which changes of an incident's status are allowed, and what opens an incident by itself."""

from collections.abc import Iterable
from enum import StrEnum

from pgassay.model.errors import UsageError
from pgassay.model.incident import (
    Detection,
    Incident,
    IncidentLink,
    IncidentSeverity,
    IncidentStatus,
    IncidentType,
    LinkKind,
    NewIncident,
)
from pgassay.model.suite import FileResult, Outcome, Run, Trouble
from pgassay.model.touch import TABLE


class Deed(StrEnum):
    """What a person does to an incident."""

    ACKNOWLEDGE = "ack"
    RESOLVE = "resolve"
    REOPEN = "reopen"
    CLOSE = "close"


TRANSITIONS: dict[tuple[IncidentStatus, Deed], IncidentStatus] = {
    (IncidentStatus.OPEN, Deed.ACKNOWLEDGE): IncidentStatus.INVESTIGATING,
    # A critical one is assigned and investigated at once; that somebody took it up is said later.
    (IncidentStatus.INVESTIGATING, Deed.ACKNOWLEDGE): IncidentStatus.INVESTIGATING,
    (IncidentStatus.OPEN, Deed.RESOLVE): IncidentStatus.RESOLVED,
    (IncidentStatus.INVESTIGATING, Deed.RESOLVE): IncidentStatus.RESOLVED,
    (IncidentStatus.RESOLVED, Deed.REOPEN): IncidentStatus.INVESTIGATING,
    (IncidentStatus.RESOLVED, Deed.CLOSE): IncidentStatus.CLOSED,
}


def next_status(incident: Incident, deed: Deed) -> IncidentStatus:
    """Say where a deed leads.

    Raises:
        UsageError: it is not allowed from where the incident stands; the remedy says what is.
    """
    after = TRANSITIONS.get((incident.status, deed))
    if after is not None:
        return after
    allowed = [each for before, each in TRANSITIONS if before is incident.status]
    shown = str(incident.id)[:8]
    remedy = " or ".join(f"`pgassay incidents {each} {shown}`" for each in allowed)
    raise UsageError(
        f"The incident {shown} is {incident.status}: it cannot be {_PAST[deed]}.",
        remedy=remedy or "A closed incident stays as it is; open a new one.",
    )


_PAST = {
    Deed.ACKNOWLEDGE: "acknowledged",
    Deed.RESOLVE: "resolved",
    Deed.REOPEN: "reopened",
    Deed.CLOSE: "closed",
}


def of_failed_categories(run: Run, results: tuple[FileResult, ...]) -> tuple[NewIncident, ...]:
    """Open one for each category of a run on production in which a file failed; none elsewhere.

    What fails in ``security`` is CRITICAL, as is a file that the project calls critical; the rest is HIGH.
    A file that was refused, or not run, says nothing about the database.
    """
    if not run.environment.production:
        return ()
    red = [
        each for each in results if each.red and each.outcome is not Outcome.NOT_RUN and not _refused(each)
    ]
    return tuple(
        _of_category(run, category, [each for each in red if each.file.category == category])
        for category in sorted({each.file.category for each in red})
    )


def _of_category(run: Run, category: str, red: list[FileResult]) -> NewIncident:
    security = category == "security"
    critical = security or any(each.file.critical for each in red)
    return NewIncident(
        type=IncidentType.SECURITY if security else IncidentType.TEST_FAILURE,
        severity=IncidentSeverity.CRITICAL if critical else IncidentSeverity.HIGH,
        title=f"Tests of the category {category} fail on production",
        description="Red: " + ", ".join(each.file.path for each in red),
        cause=f"tests:{run.environment.target}:{category}",
        tables=touched_tables(red),
        links=(IncidentLink(kind=LinkKind.RUN, reference=str(run.id)),),
    )


def touched_tables(results: Iterable[FileResult]) -> tuple[str, ...]:
    """Give the tables that the red ones of some files touched, as far as touches were recorded."""
    touches = (each.touches.touched for each in results if each.red and each.touches is not None)
    return tuple(sorted({each.name for touched in touches for each in touched if each.kind == TABLE}))


def _refused(result: FileResult) -> bool:
    return any(each.trouble is Trouble.REFUSED for each in result.problems)


def of_migration(identity: str, reason: str, tables: Iterable[str] = ()) -> NewIncident:
    """Open one for a migration that failed or whose validation or tests did."""
    return NewIncident(
        type=IncidentType.DATA_INTEGRITY,
        severity=IncidentSeverity.CRITICAL,
        title=f"The migration {identity} failed",
        description=reason,
        cause=f"migration:{identity}",
        tables=tuple(sorted(set(tables))),
        links=(IncidentLink(kind=LinkKind.MIGRATION, reference=identity),),
    )


def of_rollback(identity: str, reason: str, tables: tuple[str, ...] = ()) -> NewIncident:
    """Open one for an emergency rollback, whatever it came to."""
    return NewIncident(
        type=IncidentType.DATA_INTEGRITY,
        severity=IncidentSeverity.CRITICAL,
        title="The database was rolled back to a backup",
        description=reason,
        detection=Detection.MONITORING,
        cause=f"rollback:{identity}",
        tables=tables,
        links=(IncidentLink(kind=LinkKind.ROLLBACK, reference=identity),),
    )
