"""Incidents for people and programs: as a table, one at length, and as a JSON document."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from pgassay.model.alert import Alert
from pgassay.model.incident import Incident, IncidentEvent, IncidentStatus, LinkKind
from pgassay.report.attention import MINUTES, STYLES, drawn
from pgassay.report.layout import Cell, Span, Style
from pgassay.report.words import moment, plural, visible

INCIDENTS_FORMAT = "pgassay.incidents/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentsDocument:
    """Incidents as ``--json`` prints them."""

    incidents: tuple[Incident, ...]
    format: str = INCIDENTS_FORMAT


def incidents_document(found: Sequence[Incident]) -> str:
    """Write incidents as JSON."""
    return msgspec.json.encode(IncidentsDocument(incidents=tuple(found))).decode()


def incidents_table(found: Sequence[Incident], *, colour: bool = False) -> str:
    """Draw a line for each incident."""
    unsettled = sum(each.status in (IncidentStatus.OPEN, IncidentStatus.INVESTIGATING) for each in found)
    head = ("incident", "severity", "status", "since (UTC)", "seen", "assigned to", "title")
    rows = [_incident_row(each) for each in found]
    return drawn(head, rows, closing=f"{plural(unsettled, 'unsettled incident')}", colour=colour)


def incident_text(incident: Incident) -> str:
    """Write one incident at length."""
    return "\n".join(_incident_lines(incident))


def _incident_lines(incident: Incident) -> Iterator[str]:
    yield f"{incident.severity} {incident.type}: {visible(incident.title)}"
    yield f"  id           {incident.id}"
    yield f"  status       {incident.status}"
    yield f"  detected     {moment(incident.detected_at)} by {incident.detection}"
    if incident.occurrences > 1:
        yield f"  seen         {incident.occurrences} times, last {moment(incident.last_seen_at)}"
    for name, text in (
        ("assigned to", incident.assigned_to),
        ("tables", ", ".join(incident.tables) if incident.tables is not None else "not known"),
        ("description", incident.description if not incident.alerts else ""),
        ("resolution", incident.resolution_notes),
    ):
        if text:
            yield f"  {name:<12} {visible(text)}"
    yield from _connections(incident)
    yield "  history"
    for event in incident.history:
        yield f"    {moment(event.at)}  {_step(event)}"


def _connections(incident: Incident) -> Iterator[str]:
    for alert in incident.alerts:
        yield f"  alert        {_evidence(alert)}"
    for link in incident.links:
        if link.kind is not LinkKind.ALERT:
            yield f"  {link.kind:<12} {visible(link.reference)}"
    if incident.recovered and not incident.settled:
        resolve = f"pgassay incidents resolve {str(incident.id)[:8]}"
        yield f"  recovered    all of its alerts are resolved; `{resolve}` says that it is over"


def _evidence(alert: Alert) -> str:
    """Say what an alert says, and where it stands, in one line."""
    told = " ".join(each for each in (alert.severity, alert.aspect) if each)
    text = f"{str(alert.id)[:8]} {told}: {visible(alert.message)}"
    if alert.resolved_at is None:
        return f"{text} ({alert.status})"
    note = f": {visible(alert.resolution_notes)}" if alert.resolution_notes else ""
    return f"{text} (resolved {moment(alert.resolved_at)} by {visible(alert.resolved_by)}{note})"


def _step(event: IncidentEvent) -> str:
    note = f": {visible(event.note)}" if event.note else ""
    return f"{event.after} by {visible(event.actor)}{note}"


def _incident_row(incident: Incident) -> list[Cell]:
    return [
        str(incident.id)[:8],
        Span(incident.severity, STYLES.get(incident.severity, Style.PLAIN)),
        incident.status.lower(),
        Span(moment(incident.detected_at)[:MINUTES], Style.DIM),
        f"{incident.occurrences}×",
        visible(incident.assigned_to) or "–",
        visible(incident.title),
    ]
