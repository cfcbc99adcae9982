"""Incidents: what went wrong in production, who deals with it, and how it ended."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


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
class PerformanceImpact:
    """What became slower, and by how much: the figure of an alert, and the limit that it is beyond."""

    category: str
    test: str
    threshold: float | None
    actual: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewIncident:
    """An incident to be opened.

    While one of the same ``cause`` is open, that one is counted up instead; an empty cause is like no other.
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
    """An incident as it is recorded. ``occurrences`` counts how often its cause was met while it was open."""

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
    tables: tuple[str, ...]
    links: tuple[IncidentLink, ...] = ()
    history: tuple[IncidentEvent, ...] = ()
