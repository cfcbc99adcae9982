"""Keeps incidents: opens them once a cause, finds them, and moves them from one status to the next.

Which moves are allowed is not known here; that nobody moved it meanwhile is.
"""

from dataclasses import replace
from uuid import UUID

from pgassay.model.errors import UsageError
from pgassay.model.incident import (
    Detection,
    Incident,
    IncidentEvent,
    IncidentLink,
    IncidentSeverity,
    IncidentStatus,
    IncidentType,
    LinkKind,
    NewIncident,
)
from pgassay.pg.connection import Connection
from pgassay.store.alerts import read_alerts
from pgassay.store.identify import HOW_TO_NAME, identify
from pgassay.store.schema import opened
from pgassay.store.session import Row, Transaction
from pgassay.store.values import cleaner, to_json

UNSETTLED = (IncidentStatus.OPEN, IncidentStatus.INVESTIGATING)
_HOW_TO_LIST = "pgassay incidents list --all"


def open_incident(connection: Connection, new: NewIncident) -> Incident:
    """Open an incident, or count up the open one of the same cause, and link it.

    Raises:
        Unavailable: the store cannot be written.
    """
    with opened(connection) as begun:
        identity = _recurring(begun, new) or _opened(begun, new)
        if new.impact is not None:
            clean = cleaner(connection.info.parameter_status("server_encoding") or "")
            impact = to_json(new.impact, clean)
            begun.run("measure_incident", id=identity, impact=impact, description=new.description)
        for link in new.links:
            begun.run("link_incident", id=identity, kind=link.kind, reference=link.reference)
        return _incident(begun, identity)


def incidents(
    connection: Connection, statuses: tuple[IncidentStatus, ...] = UNSETTLED, *, most: int = 100
) -> tuple[Incident, ...]:
    """Give incidents of these statuses, the worst and newest of the unsettled ones first."""
    with opened(connection) as begun:
        found = begun.run("incidents", id=None, statuses=list(statuses), most=most)
    return tuple(_read(row) for row in found)


def find_incident(connection: Connection, text: str) -> Incident:
    """Find the incident that a person means by its id or a start of it, with its links and its history.

    Raises:
        UsageError: there is none, or more than one.
    """
    with opened(connection) as begun:
        identity = identify(
            begun, text, "incidents_between", noun="incident", remedies=(HOW_TO_NAME, _HOW_TO_LIST)
        )
        return _incident(begun, identity)


def unsettled_incident_of(connection: Connection, cause: str) -> Incident | None:
    """Give the incident of a cause that is open or investigated; ``None`` where there is none."""
    with opened(connection) as begun:
        for (identity,) in begun.run("unsettled_incident_of", cause=cause):
            return _incident(begun, identity)
    return None


def move_incident(
    connection: Connection, incident: Incident, after: IncidentStatus, *, actor: str | None, note: str = ""
) -> Incident:
    """Change an incident's status; ``actor`` is who does it, the role that is connected if ``None``.

    Raises:
        UsageError: its status is no longer that of ``incident``.
    """
    with opened(connection) as begun:
        moved = begun.run(
            "move_incident", id=incident.id, before=incident.status, after=after, actor=actor, note=note
        )
        if not moved:
            raise UsageError("Somebody changed the incident meanwhile.", remedy=_HOW_TO_LIST)
        return _incident(begun, incident.id)


def remark_on_incident(connection: Connection, incident: Incident, note: str) -> Incident:
    """Note something in the history of an incident, whose status stays as it is."""
    with opened(connection) as begun:
        begun.run("remark_incident", id=incident.id, actor="pgassay", note=note)
        return _incident(begun, incident.id)


def _recurring(begun: Transaction, new: NewIncident) -> UUID | None:
    if not new.cause:
        return None
    begun.run("take_turns", cause=new.cause)
    found = begun.run(
        "recur_incident",
        cause=new.cause,
        severity=new.severity,
        title=new.title,
        description=new.description,
        tables=list(new.tables),
    )
    return found[0][0] if found else None


def _opened(begun: Transaction, new: NewIncident) -> UUID:
    ((identity,),) = begun.run(
        "open_incident",
        type=new.type,
        severity=new.severity,
        title=new.title,
        description=new.description,
        detection=new.detection,
    )
    begun.run("describe_incident", id=identity, cause=new.cause, tables=list(new.tables))
    return UUID(str(identity))


def _incident(begun: Transaction, identity: UUID) -> Incident:
    (row,) = begun.run("incidents", id=identity, statuses=list(IncidentStatus), most=1)
    links = begun.run("incident_links", id=identity)
    history = begun.run("incident_history", id=identity)
    return replace(
        _read(row),
        links=tuple(IncidentLink(kind=LinkKind(kind), reference=reference) for kind, reference in links),
        history=tuple(
            IncidentEvent(
                at=at,
                actor=actor,
                before=IncidentStatus(before) if before else None,
                after=IncidentStatus(after),
                note=note,
            )
            for at, actor, before, after, note in history
        ),
        alerts=read_alerts(begun, incident=identity, resolved=True),
    )


def _read(row: Row) -> Incident:
    identity, kind, severity, status, title, description, detection, detected_at, *rest = row
    seen_at, occurrences, cause, assigned_to, acknowledged_at, resolved_at, notes, rolled_back, tables = rest
    return Incident(
        id=identity,
        type=IncidentType(kind),
        severity=IncidentSeverity(severity),
        status=IncidentStatus(status),
        title=title,
        description=description,
        detection=Detection(detection),
        detected_at=detected_at,
        last_seen_at=seen_at,
        occurrences=occurrences,
        cause=cause,
        assigned_to=assigned_to,
        acknowledged_at=acknowledged_at,
        resolved_at=resolved_at,
        resolution_notes=notes,
        rollback_performed=rolled_back,
        tables=tuple(tables) if tables is not None else None,
    )
