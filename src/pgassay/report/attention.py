"""Incidents and alerts for people and programs: as tables, one at length, and as JSON documents."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from pgassay.model.alert import Alert
from pgassay.model.incident import Incident, IncidentEvent, IncidentStatus
from pgassay.report.layout import Cell, Line, Span, Style, ansi, columns, line
from pgassay.report.words import moment, plural, visible

INCIDENTS_FORMAT = "pgassay.incidents/1"
ALERTS_FORMAT = "pgassay.alerts/1"
_MINUTES = len("2025-01-02 03:04")
_URGENT = {"CRITICAL": Style.BAD_BOLD, "HIGH": Style.BAD, "WARNING": Style.WARN, "MEDIUM": Style.WARN}


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentsDocument:
    """Incidents as ``--json`` prints them."""

    incidents: tuple[Incident, ...]
    format: str = INCIDENTS_FORMAT


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertsDocument:
    """Alerts as ``--json`` prints them."""

    alerts: tuple[Alert, ...]
    format: str = ALERTS_FORMAT


def incidents_document(found: Sequence[Incident]) -> str:
    """Write incidents as JSON."""
    return msgspec.json.encode(IncidentsDocument(incidents=tuple(found))).decode()


def alerts_document(found: Sequence[Alert]) -> str:
    """Write alerts as JSON."""
    return msgspec.json.encode(AlertsDocument(alerts=tuple(found))).decode()


def incidents_table(found: Sequence[Incident], *, colour: bool = False) -> str:
    """Draw a line for each incident."""
    unsettled = sum(each.status in (IncidentStatus.OPEN, IncidentStatus.INVESTIGATING) for each in found)
    head = ("incident", "severity", "status", "since (UTC)", "seen", "assigned to", "title")
    rows = [_incident_row(each) for each in found]
    return _drawn(head, rows, closing=f"{plural(unsettled, 'unsettled incident')}", colour=colour)


def alerts_table(found: Sequence[Alert], *, colour: bool = False) -> str:
    """Draw a line for each alert."""
    unsettled = sum(each.resolved_at is None for each in found)
    head = ("alert", "severity", "status", "since (UTC)", "seen", "message")
    rows = [_alert_row(each) for each in found]
    return _drawn(head, rows, closing=f"{plural(unsettled, 'alert')} not resolved", colour=colour)


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
        ("tables", ", ".join(incident.tables)),
        ("description", incident.description),
        ("resolution", incident.resolution_notes),
    ):
        if text:
            yield f"  {name:<12} {visible(text)}"
    for link in incident.links:
        yield f"  {link.kind:<12} {visible(link.reference)}"
    yield "  history"
    for event in incident.history:
        yield f"    {moment(event.at)}  {_step(event)}"


def _step(event: IncidentEvent) -> str:
    note = f": {visible(event.note)}" if event.note else ""
    return f"{event.after} by {visible(event.actor)}{note}"


def _drawn(head: tuple[str, ...], rows: list[list[Cell]], *, closing: str, colour: bool) -> str:
    heading: list[Cell] = [Span(word, Style.DIM) for word in head]
    lines: list[Line] = [*columns([heading, *rows], right=frozenset({4})), Line()] if rows else []
    lines.append(line(closing + "."))
    return "\n".join((ansi(each) if colour else each.text).rstrip() for each in lines)


def _incident_row(incident: Incident) -> list[Cell]:
    return [
        str(incident.id)[:8],
        Span(incident.severity, _URGENT.get(incident.severity, Style.PLAIN)),
        incident.status.lower(),
        Span(moment(incident.detected_at)[:_MINUTES], Style.DIM),
        f"{incident.occurrences}×",
        visible(incident.assigned_to) or "–",
        visible(incident.title),
    ]


def _alert_row(alert: Alert) -> list[Cell]:
    return [
        str(alert.id)[:8],
        Span(alert.severity, _URGENT.get(alert.severity, Style.PLAIN)),
        alert.status,
        Span(moment(alert.created_at)[:_MINUTES], Style.DIM),
        f"{alert.occurrences}×",
        visible(alert.message),
    ]
