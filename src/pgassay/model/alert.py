"""Alerts: measurements that somebody should look at, one open alert a cause."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class AlertType(StrEnum):
    """What kind of finding an alert stands for."""

    REGRESSION = "REGRESSION"
    """Worse than the baseline."""
    THRESHOLD = "THRESHOLD"
    """Beyond a limit that was declared."""
    ANOMALY = "ANOMALY"
    """Unlike anything before, without a baseline or a limit."""


class AlertSeverity(StrEnum):
    """How urgent it is, from the least to the worst."""

    INFO = "INFO"
    WARNING = "WARNING"
    CRITICAL = "CRITICAL"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAlert:
    """An alert to be raised. While one of the same ``cause`` is open, that one is brought up to date instead.

    ``threshold`` and ``actual`` are in the unit that ``message`` names.
    """

    type: AlertType
    severity: AlertSeverity
    category: str
    test: str
    message: str
    cause: str
    threshold: float | None = None
    actual: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """An alert as it is recorded. ``occurrences`` counts how often its cause was met while it was open."""

    id: UUID
    type: AlertType
    severity: AlertSeverity
    category: str
    test: str
    message: str
    cause: str
    threshold: float | None
    actual: float | None
    created_at: datetime
    last_seen_at: datetime
    occurrences: int
    acknowledged_at: datetime | None
    acknowledged_by: str
    resolved_at: datetime | None
    resolved_by: str
    resolution_notes: str

    @property
    def status(self) -> str:
        """Where it stands: open, acknowledged or resolved."""
        if self.resolved_at is not None:
            return "resolved"
        return "open" if self.acknowledged_at is None else "acknowledged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """What raising an alert came to. ``escalated``: it is new, or worse than when it was last met."""

    alert: Alert
    escalated: bool
