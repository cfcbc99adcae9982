"""Migrations applied to a real database: what is there afterwards, also where they fail."""

from pathlib import Path
from threading import Event, Thread

import pytest

from fix_migrate import Site
from fix_suite import until
from pgassay.flows.migrate.apply import apply_migration
from pgassay.migrate.settings import RestorePoint
from pgassay.model.errors import NothingToRun, Refused
from pgassay.model.events.migrate import StepStarted
from pgassay.model.exits import Exit
from pgassay.model.finding import Finding
from pgassay.model.migrate import Outcome, Step
from pgassay.pg.clock import pause
from pgassay.pg.connection import connect
from pgassay.report.migration.closing import closing_text
from pgassay.report.migration.record import MigrationRecord

NOTE = "create table note (id int primary key, body text); insert into note values (1, 'a'), (2, 'a');"
NO_NOTE = "drop table note;"


def outcome(record: MigrationRecord) -> Outcome:
    assert record.finished is not None
    return record.finished.outcome


def sentence(record: MigrationRecord) -> str:
    assert record.finished is not None
    return record.finished.sentence


def finding(record: MigrationRecord, step: Step) -> Finding:
    return next(result.finding for result, _ in record.steps if result.step is step)


def test_the_next_one_is_applied_and_the_last_one_taken_back(sites: Site) -> None:
    sites.pair("001_note", NOTE, NO_NOTE)
    sites.pair("002_tag", "create table tag (id int);", "drop table tag;")
    before = sites.catalogs()

    assert [outcome(sites.apply()), outcome(sites.apply())] == [Outcome.SUCCEEDED] * 2
    assert sites.standings() == [("001", "applied"), ("002", "applied")]
    with pytest.raises(NothingToRun):
        sites.apply()

    assert [outcome(sites.rollback()), outcome(sites.rollback())] == [Outcome.SUCCEEDED] * 2
    assert sites.standings() == [("001", "pending"), ("002", "pending")]
    assert sites.catalogs() == before
    with pytest.raises(NothingToRun):
        sites.rollback()


def test_what_fails_in_the_middle_leaves_nothing(sites: Site) -> None:
    sites.pair("001_bad", "create table half (id int);\n\nselect 1 / 0;\n", "drop table half;")
    before = sites.catalogs()

    record = sites.apply()

    assert (outcome(record), record.exit) == (Outcome.UNCHANGED, Exit.RED)
    assert "001_bad.sql:3: division by zero" in sentence(record)
    assert sites.catalogs() == before
    assert sites.standings() == [("001", "failed")]
    assert sites.ask("select to_regclass('pgassay_migrations.history')") == [(None,)]


def test_a_constraint_that_is_checked_at_the_commit_leaves_nothing(sites: Site) -> None:
    sites.pair("001_note", NOTE, NO_NOTE)
    sites.apply()
    sites.pair(
        "002_bad",
        "create table part (id int, foreign key (id) references note (id) deferrable initially deferred);"
        "insert into part values (99);",
    )
    before = sites.catalogs()

    record = sites.apply()

    assert outcome(record) is Outcome.UNCHANGED
    assert "The commit failed" in sentence(record)
    assert sites.catalogs() == before


def test_parts_that_were_committed_are_taken_back_by_the_rollback_file(sites: Site) -> None:
    sites.pair("001_note", NOTE, NO_NOTE)
    sites.apply()
    sites.pair(
        "002_unique",
        "alter table note add column kind text;\ncreate unique index concurrently note_body on note (body);",
        "drop index if exists note_body; alter table note drop column if exists kind;",
    )
    before = sites.catalogs()

    record = sites.apply()

    assert (outcome(record), record.exit) == (Outcome.UNDONE, Exit.RED)
    assert "could not create unique index" in sentence(record)
    assert finding(record, Step.UNDO) is Finding.HOLDS
    assert sites.catalogs() == before
    assert sites.ask("select count(*) from pg_index where not indisvalid") == [(0,)]
    assert sites.ask("select count(*) from pgassay_migrations.progress") == [(0,)]
    assert sites.standings() == [("001", "applied"), ("002", "failed")]


def test_a_rollback_file_that_does_not_bring_it_back_is_said(site: Site) -> None:
    site.pair("001_note", NOTE, NO_NOTE)
    site.apply()
    site.pair(
        "002_unique",
        "alter table note add column kind text;\ncreate unique index concurrently note_body on note (body);",
        "select 1;",
    )

    record = site.apply()

    assert outcome(record) is Outcome.BETWEEN
    undone = next(result for result, _ in record.steps if result.step is Step.UNDO)
    assert any("column public.note.kind is added" in line for line in undone.detail)


def test_an_index_that_cannot_be_built_leaves_none(sites: Site) -> None:
    sites.pair("001_note", NOTE, NO_NOTE)
    sites.apply()
    sites.pair("002_index", "create unique index concurrently on note (body);", "select 1;")
    before = sites.catalogs()

    record = sites.apply()

    assert outcome(record) is Outcome.UNCHANGED
    assert sites.catalogs() == before


def test_an_invalid_index_is_not_taken_for_built(site: Site) -> None:
    site.command(NOTE)
    with connect(site.target) as connection, pytest.raises(connection.Error):
        connection.execute("create unique index concurrently note_body on note (body)")
    site.command("delete from note where id = 2")
    site.pair(
        "001_index", "create unique index concurrently if not exists note_body on note (body);", "select 1;"
    )

    record = site.apply()

    assert outcome(record) is Outcome.UNCHANGED
    assert "invalid" in sentence(record)
    assert site.standings() == [("001", "failed")]


def test_a_lock_is_waited_for_again_and_again_and_never_long(sites: Site) -> None:
    sites.pair("001_note", NOTE, NO_NOTE)
    sites.apply()
    sites.pair("002_kind", "alter table note add column kind text;", "alter table note drop column kind;")
    waits: list[float] = []

    with connect(sites.target, application="shop") as customer:
        customer.execute("begin")
        customer.execute("select from note")

        def leave_after_three(event: object) -> None:
            if type(event).__name__ == "LockWaited":
                waits.append(getattr(event, "pause_s", 0.0))
                if len(waits) == 3:
                    customer.execute("commit")

        record = sites.apply(listeners=(leave_after_three,))

    assert outcome(record) is Outcome.SUCCEEDED
    assert record.waited.times == len(waits) == 3
    assert "tried again 3 times" in closing_text(record)
    assert [each.number for each in record.statements] == [1]


def test_patience_ends(site: Site) -> None:
    site.pair("001_note", NOTE, NO_NOTE)
    site.apply()
    site.pair("002_kind", "alter table note add column kind text;")
    before = site.catalogs()

    with connect(site.target, application="shop") as customer:
        customer.execute("begin")
        customer.execute("select from note")
        record = site.changed(lock_retries=2, lock_timeout_s=0.02).apply()

    assert (outcome(record), record.waited.times) == (Outcome.UNCHANGED, 2)
    assert "lock timeout" in sentence(record)
    assert site.catalogs() == before


def test_an_index_waits_for_an_old_snapshot_without_a_limit_on_locks(site: Site) -> None:
    site.pair("001_note", NOTE, NO_NOTE)
    site.apply()
    site.pair("002_index", "create index concurrently note_body on note (body);", "drop index note_body;")
    done: list[MigrationRecord] = []

    with connect(site.target, application="shop") as customer:
        customer.execute("begin isolation level repeatable read")
        customer.execute("select count(*) from note")
        other = Thread(target=lambda: done.append(site.apply()))
        other.start()
        waiting = "select from pg_stat_activity where wait_event_type = 'Lock' and query ~ '^create index'"
        until(lambda: bool(site.ask(waiting)), what="the index waits for the snapshot")
        pause(3 * site.settings.migrate.lock_timeout_s)
        customer.execute("commit")
        other.join()

    assert (outcome(done[0]), done[0].waited.times) == (Outcome.SUCCEEDED, 0)


def test_two_at_once_do_not_both_apply(sites: Site) -> None:
    path = sites.pair("001_note", NOTE, NO_NOTE)
    refusals: list[str] = []

    def apply_it_too(event: object) -> None:
        if type(event).__name__ == "StatementFinished" and not refusals:
            with pytest.raises(Refused) as caught:
                sites.apply(path)
            refusals.append(caught.value.sentence)

    record = sites.apply(path, listeners=(apply_it_too,))

    assert outcome(record) is Outcome.SUCCEEDED
    assert "Another pgassay is migrating" in refusals[0] and "server process" in refusals[0]


def test_stopping_cancels_what_runs_and_rolls_back(site: Site) -> None:
    site.pair("001_slow", "create table slow (id int);\nselect pg_sleep(60);", "drop table slow;")
    before, stop, done = site.catalogs(), Event(), list[MigrationRecord]()
    other = Thread(target=lambda: done.append(apply_migration(site.wish(), site.settings, site.around(stop))))
    other.start()
    asleep = "select from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()"
    until(lambda: bool(site.ask(asleep)), what="it sleeps")

    stop.set()
    other.join()

    assert done[0].exit is Exit.INTERRUPTED
    assert outcome(done[0]) is Outcome.UNCHANGED
    assert site.catalogs() == before


def test_a_session_that_the_server_ends_leaves_the_target_as_before(site: Site) -> None:
    site.pair("001_gone", "create table half (id int);\nselect pg_terminate_backend(pg_backend_pid());")
    before = site.catalogs()

    record = site.apply()

    assert outcome(record) is Outcome.UNCHANGED
    assert site.catalogs() == before


def test_what_was_applied_is_not_applied_again(site: Site) -> None:
    path = site.pair("001_note", NOTE, NO_NOTE)
    site.apply()

    with pytest.raises(Refused, match="applied already"):
        site.apply(path)
    path.write_text("create table other (id int);")
    with pytest.raises(Refused, match="its file was changed since"):
        site.apply(path)
    assert site.standings() == [("001", "changed after it was applied")]
    assert site.status().exit is Exit.RED
    path.unlink()
    (site.folder / "001_note.rollback.sql").unlink()
    assert site.standings() == [("001", "applied, but its file is missing")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("select 1;\nbegin;", "001_note.sql:2: BEGIN"),
        ("select 1;\ncommit;\nselect 2;", "001_note.sql:2: COMMIT"),
        ("\\i other.sql", "001_note.sql:1"),
    ],
)
def test_what_cannot_be_sent_is_refused_with_its_line(site: Site, text: str, told: str) -> None:
    path = site.pair("001_note", text)
    for operation in (site.apply, site.rehearse):
        with pytest.raises(Refused) as caught:
            operation(path)
        assert told in caught.value.sentence


def test_several_parts_need_a_way_back(site: Site) -> None:
    site.command(NOTE)
    path = site.pair("001_index", "create index concurrently on note (body);\nselect 1;")

    with pytest.raises(Refused, match="no rollback file"):
        site.apply(path)
    assert outcome(site.apply(path, irreversible="an index harms nobody")) is Outcome.SUCCEEDED


def test_the_file_may_have_settings_of_its_own(site: Site) -> None:
    site.pair("001_note", "create schema app; set search_path = app; create table note (id int);")

    assert outcome(site.apply()) is Outcome.SUCCEEDED
    assert site.ask("select to_regclass('app.note')::text") == [("app.note",)]
    assert site.ask("select version from pgassay_migrations.history") == [("001",)]


def test_rows_may_come_with_the_file(site: Site) -> None:
    site.pair(
        "001_note", "create table note (id int, body text);\ncopy note from stdin;\n1\ta\n2\t\\N\n\\.\n"
    )

    assert outcome(site.apply()) is Outcome.SUCCEEDED
    assert site.ask("select * from note order by id") == [(1, "a"), (2, None)]


def test_a_value_of_an_enum_is_committed_before_it_is_used(sites: Site) -> None:
    sites.command("create type mood as enum ('sad'); create table person (mood mood);")
    sites.pair(
        "001_glad", "alter type mood add value 'glad';\ninsert into person values ('glad');", "select 1;"
    )

    record = sites.apply()

    assert (outcome(record), record.parts) == (Outcome.SUCCEEDED, 2)
    assert sites.ask("select * from pgassay_migrations.progress") == []
    assert sites.status().halfway == ()


def test_so_is_one_of_a_type_that_the_same_file_makes(site: Site) -> None:
    site.pair(
        "001_mood",
        "create type mood as enum ('sad');\nalter type mood add value 'glad';\n"
        "create table person (mood mood default 'glad');",
        "drop table person; drop type mood;",
    )

    assert outcome(site.apply()) is Outcome.SUCCEEDED


def test_without_the_right_no_restore_point_is_named_and_that_is_said(sites: Site) -> None:
    sites.pair("001_note", NOTE, NO_NOTE)

    record = sites.changed(restore_point=RestorePoint.AUTO).apply()

    assert outcome(record) is Outcome.SUCCEEDED
    assert finding(record, Step.RESTORE_POINT) is Finding.NOT_VERIFIED


def test_a_restore_point_that_must_be_is_a_condition(site: Site) -> None:
    site.pair("001_note", NOTE, NO_NOTE)

    record = site.changed(restore_point=RestorePoint.ON).apply()

    assert outcome(record) is Outcome.UNCHANGED
    assert site.standings() == [("001", "failed")]


def test_everything_is_written_down(site: Site, tmp_path: Path) -> None:
    site.pair("001_note", NOTE, NO_NOTE)
    site.rehearse()
    site.apply()

    steps = site.ask(
        "select operation, s.step, s.status from prod_test_schema.migration_runs as r"
        " join prod_test_schema.migration_steps as s on s.run_id = r.id order by r.started_at, s.position"
    )
    assert steps == [
        ("rehearse", "migrate", "holds"),
        ("apply", "look", "holds"),
        ("apply", "validate before", "not verified"),
        ("apply", "restore point", "not verified"),
        ("apply", "migrate", "holds"),
        ("apply", "verify", "holds"),
        ("apply", "validate after", "not verified"),
        ("apply", "test", "not verified"),
    ]
    runs = site.ask(
        "select operation, status, parts_committed, exact, fingerprint_before <> fingerprint_after"
        " from prod_test_schema.migration_runs order by started_at"
    )
    assert runs == [("rehearse", "succeeded", 1, True, True), ("apply", "succeeded", 1, False, True)]


def test_stopping_between_parts_takes_back_what_was_committed(site: Site) -> None:
    site.pair(
        "001_parts",
        "create table one (id int);\ncreate index concurrently one_id on one (id);\nselect pg_sleep(60);",
        "drop table if exists one;",
    )
    before, stop = site.catalogs(), Event()

    def stop_behind_the_second(event: object) -> None:
        if type(event).__name__ == "BatchCommitted" and getattr(event, "number", 0) == 2:
            stop.set()

    wish = site.wish(listeners=(stop_behind_the_second,))
    record = apply_migration(wish, site.settings, site.around(stop))

    assert (outcome(record), record.exit) == (Outcome.UNDONE, Exit.INTERRUPTED)
    assert site.catalogs() == before


ROLLED_BACK = """
insert into prod_test_schema.rollback_events
    (rollback_reason, operation, target, database, status, executed_at)
select 'lost rows', 'run', target, database, '{}', clock_timestamp()
from prod_test_schema.migration_runs
limit 1
"""


def test_what_a_rollback_put_here_is_no_change_by_others(site: Site) -> None:
    site.pair("001_note", NOTE, NO_NOTE)
    site.apply()
    site.command(ROLLED_BACK.format("unchanged"))
    site.command("drop table note")
    assert [each.subject for each in site.status().drift or ()] != []

    site.command(ROLLED_BACK.format("succeeded"))

    found = site.status()
    assert (found.drift, found.exit) == (None, Exit.OK)
    assert "a rollback replaced what was here on" in found.drift_note


@pytest.mark.parametrize("step", [Step.VERIFY, Step.VALIDATE_AFTER, Step.TEST])
def test_what_is_stopped_behind_the_commit_is_looked_at_by_the_next_command(site: Site, step: Step) -> None:
    site.pair("001_note", NOTE, NO_NOTE)
    stop = Event()

    def stop_at_the_step(event: object) -> None:
        if isinstance(event, StepStarted) and event.step is step:
            stop.set()

    wish = site.wish(listeners=(stop_at_the_step,))
    record = apply_migration(wish, site.settings, site.around(stop))

    assert (outcome(record), record.exit) == (Outcome.INTERRUPTED, Exit.INTERRUPTED)
    assert [result.step for result, _ in record.steps][-1] is step
    assert closing_text(record).splitlines()[-2:] == [
        "  To go on: pgassay migrate apply 001",
        "  To take it back: pgassay migrate rollback 001",
    ]
    ((version, standing),) = site.standings()
    assert (version, standing) == ("001", "interrupted")
    assert f"at the step {step}: the target is as after it" in site.status().migrations[0].note

    again = site.apply()
    assert outcome(again) is Outcome.SUCCEEDED
    assert [result.step for result, _ in again.steps] == [
        Step.LOOK,
        Step.VERIFY,
        Step.VALIDATE_AFTER,
        Step.TEST,
    ]
    assert site.standings() == [("001", "applied")]


@pytest.mark.parametrize(
    "left",
    [
        "drop index one_id",
        "select 'the index was built, and nobody wrote that down'",
        "update pg_index set indisvalid = false where indexrelid = 'one_id'::regclass",
    ],
)
def test_what_is_halfway_comes_first(site: Site, left: str) -> None:
    site.pair(
        "001_parts", "create table one (id int);\ncreate index concurrently one_id on one (id);", "select 1;"
    )
    site.pair("002_note", NOTE, NO_NOTE)
    site.apply()
    site.command("delete from pgassay_migrations.history")
    site.command(left)
    site.command(
        "insert into pgassay_migrations.progress (version, operation, sha256, parts)"
        " select version, 'apply', up_sha256, 1 from prod_test_schema.migration_runs"
    )

    with pytest.raises(Refused, match="The migration 001 is halfway"):
        site.apply("002")
    assert "behind part 1" in site.status().halfway[0]
    assert outcome(site.apply()) is Outcome.SUCCEEDED
    assert site.ask("select indisvalid from pg_index where indrelid = 'one'::regclass") == [(True,)]
    assert outcome(site.apply()) is Outcome.SUCCEEDED


def test_what_the_file_makes_has_to_be_there(sites: Site) -> None:
    sites.command("create function tidy() returns void language plpgsql as $$ begin drop table made; end $$")
    sites.pair("001_made", "create table made (id int);\nselect tidy();", "select 1;")
    before = sites.catalogs()

    assert sites.rehearse().exit is Exit.RED
    record = sites.apply()

    assert outcome(record) is Outcome.UNCHANGED
    migrate = next(result for result, _ in record.steps if result.step is Step.MIGRATE)
    assert any("001_made.sql:1: the table made is not there" in line for line in migrate.detail)
    assert sites.catalogs() == before
    late = sites.changed(verify_within_s=0.0).apply()
    assert (outcome(late), finding(late, Step.VERIFY)) == (Outcome.RED, Finding.BROKEN)
