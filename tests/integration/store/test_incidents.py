"""Incidents in the store: one a cause, moved only by who saw it last, and the same with psql."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from pgassay.model.errors import UsageError
from pgassay.model.incident import (
    IncidentLink,
    IncidentSeverity,
    IncidentStatus,
    IncidentType,
    LinkKind,
    NewIncident,
)
from pgassay.pg.connection import Connection, connect
from pgassay.pg.target import Target
from pgassay.store.incidents import find_incident, incidents, move_incident, open_incident

LINK = IncidentLink(kind=LinkKind.RUN, reference="r1")
NEW = NewIncident(
    type=IncidentType.TEST_FAILURE,
    severity=IncidentSeverity.HIGH,
    title="tests fail",
    cause="tests:app:unit",
    tables=("public.orders",),
    links=(LINK,),
)


def test_what_is_opened_can_be_read_again(store: Connection) -> None:
    opened = open_incident(store, NEW)
    assert (opened.status, opened.occurrences, opened.tables) == (IncidentStatus.OPEN, 1, ("public.orders",))
    assert find_incident(store, str(opened.id)[:6]) == opened
    assert [(each.before, each.after) for each in opened.history] == [(None, IncidentStatus.OPEN)]


def test_a_critical_one_is_assigned_and_investigated_at_once(store: Connection) -> None:
    store.execute(
        "insert into prod_test_schema.settings (name, value)"
        " values ('incidents.on_call', '\"dba@example.com\"')"
    )
    opened = open_incident(store, replace(NEW, severity=IncidentSeverity.CRITICAL))
    assert (opened.status, opened.assigned_to) == (IncidentStatus.INVESTIGATING, "dba@example.com")
    assert opened.acknowledged_at is None
    seen = move_incident(store, opened, IncidentStatus.INVESTIGATING, actor="kim")
    assert seen.acknowledged_at is not None
    assert seen.assigned_to == "kim"


def test_the_same_cause_is_counted_and_never_becomes_less_severe(store: Connection) -> None:
    first = open_incident(store, NEW)
    again = open_incident(
        store,
        replace(NEW, severity=IncidentSeverity.LOW, links=(IncidentLink(kind=LinkKind.RUN, reference="r2"),)),
    )
    assert (again.id, again.occurrences, again.severity) == (first.id, 2, IncidentSeverity.HIGH)
    assert [each.reference for each in again.links] == ["r1", "r2"]
    worse = open_incident(store, replace(NEW, severity=IncidentSeverity.CRITICAL))
    assert (worse.occurrences, worse.severity) == (3, IncidentSeverity.CRITICAL)


def test_tables_that_become_known_are_added_and_unknown_ones_are_null(store: Connection) -> None:
    lone = open_incident(store, replace(NEW, tables=()))
    assert lone.tables is None
    assert open_incident(store, replace(NEW, tables=())).tables is None
    assert open_incident(store, replace(NEW, tables=("b", "a"))).tables == ("a", "b")
    assert open_incident(store, replace(NEW, tables=("c", "a"))).tables == ("a", "b", "c")
    assert open_incident(store, replace(NEW, tables=())).tables == ("a", "b", "c")


def test_a_cause_that_was_resolved_opens_a_new_one(store: Connection) -> None:
    first = open_incident(store, NEW)
    done = move_incident(store, first, IncidentStatus.RESOLVED, actor="kim", note="index rebuilt")
    assert (done.resolution_notes, done.resolved_at is not None) == ("index rebuilt", True)
    assert open_incident(store, NEW).id != first.id


def test_without_a_cause_each_is_its_own(store: Connection) -> None:
    lone = replace(NEW, cause="")
    assert open_incident(store, lone).id != open_incident(store, lone).id


def test_many_at_once_open_one(database: Target, store: Connection) -> None:
    def opened(number: int) -> str:
        with connect(database) as own:
            return str(open_incident(own, NEW).id)

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(opened, range(12)))) == 1
    ((found,),) = store.execute("select occurrences from prod_test_schema.production_incidents").fetchall()
    assert found == 12


def test_who_saw_it_last_moves_it(store: Connection) -> None:
    seen = open_incident(store, NEW)
    move_incident(store, seen, IncidentStatus.INVESTIGATING, actor="kim")
    with pytest.raises(UsageError, match="meanwhile"):
        move_incident(store, seen, IncidentStatus.RESOLVED, actor="lee")


def test_the_list_has_the_worst_first_and_settled_ones_on_request(store: Connection) -> None:
    low = open_incident(store, replace(NEW, cause="a", severity=IncidentSeverity.LOW))
    high = open_incident(store, replace(NEW, cause="b"))
    critical = open_incident(store, replace(NEW, cause="c", severity=IncidentSeverity.CRITICAL))
    move_incident(store, high, IncidentStatus.RESOLVED, actor=None)
    assert [each.id for each in incidents(store)] == [critical.id, low.id]
    assert [each.id for each in incidents(store, tuple(IncidentStatus))] == [critical.id, low.id, high.id]


def test_a_reopened_one_is_not_resolved(store: Connection) -> None:
    done = move_incident(store, open_incident(store, NEW), IncidentStatus.RESOLVED, actor="kim", note="x")
    again = move_incident(store, done, IncidentStatus.INVESTIGATING, actor="lee")
    assert (again.resolved_at, again.assigned_to, again.acknowledged_at) == (None, "lee", None)


def test_with_psql_only(store: Connection) -> None:
    ((identity,),) = store.execute(
        "select prod_test_schema.create_production_incident("
        "'SECURITY', 'CRITICAL', 'open bucket', 'anon reads invoices', 'USER_REPORT')"
    ).fetchall()
    found = find_incident(store, str(identity))
    assert (found.title, found.status, found.assigned_to) == (
        "open bucket",
        IncidentStatus.INVESTIGATING,
        "on-call",
    )
    assert [each.after for each in found.history] == [IncidentStatus.INVESTIGATING]


@pytest.mark.parametrize("text", ["", "xyz", "0000", "last"])
def test_what_names_no_incident_is_said(store: Connection, text: str) -> None:
    with pytest.raises(UsageError, match="incident"):
        find_incident(store, text)
