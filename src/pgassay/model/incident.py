"""Incidents: what went wrong in production, who deals with it, and how it ended."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pgassay.model.alert import Alert, AlertSeverity


class IncidentType(StrEnum):
    """What an incident is about."""

    TEST_FAILURE = "TEST_FAILURE"
    PERFORMANCE = "PERFORMANCE"
    SECURITY = "SECURITY"
    DATA_INTEGRITY = "DATA_INTEGRITY"


class IncidentSeverity(StrEnum):
    """How bad it is, from the least to the worst."""

    LOW = "LOW"
    MEDIUM = "MEDIUM"
    HIGH = "HIGH"
    CRITICAL = "CRITICAL"


class Detection(StrEnum):
    """How it was noticed."""

    AUTOMATED_TEST = "AUTOMATED_TEST"
    MONITORING = "MONITORING"
    USER_REPORT = "USER_REPORT"


class IncidentStatus(StrEnum):
    """Where an incident stands."""

    OPEN = "OPEN"
    INVESTIGATING = "INVESTIGATING"
    RESOLVED = "RESOLVED"
    CLOSED = "CLOSED"


class LinkKind(StrEnum):
    """What an incident may belong to."""

    RUN = "run"
    ALERT = "alert"
    MIGRATION = "migration"
    ROLLBACK = "rollback"
    DRILL = "drill"
    BACKUP = "backup"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentLink:
    """Something that an incident belongs to; ``reference`` is its id."""

    kind: LinkKind
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AspectImpact:
    """What became worse, and by how much: the figure of an alert, and the limit that it is beyond."""

    aspect: str
    severity: AlertSeverity
    message: str
    threshold: float | None
    actual: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformanceImpact:
    """What became worse, as it was seen last: every aspect, the worst first.

    ``threshold`` and ``actual`` are those of the first aspect that has figures.
    """

    category: str
    test: str
    threshold: float | None
    actual: float | None
    aspects: tuple[AspectImpact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewIncident:
    """An incident to be opened.

    While one of the same ``cause`` is open, that one is counted up instead; an empty cause is like no other.
    ``tables`` are those that are known to be affected; none where that is not known.
    """

    type: IncidentType
    severity: IncidentSeverity
    title: str
    description: str = ""
    detection: Detection = Detection.AUTOMATED_TEST
    cause: str = ""
    tables: tuple[str, ...] = ()
    impact: PerformanceImpact | None = None
    links: tuple[IncidentLink, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentEvent:
    """One step in an incident's history; ``before`` is ``None`` for its opening."""

    at: datetime
    actor: str
    before: IncidentStatus | None
    after: IncidentStatus
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """An incident as it is recorded. ``occurrences`` counts how often its cause was met while it was open.

    ``tables`` is ``None`` where nobody knows which are affected. ``alerts`` are those that it is linked to.
    """

    id: UUID
    type: IncidentType
    severity: IncidentSeverity
    status: IncidentStatus
    title: str
    description: str
    detection: Detection
    detected_at: datetime
    last_seen_at: datetime
    occurrences: int
    cause: str
    assigned_to: str
    acknowledged_at: datetime | None
    resolved_at: datetime | None
    resolution_notes: str
    rollback_performed: bool
    tables: tuple[str, ...] | None
    links: tuple[IncidentLink, ...] = ()
    history: tuple[IncidentEvent, ...] = ()
    alerts: tuple[Alert, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether somebody said that it is over."""
        return self.status in (IncidentStatus.RESOLVED, IncidentStatus.CLOSED)

    @property
    def recovered(self) -> bool:
        """Whether it is about alerts, and all of these are resolved."""
        return bool(self.alerts) and all(each.resolved_at is not None for each in self.alerts)
