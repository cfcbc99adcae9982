"""Alerts for people and programs: as a table, and as a JSON document."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from pgassay.model.alert import Alert
from pgassay.report.attention import MINUTES, STYLES, drawn
from pgassay.report.layout import Cell, Span, Style
from pgassay.report.words import moment, plural, visible

ALERTS_FORMAT = "pgassay.alerts/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertsDocument:
    """Alerts as ``--json`` prints them."""

    alerts: tuple[Alert, ...]
    format: str = ALERTS_FORMAT


def alerts_document(found: Sequence[Alert]) -> str:
    """Write alerts as JSON."""
    return msgspec.json.encode(AlertsDocument(alerts=tuple(found))).decode()


def alerts_table(found: Sequence[Alert], *, colour: bool = False) -> str:
    """Draw a line for each alert."""
    unsettled = sum(each.resolved_at is None for each in found)
    head = ("alert", "severity", "status", "since (UTC)", "seen", "message")
    rows = [_alert_row(each) for each in found]
    return drawn(head, rows, closing=f"{plural(unsettled, 'alert')} not resolved", colour=colour)


def _alert_row(alert: Alert) -> list[Cell]:
    return [
        str(alert.id)[:8],
        Span(alert.severity, STYLES.get(alert.severity, Style.PLAIN)),
        alert.status,
        Span(moment(alert.created_at)[:MINUTES], Style.DIM),
        f"{alert.occurrences}×",
        visible(alert.message),
    ]
