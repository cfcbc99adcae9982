"""What is old goes, and nothing that is needed: what is open, what the gate reads, what others refer to."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

import pgassay.store
from pgassay.model.alert import AlertSeverity, AlertType, NewAlert
from pgassay.model.incident import (
    Incident,
    IncidentLink,
    IncidentSeverity,
    IncidentStatus,
    IncidentType,
    LinkKind,
    NewIncident,
)
from pgassay.model.notice import Address, Notice
from pgassay.model.readiness import ReadinessFacts
from pgassay.model.urgency import Urgency
from pgassay.pg.clock import now
from pgassay.pg.connection import Connection
from pgassay.store.alerts import raise_alert, resolve_cause
from pgassay.store.incidents import move_incident, open_incident
from pgassay.store.outbox import post
from pgassay.store.prune import KINDS, Pruned, claim_pruning, prune
from pgassay.store.readiness import About, readiness_facts
from sample_store import add_everything, add_registered, add_runs, age, row_counts

STORE = Path(pgassay.store.__file__).parent
OPEN, RESOLVED, CLOSED = IncidentStatus.OPEN, IncidentStatus.RESOLVED, IncidentStatus.CLOSED
RECEIVER = Address(channel="slack", digest="d", value="https://example.com")
BASELINE = (
    "insert into performance_monitoring.performance_baselines (test_category, baseline_metrics, is_active)"
    " values ('crm', '{}', %s)"
)


def pruned(store: Connection, *, dry: bool = False, ended: Callable[[], bool] = lambda: False) -> Pruned:
    return prune(store, now() - timedelta(days=90), at_least=97.0, dry=dry, ended=ended)


def went(found: Pruned) -> dict[str, int]:
    return {name: count for name, count in found.counts if count}


def facts(store: Connection, target: str | None) -> ReadinessFacts:
    return readiness_facts(store, About(target=target, contents=None, at_least=97.0, receivers=1))


def rows_of(store: Connection, run: UUID) -> int:
    """Count what is left of a test run, wherever that is."""
    tables = [
        name
        for (name,) in store.execute(
            "select attrelid::regclass::text from pg_attribute join pg_class as c on c.oid = attrelid"
            " where attname = 'run_id' and relkind = 'r' and relnamespace::regnamespace::text"
            " in ('prod_test_schema', 'performance_monitoring')"
        )
    ]
    assert len(tables) > 8
    queries = [f"select count(*) from {name} where run_id = '{run}'" for name in tables]  # noqa: S608 - ours
    queries.append(f"select count(*) from prod_test_schema.test_runs where id = '{run}'")  # noqa: S608 - ours
    return sum(store.execute(each.encode()).fetchall()[0][0] for each in queries)


def incident(
    store: Connection, cause: str, *steps: IncidentStatus, link: IncidentLink | None = None
) -> Incident:
    new = NewIncident(
        type=IncidentType.SECURITY,
        severity=IncidentSeverity.HIGH,
        title=cause,
        cause=cause,
        links=(link,) if link else (),
    )
    found = open_incident(store, new)
    for each in steps:
        found = move_incident(store, found, each, actor="kim")
    return found


def notice(store: Connection, key: str, *, delivered: bool = True) -> None:
    post(store, Notice(key=key, urgency=Urgency.INFO, title=key, text=""), [RECEIVER])
    if delivered:
        store.execute(
            "update prod_test_schema.notification_outbox set delivered_at = now() where notice_key = %s",
            [key],
        )


def alert(store: Connection, cause: str) -> None:
    raise_alert(
        store,
        NewAlert(
            type=AlertType.REGRESSION,
            severity=AlertSeverity.WARNING,
            category="c",
            test="t",
            message=cause,
            cause=cause,
        ),
    )


def test_an_old_run_goes_with_all_that_hangs_on_it_and_newer_ones_are_as_they_were(store: Connection) -> None:
    old = add_everything(store, snapshot="e", before="c")
    age(store, 100)
    add_runs(store)
    new = add_everything(store, snapshot="f", before="a")
    known = row_counts(store), rows_of(store, new), facts(store, None)

    found = pruned(store)

    assert (rows_of(store, old), rows_of(store, new)) == (0, known[1])
    assert went(found) == {
        "test_runs": 1,
        "executions": 1,
        "run_catalogs": 1,
        "catalog_snapshots": 1,
        "check_runs": 1,
        "access_runs": 1,
        "rehearsals": 1,
        "catalog_states": 1,  # the other one is that of the later rehearsal, too
        "drills": 1,
        "performance_runs": 1,
        "metrics": 3,
        "database_sizes": 1,
    }
    left = row_counts(store)
    assert (left["catalog_objects"], left["test_results"], left["check_results"]) == (1, 4, 1)
    assert facts(store, None) == known[2]
    assert went(pruned(store)) == {}


def test_what_the_gate_reads_stays_however_old_it_is(store: Connection) -> None:
    runs = []
    for target in ("t", "u") * 3:
        runs.append(add_everything(store, target=target))
        age(store, 100)
    rows = [rows_of(store, each) for each in runs]
    known = [facts(store, target) for target in (None, "t", "u")]
    assert all(
        each is not None for each in (known[0].tests, known[0].health, known[0].drill, known[0].access)
    )

    found = pruned(store)

    assert went(found)["test_runs"] == 2
    assert went(found)["check_runs"] == went(found)["drills"] == went(found)["performance_runs"] == 4
    assert [facts(store, target) for target in (None, "t", "u")] == known
    assert [rows_of(store, each) for each in runs] == [0, 0, *rows[2:]]


def test_what_is_open_stays(store: Connection) -> None:
    runs = add_runs(store, 6)
    add_registered(store, runs[0], cleaned_up=False)
    add_registered(store, runs[1], cleaned_up=True)
    for cause, steps, run in (
        ("open", (), runs[2]),
        ("resolved", (RESOLVED,), runs[3]),
        ("closed", (RESOLVED, CLOSED), runs[4]),
    ):
        made = incident(store, cause, *steps, link=IncidentLink(kind=LinkKind.RUN, reference=str(run)))
        notice(store, f"incident:{made.id}:HIGH")
    alert(store, "here")
    alert(store, "gone")
    resolve_cause(store, "gone", note="")
    notice(store, "waiting", delivered=False)
    for active in (True, False):
        store.execute(BASELINE, [active])
    age(store, 100)
    add_runs(store, 2)

    found = pruned(store)

    assert went(found) == {
        "notices": 2,
        "alerts": 1,
        "incidents": 1,
        "registered_rows": 1,
        "test_runs": 4,
        "metrics": 4,
        "baselines": 1,
    }
    assert [rows_of(store, each) > 0 for each in runs] == [True, False, True, False, False, False]
    titles = store.execute("select title from prod_test_schema.production_incidents order by 1").fetchall()
    assert titles == [("open",), ("resolved",)]
    left = row_counts(store)
    assert (left["notification_outbox"], left["performance_alerts"], left["prod_test_data_registry"]) == (
        2,
        1,
        1,
    )
    assert store.execute("select is_active from performance_monitoring.performance_baselines").fetchall() == [
        (True,)
    ]


def test_what_an_open_incident_belongs_to_stays(store: Connection) -> None:
    add_everything(store)
    add_everything(store)
    alert(store, "gone")
    resolve_cause(store, "gone", note="")
    ((raised,),) = store.execute("select id::text from performance_monitoring.performance_alerts").fetchall()
    drills = store.execute(
        "select id::text from prod_test_schema.recovery_drills order by started_at"
    ).fetchall()
    of_alert = incident(store, "a", link=IncidentLink(kind=LinkKind.ALERT, reference=raised))
    of_drill = incident(store, "d", link=IncidentLink(kind=LinkKind.DRILL, reference=drills[0][0]))
    age(store, 100)

    assert {"alerts", "drills"}.isdisjoint(went(pruned(store)))

    for each in (of_alert, of_drill):
        move_incident(store, each, RESOLVED, actor="kim")
    assert {"alerts": 1, "drills": 1}.items() <= went(pruned(store)).items()


def test_an_incident_that_was_closed_just_now_stays_however_old_it_is(store: Connection) -> None:
    made = incident(store, "old", RESOLVED)
    age(store, 100)
    move_incident(store, made, CLOSED, actor="kim")

    assert went(pruned(store)) == {}


def test_an_execution_by_hand_stays_while_its_rows_are_there(store: Connection) -> None:
    store.execute(
        "with log as ("
        "  insert into prod_test_schema.prod_test_execution_log (test_suite, test_category, end_time)"
        "  values ('by hand', 'unit', now()), ('clean', 'unit', now()) returning id, test_suite)"
        " insert into prod_test_schema.prod_test_data_registry"
        "  (test_execution_id, test_name, entity_type, entity_id)"
        "  select id, 't', 'public.a', gen_random_uuid() from log where test_suite = 'by hand'"
    )
    age(store, 100)

    assert went(pruned(store)) == {"executions": 1}
    left = store.execute("select test_suite from prod_test_schema.prod_test_execution_log").fetchall()
    assert left == [("by hand",)]


def test_the_newest_runs_that_tell_of_the_database_stay(store: Connection) -> None:
    runs = []
    for _ in range(3):
        runs.append(add_everything(store))
        age(store, 1)
    _, looked, touching = runs
    silent = add_runs(store, 3)
    store.execute("delete from prod_test_schema.run_catalogs where run_id = %s", [touching])
    store.execute(
        "update prod_test_schema.test_file_results set touched_text = null where run_id = any(%s)",
        [[looked, *silent]],
    )
    age(store, 100)
    known = [rows_of(store, each) for each in runs]

    assert went(pruned(store))["test_runs"] == 2
    assert [rows_of(store, each) for each in runs] == [0, *known[1:]]


def test_what_is_younger_than_asked_stays(store: Connection) -> None:
    for _ in range(3):
        add_everything(store)
    incident(store, "closed", RESOLVED, CLOSED)
    age(store, 80)
    before = row_counts(store)

    assert went(pruned(store)) == {}
    assert row_counts(store) == before


def test_what_others_refer_to_stays(store: Connection) -> None:
    old = add_everything(store, snapshot="e", before="c")
    age(store, 100)
    add_runs(store)
    add_everything(store, snapshot="e", before="c")

    found = pruned(store)

    assert rows_of(store, old) == 0
    assert {"catalog_snapshots", "catalog_states"}.isdisjoint(went(found))
    left = row_counts(store)
    assert (left["catalog_snapshots"], left["catalog_objects"], left["catalog_states"]) == (1, 1, 2)


def test_migrations_backups_and_rollbacks_stay(store: Connection) -> None:
    for _ in range(2):
        store.execute(
            "insert into prod_test_schema.migration_runs"
            " (id, operation, migration_id, version, name, up_path, up_sha256, target, database, started_at,"
            "  status, run_lock)"
            " values (gen_random_uuid(), 'apply', 'm', '1', 'm', 'p', repeat('b', 64), 't', 'a', now(),"
            "  'succeeded', 1)"
        )
        store.execute(
            "insert into prod_test_schema.backups"
            " (id, kind, target, database, server_version, location, started_at, state, tested_at)"
            " values (gen_random_uuid(), 'logical', 't', 'a', '18', '/b', now(), 'tested', now())"
        )
        store.execute("insert into prod_test_schema.rollback_events (rollback_reason) values ('x')")
    made = incident(store, "rollback", RESOLVED, CLOSED)
    store.execute("update prod_test_schema.rollback_events set incident_id = %s", [made.id])
    age(store, 1000)

    assert went(pruned(store)) == {}


def test_a_dry_run_says_as_much_and_changes_nothing(store: Connection) -> None:
    for snapshot in "abc":
        add_everything(store, snapshot=snapshot, before=snapshot)
        add_registered(store, add_runs(store, 12)[0], cleaned_up=True)
    incident(store, "closed", RESOLVED, CLOSED)
    notice(store, "x")
    age(store, 100)
    add_runs(store)
    add_everything(store, snapshot="f", before="f")
    before = row_counts(store)

    said = pruned(store, dry=True)
    assert (said.dry, row_counts(store)) == (True, before)
    done = pruned(store)

    assert done.counts == said.counts
    assert went(done)["test_runs"] == 39
    assert row_counts(store) != before


def test_a_run_that_goes_on_is_no_old_one(store: Connection) -> None:
    first, second, third = add_runs(store, 3)
    age(store, 100)
    add_runs(store, 2)
    store.execute(
        "update prod_test_schema.test_runs set status = 'running', finished_at = null where id = %s", [first]
    )
    store.execute("update prod_test_schema.test_runs set finished_at = now() where id = %s", [second])

    pruned(store)

    assert [rows_of(store, each) > 0 for each in (first, second, third)] == [True, True, False]


def test_it_ends_when_it_is_told_and_the_next_one_goes_on(store: Connection) -> None:
    add_runs(store, 33)
    age(store, 100)
    add_runs(store, 2)
    asked = iter([False] * 5 + [True])

    first = pruned(store, ended=lambda: next(asked))

    assert (first.whole, went(first)) == (False, {"test_runs": 20})
    assert row_counts(store)["test_runs"] == row_counts(store)["test_file_results"] == 15
    second = pruned(store)
    assert (second.whole, went(second)["test_runs"]) == (True, 13)


@pytest.mark.parametrize("lock", ["prod_test_schema.test_runs", "performance_monitoring.performance_alerts"])
def test_it_waits_for_nobody_for_long(store: Connection, lock: str) -> None:
    from pgassay.model.errors import Unavailable
    from pgassay.pg.connection import connect
    from pgassay.pg.target import parse_target

    add_runs(store, 2)
    age(store, 100)
    other = connect(parse_target(store.info.dsn))
    with other, other.transaction():
        other.execute(f"lock table {lock}".encode())
        with pytest.raises(Unavailable, match="is locked by another session"):
            pruned(store)


def test_the_day_is_taken_on_once(store: Connection) -> None:
    assert [claim_pruning(store), claim_pruning(store)] == [True, False]
    store.execute(
        "update prod_test_schema.settings set updated_at = updated_at - interval '25 hours'"
        " where name = 'store.pruned_at'"
    )
    assert [claim_pruning(store), claim_pruning(store)] == [True, False]


def test_every_table_is_let_go_or_stays_for_a_reason(store: Connection) -> None:
    """A new table of the store needs a place in pruning, or a reason here."""
    texts = [path.read_text("utf-8") for path in (STORE / "sql").glob("prune_*.sql")]
    let_go = {name for text in texts for name in re.findall(r"delete from (\w+\.\w+)", text)}
    assert len(let_go) == len(texts) == len(KINDS)
    let_go |= {"prod_test_schema.test_results"}  # by the trigger of test_file_results
    links = store.execute(
        "select conrelid::regclass::text, confrelid::regclass::text from pg_constraint"
        " where contype = 'f' and confdeltype = 'c'"
    ).fetchall()
    while found := {child for child, parent in links if parent in let_go} - let_go:
        let_go |= found

    tables = store.execute(
        "select oid::regclass::text from pg_class where relkind = 'r'"
        " and relnamespace::regnamespace::text in ('prod_test_schema', 'performance_monitoring')"
    )
    assert {name for (name,) in tables} - let_go == {
        "prod_test_schema.backups",  # what lies on disks
        "prod_test_schema.rollback_events",  # how the target came to be what it is
        "prod_test_schema.rollback_steps",
        "prod_test_schema.schema_migrations",  # what the store is
        "prod_test_schema.settings",
    }
