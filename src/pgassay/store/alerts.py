"""Keeps alerts: one open alert a cause, acknowledged and resolved by somebody."""

from uuid import UUID

from pgassay.model.alert import Alert, AlertSeverity, AlertType, Episode, NewAlert, Raised
from pgassay.model.errors import UsageError
from pgassay.pg.connection import Connection
from pgassay.store.identify import HOW_TO_NAME, identify
from pgassay.store.schema import opened
from pgassay.store.session import Row, Transaction

_WORST = (AlertSeverity.CRITICAL, AlertSeverity.WARNING, AlertSeverity.INFO)
_MOST_OF_ONE = 1_000
_HOW_TO_LIST = "pgassay alerts list --all"


def raise_alert(connection: Connection, new: NewAlert) -> Raised:
    """Raise an alert, or bring the open one of the same cause up to date.

    Raises:
        Unavailable: the store cannot be written.
    """
    values = {
        "cause": new.cause,
        "severity": new.severity,
        "message": new.message,
        "threshold": new.threshold,
        "actual": new.actual,
    }
    with opened(connection) as begun:
        begun.run("take_turns", cause=new.subject or new.cause)
        found = begun.run("recur_alert", **values) or begun.run(
            "raise_alert",
            **values,
            type=new.type,
            category=new.category,
            test=new.test,
            subject=new.subject,
            aspect=new.aspect,
        )
        ((identity, escalated),) = found
        return Raised(alert=_alert(begun, identity), escalated=escalated)


def alerts(connection: Connection, *, resolved: bool = False, most: int = 100) -> tuple[Alert, ...]:
    """Give alerts, the open ones first, then the worst and newest; those that are resolved on request."""
    with opened(connection) as begun:
        found = begun.run("alerts", id=None, subject=None, incident=None, resolved=resolved, most=most)
    return tuple(_read(row) for row in found)


def episode_of(connection: Connection, subject: str) -> Episode | None:
    """Give what is not resolved about a subject; ``None`` where nothing is."""
    with opened(connection) as begun:
        found = read_alerts(begun, subject=subject)
    in_turn = sorted(found, key=lambda each: each.created_at)
    worst_first = sorted(in_turn, key=lambda each: _WORST.index(each.severity))
    return Episode(subject=subject, alerts=tuple(worst_first)) if found else None


def read_alerts(
    begun: Transaction,
    *,
    identity: UUID | None = None,
    subject: str | None = None,
    incident: UUID | None = None,
    resolved: bool = False,
) -> tuple[Alert, ...]:
    """Read those with an id, about a subject, or of an incident, in a transaction that is open."""
    found = begun.run(
        "alerts", id=identity, subject=subject, incident=incident, resolved=resolved, most=_MOST_OF_ONE
    )
    return tuple(_read(row) for row in found)


def acknowledge_alert(connection: Connection, text: str, *, actor: str | None) -> Alert:
    """Say that somebody looks at the alert that ``text``, its id or a start of it, names.

    Raises:
        UsageError: there is none, or more than one, or it is resolved.
    """
    return _settle(connection, text, "acknowledge_alert", actor=actor)


def resolve_alert(connection: Connection, text: str, *, actor: str | None, note: str = "") -> Alert:
    """Settle the alert that ``text``, its id or a start of it, names.

    Raises:
        UsageError: there is none, or more than one, or it is resolved.
    """
    return _settle(connection, text, "resolve_alert", actor=actor, note=note)


def resolve_cause(connection: Connection, cause: str, *, note: str) -> Alert | None:
    """Settle the open alert of a cause that is gone; ``None`` where there was none."""
    with opened(connection) as begun:
        begun.run("take_turns", cause=cause)
        for (identity,) in begun.run("open_alert_of", cause=cause):
            begun.run("resolve_alert", id=identity, actor="pgassay", note=note)
            return _alert(begun, identity)
    return None


def _settle(connection: Connection, text: str, how: str, **values: str | None) -> Alert:
    with opened(connection) as begun:
        identity = identify(begun, text, "alerts_between", noun="alert", remedies=(HOW_TO_NAME, _HOW_TO_LIST))
        if not begun.run(how, id=identity, **values):
            raise UsageError("The alert is resolved already.", remedy="pgassay alerts list")
        return _alert(begun, identity)


def _alert(begun: Transaction, identity: UUID) -> Alert:
    (found,) = read_alerts(begun, identity=identity, resolved=True)
    return found


def _read(row: Row) -> Alert:
    identity, kind, severity, category, test, message, cause, subject, aspect, episode, *rest = row
    threshold, actual, created_at, seen_at, occurrences, acknowledged_at, acknowledged_by, *end = rest
    resolved_at, resolved_by, notes = end
    return Alert(
        id=identity,
        type=AlertType(kind),
        severity=AlertSeverity(severity),
        category=category,
        test=test,
        message=message,
        cause=cause,
        subject=subject,
        aspect=aspect,
        episode=episode,
        threshold=threshold,
        actual=actual,
        created_at=created_at,
        last_seen_at=seen_at,
        occurrences=occurrences,
        acknowledged_at=acknowledged_at,
        acknowledged_by=acknowledged_by,
        resolved_at=resolved_at,
        resolved_by=resolved_by,
        resolution_notes=notes,
    )
