"""Alerts for tests of what judges and tells them."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from pgassay.model.alert import Alert, AlertSeverity, AlertType

MOMENT = datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)
SUBJECT = "perf:db.example.com/crm:crm.search"
BLOCKS = Alert(
    id=UUID(int=3),
    type=AlertType.REGRESSION,
    severity=AlertSeverity.CRITICAL,
    category="crm",
    test="crm.search",
    message="crm.search reads 2,069 blocks, 4 are normal",
    cause=f"{SUBJECT}:blocks",
    subject=SUBJECT,
    aspect="blocks",
    episode=UUID(int=3),
    threshold=4.0,
    actual=2069.0,
    created_at=MOMENT,
    last_seen_at=MOMENT,
    occurrences=1,
    acknowledged_at=None,
    acknowledged_by="",
    resolved_at=None,
    resolved_by="",
    resolution_notes="",
)
PLAN = replace(
    BLOCKS,
    id=UUID(int=4),
    message="crm.search reads all of crm.contacts now, which it did not",
    cause=f"{SUBJECT}:plan",
    aspect="plan",
    threshold=None,
    actual=None,
)
TIME = replace(
    BLOCKS,
    id=UUID(int=5),
    severity=AlertSeverity.WARNING,
    message="crm.search takes 1.40 times as long as in earlier runs (14.0 ms, 10.0 are normal)",
    cause=f"{SUBJECT}:time",
    aspect="time",
    threshold=10.0,
    actual=14.0,
)
