"""What the store writes down of operations with migrations, and what it answers afterwards."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import pytest

from fix_migrate import end, migration, rehearsed
from fix_suite import until
from pgassay.model.events.migrate import MigrationEvent, MigrationFinished, MigrationStarted, StepStarted
from pgassay.model.fingerprint import compare
from pgassay.model.migrate import Operation, Outcome, Step
from pgassay.pg.clock import now
from pgassay.pg.connection import Connection, connect
from pgassay.pg.target import Target
from pgassay.store.catalogs import stored_catalogs
from pgassay.store.migration_log import MigrationLog
from pgassay.store.migration_runs import last_runs, rehearsal_of, rehearsals
from pgassay.store.schema import install

GOOD = migration("create table note (id int);", "drop table note;")


@pytest.fixture
def connection(database: Target) -> Iterator[Connection]:
    with connect(database) as opened:
        install(opened)
        yield opened


def refuse(sentence: str, remedy: str) -> None:
    pytest.fail(f"{sentence} {remedy}")


def write(target: Target, events: list[MigrationEvent]) -> Connection:
    """Write events down, and give the log's connection: while it is open, the operation lives."""
    lent = connect(target)
    log = MigrationLog(lent, refuse)
    for each in events:
        log.see(each)
    return lent


def changing(events: list[MigrationEvent], operation: Operation = Operation.APPLY) -> list[MigrationEvent]:
    """Make operations that change the target of a rehearsal's events."""
    started = events[0]
    assert isinstance(started, MigrationStarted)
    run = replace(started.run, id=uuid4(), operation=operation, started_at=now())
    return [MigrationStarted(run=run), *events[1:]]


def test_a_rehearsal_is_remembered_by_content_and_catalogs(database: Target, connection: Connection) -> None:
    events = rehearsed(connection, GOOD)
    write(database, events).close()
    finished = end(events)
    assert finished.before is not None and finished.after is not None

    found = rehearsal_of(connection, GOOD, finished.before.digest)

    assert found is not None
    assert (found.fingerprint, found.exact) == (finished.before.digest, True)
    assert found.changes == finished.changes == compare(finished.before, finished.after)
    assert rehearsal_of(connection, migration("select 1;", "drop table note;"), "") is None
    assert rehearsal_of(connection, migration("create table note (id int);"), "") is None
    assert [(each.up_sha256, each.down_sha256) for each in rehearsals(connection)] == [
        (GOOD.up.sha256, GOOD.down.sha256 if GOOD.down else "")
    ]


def test_a_red_rehearsal_allows_nothing(database: Target, connection: Connection) -> None:
    red = migration("create table note (id int);", "select 1;")
    events = rehearsed(connection, red)
    write(database, events).close()

    assert end(events).outcome is Outcome.RED
    assert rehearsal_of(connection, red, "") is None


def test_the_states_of_the_catalogs_can_be_compared_later(database: Target, connection: Connection) -> None:
    finished = end(rehearsed(connection, GOOD))
    events = changing(rehearsed(connection, migration("create table more (id int);", "drop table more;")))
    write(database, events).close()
    later = end(events)
    assert finished.after is not None and later.before is not None

    assert stored_catalogs(connection, later.before.digest) == later.before
    assert stored_catalogs(connection, "0" * 64) is None


def test_steps_are_there_before_they_are_done(database: Target, connection: Connection) -> None:
    events = changing(rehearsed(connection, GOOD))
    cut = [*events[:1], StepStarted(step=Step.LOOK, at=now())]

    lent = write(database, cut)

    ((step, status),) = connection.execute(
        "select step, status from prod_test_schema.migration_steps"
    ).fetchall()
    assert (step, status) == ("look", "running")
    (living,) = last_runs(connection, connection.info.dbname)
    lent.close()
    assert (living.status, living.step) == ("running", "look")

    def is_marked() -> bool:
        return [each.status for each in last_runs(connection, connection.info.dbname)] == ["interrupted"]

    until(is_marked, what="the server ends the session of the log")


def test_an_end_that_comes_late_counts(database: Target, connection: Connection) -> None:
    events = changing(rehearsed(connection, GOOD))
    lent = connect(database)
    log = MigrationLog(lent, refuse)
    log.see(events[0])
    connection.execute("update prod_test_schema.migration_runs set status = 'interrupted'")

    log.see(MigrationFinished(outcome=Outcome.UNDONE, sentence="back", at=now(), elapsed_s=0.0))

    (found,) = last_runs(connection, connection.info.dbname)
    lent.close()
    assert (found.status, found.sentence) == ("undone", "back")


def test_what_cannot_be_written_is_said_once(database: Target, connection: Connection) -> None:
    said: list[str] = []
    lent = connect(database)
    log = MigrationLog(lent, lambda sentence, remedy: said.append(sentence))
    log.see(changing(rehearsed(connection, GOOD))[0])
    lent.close()

    for _ in range(3):
        log.see(StepStarted(step=Step.LOOK, at=now()))

    assert len(said) == 1
    assert "not wholly recorded" in said[0]
