"""A rollback as a whole: rows as in the backup, the store as it was, and back again."""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from fix_rollback import DAMAGE, HARM, Scene, results
from fix_server import fresh_database
from fix_suite import name_of
from pgassay.flows.incidents import Change, change_incident, open_incident
from pgassay.model.events.rollback import RollbackStepFinished, RollbackSwapped
from pgassay.model.exits import Exit
from pgassay.model.finding import Finding
from pgassay.model.incident import IncidentSeverity, IncidentType, NewIncident
from pgassay.model.rollback import RollbackOperation, RollbackOutcome, RollbackStep
from pgassay.pg.catalog.fingerprint import fingerprint
from pgassay.pg.clock import now
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect, sql
from pgassay.store.schema import install

ATTRIBUTES = """
select
    pg_get_userbyid(datdba), datconnlimit, datacl::text, datallowconn, shobj_description(oid, 'pg_database'),
    array(select setconfig::text from pg_db_role_setting where setdatabase = d.oid order by setrole)
from pg_database as d
where datname = current_database()
"""
OF_SCHEMAS = {RollbackStep.REFERENCES, RollbackStep.RENAME, RollbackStep.VALIDATE}
STEPS = [each for each in RollbackStep if each not in OF_SCHEMAS]
WORRY = NewIncident(
    type=IncidentType.DATA_INTEGRITY, severity=IncidentSeverity.HIGH, title="rows are missing"
)


def worried(scene: Scene) -> str:
    """Open an incident, behind the backup."""
    return str(open_incident(WORRY, scene.settings, target=scene.target.conninfo).id)


def test_a_damaged_database_is_rolled_back_and_that_is_undone(scene: Scene) -> None:
    everything = "select * from orders order by id"
    before, visits = scene.ask(everything), scene.one("select count(*) from visits")
    with connect(scene.target) as connection:
        catalogs = fingerprint(connection)
    scene.command(DAMAGE)

    record = scene.run(reason="orders are gone")

    assert record.exit is Exit.OK, [each.sentence for each, _ in record.steps]
    assert {each.finding for each, _ in record.steps} == {Finding.HOLDS}
    assert [each.step for each, _ in record.steps] == STEPS
    assert (scene.ask(everything), scene.one("select count(*) from visits")) == (before, visits)
    with connect(scene.target) as connection:
        assert fingerprint(connection) == catalogs
    assert scene.ask("select nextval('tickets'), to_regclass('new')") == [(8, None)]
    (aside,) = scene.asides()
    assert scene.copies() == []

    undone = scene.undo()

    assert undone.exit is Exit.OK, undone
    assert scene.ask("select to_regclass('orders'), to_regclass('new') is not null") == [(None, True)]
    (other,) = scene.asides()
    assert other != aside
    kept = scene.target.with_database(other)
    assert scene.ask(everything, of=kept) == before

    assert scene.undo().exit is Exit.OK
    assert scene.ask(everything) == before
    operations = [(each.operation, each.status) for each in scene.listed().operations]
    assert operations == [
        (RollbackOperation.UNDO, "succeeded"),
        (RollbackOperation.UNDO, "succeeded"),
        (RollbackOperation.RUN, "succeeded"),
    ]


def test_the_store_is_carried_over_with_all_that_came_behind_the_backup(small: Scene) -> None:
    known = worried(small)
    small.command(
        "insert into prod_test_schema.prod_test_execution_log (test_suite, test_category, end_time)"
        " values ('nightly', 'unit', now());"
        "insert into performance_monitoring.performance_alerts (alert_type, test_category, alert_message,"
        " severity) values ('THRESHOLD', 'unit', 'slow', 'CRITICAL')"
    )
    small.command(HARM)

    record = small.run(reason="rows are missing")

    assert record.run is not None and record.exit is Exit.OK
    assert small.one("select count(*) from prod_test_schema.prod_test_execution_log") == 1
    assert small.one("select count(*) from performance_monitoring.performance_alerts") == 1
    assert small.ask("select state from prod_test_schema.backups") == [("tested",)]
    found = small.ask("select id::text, rollback_performed from prod_test_schema.production_incidents")
    incidents = {str(identity): performed for identity, performed in found}
    assert len(incidents) == 2 and set(incidents.values()) == {True} and known in incidents
    (own,) = set(incidents) - {known}
    tables = "select affected_tables from prod_test_schema.production_incidents where id::text = "
    assert small.ask(f"{tables}'{own}'") == [(["public.gone", "public.kept"],)]
    assert small.ask(f"{tables}'{known}'") == [(None,)]  # nobody said which
    assert small.ask(
        "select rollback_reason, backup_used, emergency_backup_location, incident_id::text, status,"
        " succeeded, outage_s between 0 and 30, completed_at >= executed_at"
        " from prod_test_schema.rollback_events"
    ) == [
        (
            "rows are missing",
            record.run.location,
            small.asides()[0],
            own,
            "succeeded",
            True,
            True,
            True,
        )
    ]
    steps = small.ask("select step, status from prod_test_schema.rollback_steps order by position")
    assert [step for step, _ in steps] == STEPS
    assert {status for _, status in steps} == {"holds"}
    links = "select kind, reference from prod_test_schema.incident_links where incident_id::text = "
    assert ("rollback", str(record.run.id)) in small.ask(f"{links}'{known}'")


def test_what_the_store_learns_in_an_undone_time_stays_known(small: Scene) -> None:
    small.command(HARM)
    small.run()
    known = worried(small)

    assert small.undo().exit is Exit.OK

    found = small.ask("select id::text from prod_test_schema.production_incidents")
    assert (known,) in found
    assert small.ask(
        "select operation, status from prod_test_schema.rollback_events order by executed_at"
    ) == [
        ("run", "succeeded"),
        ("undo", "succeeded"),
    ]
    worried(small)  # numbers of rows that come now do not collide with those that were carried over


def test_a_store_elsewhere_is_left_where_it_is(small: Scene, server: Server) -> None:
    with fresh_database(server) as place:
        settings = replace(small.settings, store=replace(small.settings.store, url=place.conninfo))
        apart = replace(small, settings=settings, vault=replace(small.vault, settings=settings))
        with connect(place) as connection:
            install(connection)
        with connect(small.target) as old, connect(place) as new:
            taken = old.execute("select to_jsonb(b)::text from prod_test_schema.backups as b").fetchall()
            new.execute(
                "insert into prod_test_schema.backups select * from"
                " jsonb_populate_record(null::prod_test_schema.backups, %s::jsonb)",
                taken[0],
            )
        small.command(HARM + "; drop schema prod_test_schema cascade")

        record = apart.run()

        assert record.exit is Exit.OK, record
        assert set(results(record)).isdisjoint({RollbackStep.CARRY, RollbackStep.REST})
        assert small.ask("select count(*) from kept") == [(20,)]
        events = small.ask("select status from prod_test_schema.rollback_events", of=place)
        assert events == [("succeeded",)]
        assert apart.undo().exit is Exit.OK
        assert small.ask("select to_regnamespace('prod_test_schema')") == [(None,)]


def test_the_database_keeps_its_attributes(small: Scene, server: Server) -> None:
    name = sql.Identifier(small.name)
    with connect(server.target) as connection:
        connection.execute("create role keeper createdb; create role reader")
    try:
        with connect(server.target) as connection:
            for each in (
                "alter database {} set work_mem to '7MB'",
                "alter role reader in database {} set statement_timeout to '3s'",
                "revoke all on database {} from public",
                "grant connect on database {} to reader",
                "alter database {} connection limit 17",
                "comment on database {} is 'the shop''s own'",
                "alter database {} owner to keeper",
            ):
                connection.execute(sql.SQL(each).format(name))
        before = small.ask(ATTRIBUTES)

        assert small.run().exit is Exit.OK
        assert small.ask(ATTRIBUTES) == before
        assert small.undo().exit is Exit.OK
        assert small.ask(ATTRIBUTES) == before
    finally:
        with connect(server.target) as connection:
            for each in (small.name, *small.asides()):
                owned = sql.SQL("alter database {} owner to postgres").format(sql.Identifier(each))
                revoked = sql.SQL("revoke all on database {} from reader").format(sql.Identifier(each))
                unset = sql.SQL("alter role reader in database {} reset all").format(sql.Identifier(each))
                for statement in (owned, revoked, unset):
                    connection.execute(statement)
            connection.execute("drop role keeper; drop role reader")


@pytest.mark.parametrize("odd", ['Shop "1"; drop', "läden" * 10, "x" * 63])
def test_any_name_of_a_database_will_do(small: Scene, odd: str) -> None:
    rename = sql.SQL("alter database {} rename to {}")
    usual = small.name
    named = replace(small, target=small.target.with_database(odd))
    with connect(small.server) as connection:
        connection.execute(rename.format(sql.Identifier(usual), sql.Identifier(odd)))
    try:
        with connect(named.target) as connection:
            connection.execute(
                "update prod_test_schema.backups set database = replace(database, %s, %s)", [usual, odd]
            )
        named.command(HARM)
        assert named.run().exit is Exit.OK
        assert named.ask("select count(*) from kept") == [(20,)]
        asides = [each.name for each in named.listed().asides]
        assert len(asides) == 1 and len(asides[0].encode()) <= 63
        assert named.undo().exit is Exit.OK
        assert named.ask("select count(*) from kept") == [(8,)]
    finally:
        with connect(small.server) as connection:
            for each in named.listed().asides:
                connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(each.name)))
            connection.execute(rename.format(sql.Identifier(odd), sql.Identifier(usual)))


def test_the_trigger_file_gives_the_reason_and_goes(small: Scene, tmp_path: Path) -> None:
    trigger = tmp_path / "rollback"
    trigger.write_text("the import wrote\nover every address\n", "utf-8")
    triggered = small.changed(trigger_file=trigger)

    record = triggered.run()

    assert record.exit is Exit.OK and record.run is not None
    assert record.run.reason == "the import wrote\nover every address"
    assert not trigger.exists()


def test_a_trigger_file_that_was_written_since_stays(small: Scene, tmp_path: Path) -> None:
    trigger = tmp_path / "rollback"
    later = now() + timedelta(minutes=1)

    def write(event: object) -> None:
        if isinstance(event, RollbackSwapped):
            trigger.write_text("once more", "utf-8")
            os.utime(trigger, (later.timestamp(), later.timestamp()))

    assert small.changed(trigger_file=trigger).run(listeners=(write,)).exit is Exit.OK
    assert trigger.exists()


@pytest.mark.parametrize(
    ("tampering", "step"),
    [
        ("delete from kept where id = 3", RollbackStep.CONTENT),
        ("update kept set note = 'other' where id = 3", RollbackStep.CONTENT),
        ("alter table kept drop constraint kept_pkey", RollbackStep.INVENTORY),
        ("alter sequence gone_id_seq restart", RollbackStep.SEQUENCES),
    ],
)
def test_a_copy_that_is_not_what_was_saved_never_takes_the_place(
    small: Scene, tampering: str, step: RollbackStep
) -> None:
    small.command(HARM)

    def tamper(event: object) -> None:
        if isinstance(event, RollbackStepFinished) and event.result.step is RollbackStep.RESTORE:
            ((name,),) = small.copies()
            with connect(small.target.with_database(str(name))) as connection:
                connection.execute(tampering.encode())

    record = small.run(listeners=(tamper,))

    assert record.exit is Exit.RED and record.finished is not None
    assert record.finished.outcome is RollbackOutcome.UNCHANGED
    assert results(record)[step].finding is Finding.BROKEN
    assert RollbackStep.SWAP not in results(record)
    assert small.ask("select count(*) from kept") == [(8,)]
    assert small.asides() == [] and small.copies() == []


def test_what_is_changed_behind_the_swap_is_not_brought_back(small: Scene) -> None:
    known = worried(small)

    def resolve(event: object) -> None:
        if isinstance(event, RollbackSwapped):
            change = Change(deed="resolve", note="seen to")
            change_incident(known, change, small.settings, target=small.target.conninfo)

    assert small.run(listeners=(resolve,)).exit is Exit.OK

    status = "select status from prod_test_schema.production_incidents where id::text = "
    assert small.ask(f"{status}'{known}'") == [("RESOLVED",)]


def test_an_interruption_before_the_swap_leaves_everything_as_it_was(small: Scene) -> None:
    from threading import Event

    from pgassay.flows.rollback.run import run_rollback

    small.command(HARM)
    stop = Event()

    def interrupt(event: object) -> None:
        if isinstance(event, RollbackStepFinished) and event.result.step is RollbackStep.RESTORE:
            assert len(small.copies()) == 1
            stop.set()

    record = run_rollback(small.wish(listeners=(interrupt,)), small.settings, small.around(stop))

    assert record.exit is Exit.INTERRUPTED and record.finished is not None
    assert record.finished.outcome is RollbackOutcome.UNCHANGED
    assert list(results(record)) == [RollbackStep.BACKUP, RollbackStep.RESTORE]
    assert small.asides() == [] and small.copies() == []
    assert small.ask("select count(*) from kept") == [(8,)]


def test_a_list_names_what_is_kept_aside(small: Scene) -> None:
    assert small.listed().asides == ()
    small.run(reason="for a look")

    found = small.listed()

    (aside,) = found.asides
    assert aside.finished and aside.size_bytes and aside.name == small.asides()[0]
    assert [each.reason for each in found.operations] == ["for a look"]
    assert name_of(small.target) == found.database
