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

    ``threshold`` and ``actual`` are in the unit that ``message`` names. ``subject`` tells what it is about,
    and ``aspect`` which side of that: alerts about one subject are one matter for whoever is told.
    """

    type: AlertType
    severity: AlertSeverity
    category: str
    test: str
    message: str
    cause: str
    subject: str = ""
    aspect: str = ""
    threshold: float | None = None
    actual: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """An alert as it is recorded. ``occurrences`` counts how often its cause was met while it was open.

    ``episode`` is the id of the first alert about the same subject that was open when this one was raised,
    perhaps its own.
    """

    id: UUID
    type: AlertType
    severity: AlertSeverity
    category: str
    test: str
    message: str
    cause: str
    subject: str
    aspect: str
    episode: UUID
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

    @property
    def sentence(self) -> str:
        """The message without the name that it begins with."""
        return self.message.removeprefix(f"{self.test} ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """What raising an alert came to. ``escalated``: it is new, or worse than when it was last met."""

    alert: Alert
    escalated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """The alerts about one subject that are not resolved, the worst first; at least one."""

    subject: str
    alerts: tuple[Alert, ...]

    @property
    def severity(self) -> AlertSeverity:
        """That of the worst."""
        return self.alerts[0].severity

    @property
    def title(self) -> str:
        """What is wrong, in one line: as a sentence where one aspect is, else by the names of all."""
        first = self.alerts[0]
        if len(self.alerts) == 1:
            return first.message
        return f"{first.test} became worse: {', '.join(each.aspect for each in self.alerts)}"

    @property
    def text(self) -> str:
        """What is wrong in each aspect, a line each."""
        return "\n".join(f"{each.severity} {each.aspect}: {each.sentence}" for each in self.alerts)
