"""Alerts in the store: one a cause, brought up to date while it is open."""

from dataclasses import replace

import pytest

from pgassay.model.alert import AlertSeverity, AlertType, NewAlert
from pgassay.model.errors import UsageError
from pgassay.pg.connection import Connection
from pgassay.store.alerts import acknowledge_alert, alerts, raise_alert, resolve_alert, resolve_cause

NEW = NewAlert(
    type=AlertType.REGRESSION,
    severity=AlertSeverity.WARNING,
    category="crm",
    test="search",
    message="search takes 1.3 times as long",
    cause="regression:crm:search",
    threshold=10.0,
    actual=13.0,
)


def test_what_is_raised_can_be_read_again(store: Connection) -> None:
    raised = raise_alert(store, NEW)
    assert raised.escalated
    assert alerts(store) == (raised.alert,)
    assert (raised.alert.threshold, raised.alert.actual, raised.alert.status) == (10.0, 13.0, "open")


def test_the_same_cause_is_brought_up_to_date(store: Connection) -> None:
    first = raise_alert(store, NEW).alert
    same = raise_alert(store, replace(NEW, actual=14.0))
    assert (same.alert.id, same.alert.occurrences, same.alert.actual, same.escalated) == (
        first.id,
        2,
        14.0,
        False,
    )
    worse = raise_alert(store, replace(NEW, severity=AlertSeverity.CRITICAL))
    assert (worse.alert.severity, worse.escalated) == (AlertSeverity.CRITICAL, True)
    better = raise_alert(store, NEW)
    assert (better.alert.severity, better.escalated) == (AlertSeverity.WARNING, False)


def test_an_alert_is_acknowledged_once_and_resolved_once(store: Connection) -> None:
    text = str(raise_alert(store, NEW).alert.id)[:8]
    assert acknowledge_alert(store, text, actor="kim").acknowledged_by == "kim"
    assert acknowledge_alert(store, text, actor="lee").acknowledged_by == "kim"
    done = resolve_alert(store, text, actor="lee", note="reindexed")
    assert (done.status, done.resolved_by, done.resolution_notes) == ("resolved", "lee", "reindexed")
    for deed in (acknowledge_alert, resolve_alert):
        with pytest.raises(UsageError, match="resolved already"):
            deed(store, text, actor="kim")
    assert alerts(store) == ()
    assert alerts(store, resolved=True) == (done,)


def test_a_cause_that_is_gone_settles_its_alert(store: Connection) -> None:
    raised = raise_alert(store, NEW).alert
    assert resolve_cause(store, "another", note="") is None
    settled = resolve_cause(store, NEW.cause, note="within its limits again")
    assert settled is not None
    assert (settled.id, settled.resolved_by) == (raised.id, "pgassay")
    assert raise_alert(store, NEW).alert.id != raised.id


def test_the_worst_come_first(store: Connection) -> None:
    info = raise_alert(store, replace(NEW, cause="a", severity=AlertSeverity.INFO)).alert
    critical = raise_alert(store, replace(NEW, cause="b", severity=AlertSeverity.CRITICAL)).alert
    assert [each.id for each in alerts(store)] == [critical.id, info.id]
