"""Recording goes on whatever happens to it, and never gets in the way of a run."""

import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from fix_server import encoded_database
from fix_suite import until as wait_until
from pgassay.model.events.suite import Warned
from pgassay.model.suite import Outcome
from pgassay.pg.cluster import Server
from pgassay.pg.connection import Connection, connect, sql
from pgassay.pg.target import Target
from pgassay.store.recorder import Recorder
from pgassay.store.runs import replay
from pgassay.store.schema import install
from sample_runs import assertions, events, file_events, result, run_of

UNIT, SECURITY = result("u.sql"), result("s.sql", category="security")


@dataclass
class Recording:
    """A recorder, and what it complained of."""

    recorder: Recorder
    warnings: list[tuple[str, str]]

    @classmethod
    def start(cls, target: Target) -> "Recording":
        warnings: list[tuple[str, str]] = []
        recorder = Recorder(lambda: connect(target), warn=lambda *words: warnings.append(words))
        return cls(recorder=recorder, warnings=warnings)


@contextmanager
def recording(target: Target) -> Iterator[Recording]:
    made = Recording.start(target)
    with made.recorder:
        yield made


def until(holds: Callable[[], bool]) -> None:
    """Wait for something that happens soon in another thread or process."""
    wait_until(holds, what="it happens")


def one(store: Connection, query: str) -> object:
    """Give the only value of the only row."""
    found = store.execute(query.encode()).fetchone()
    assert found is not None
    return found[0]


LOG = "select string_agg(status, ' ' order by test_category) from prod_test_schema.prod_test_execution_log"
LOCKS = (
    "select count(*) from pg_locks where locktype = 'advisory'"
    " and database = (select oid from pg_database where datname = current_database())"
)
FILES = "select string_agg(path, ' ' order by position) from prod_test_schema.test_file_results"


def test_rows_are_there_while_the_run_goes_on(database: Target, store: Connection) -> None:
    told = list(events(run_of([UNIT, SECURITY]), UNIT, SECURITY))
    with recording(database) as made:
        made.recorder.see(told[0])
        until(lambda: one(store, LOG) == "running running")
        assert one(store, "select bool_and(end_time is null) from prod_test_schema.prod_test_execution_log")

        for event in file_events(UNIT):
            made.recorder.see(event)
        until(lambda: one(store, FILES) == "u.sql")
        until(lambda: one(store, LOG) == "running complete")
    assert made.warnings == []


def test_nothing_is_left_open_between_writes(database: Target, store: Connection) -> None:
    with recording(database) as made:
        made.recorder.see(next(events(run_of([UNIT]))))
        until(lambda: one(store, LOG) == "running")
        until(
            lambda: (
                one(
                    store,
                    "select string_agg(state, ' ') from pg_stat_activity"
                    " where application_name = 'pgassay store' and datname = current_database()",
                )
                == "idle"
            )
        )
    assert made.warnings == []


def test_a_run_that_is_killed_is_marked_by_the_next_one(database: Target, store: Connection) -> None:
    """Its finished categories and files stay as they are."""
    child = _child_that_runs(database)
    try:
        until(lambda: one(store, FILES) == "s.sql u.sql" and one(store, LOG) == "complete running")
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait()
    until(lambda: one(store, LOCKS) == 0)

    with recording(database) as made:
        for event in events(run_of([]), interrupted=False):
            made.recorder.see(event)

    assert made.warnings == []
    assert store.execute(
        "select test_category, status, tests_passed, tests_failed, end_time is not null,"
        " performance_metrics ->> 'status'"
        " from prod_test_schema.prod_test_execution_log order by test_category"
    ).fetchall() == [
        ("security", "complete", 2, 0, True, "complete"),
        ("unit", "interrupted", 2, -1, True, "interrupted"),
    ]
    assert one(store, FILES) == "s.sql u.sql"
    assert (
        one(store, "select string_agg(status, ' ' order by status) from prod_test_schema.test_runs")
        == "finished interrupted"
    )


def _child_that_runs(database: Target) -> "subprocess.Popen[bytes]":
    script = f"""
import time
from pgassay.pg.connection import connect
from pgassay.pg.target import parse_target
from pgassay.store.recorder import Recorder
from sample_runs import events, result, run_of
unit, left = result("u.sql"), result("left.sql")
security = result("s.sql", category="security")
recorder = Recorder(lambda: connect(parse_target({database.conninfo!r})), warn=print)
for event in list(events(run_of([unit, left, security]), security, unit))[:-1]:
    recorder.see(event)
time.sleep(600)
"""
    tests = Path(__file__).parents[2]
    return subprocess.Popen([sys.executable, "-c", script], cwd=tests)


def test_a_run_that_lives_is_left_alone(database: Target, store: Connection) -> None:
    with recording(database) as first:
        told = list(events(run_of([UNIT]), UNIT))
        first.recorder.see(told[0])
        until(lambda: one(store, LOG) == "running")
        with recording(database) as second:
            for event in events(run_of([SECURITY]), SECURITY):
                second.recorder.see(event)
        assert one(store, LOG) == "complete running"
        for event in told[1:]:
            first.recorder.see(event)
    assert one(store, LOG) == "complete complete"
    assert first.warnings == second.warnings == []


def test_a_lost_connection_loses_nothing(database: Target, store: Connection) -> None:
    told = [*events(run_of([UNIT, SECURITY]), UNIT, SECURITY)]
    told.insert(-1, Warned(sentence="hm"))
    half = told.index(next(file_events(SECURITY)))
    with recording(database) as made:
        for event in told[:half]:
            made.recorder.see(event)
        until(lambda: one(store, FILES) == "u.sql")
        assert one(
            store,
            "select bool_and(pg_terminate_backend(pid)) from pg_stat_activity"
            " where application_name = 'pgassay store' and datname = current_database()",
        )
        for event in told[half:]:
            made.recorder.see(event)

    assert made.warnings == []
    ((run_id,),) = store.execute("select id from prod_test_schema.test_runs").fetchall()
    assert list(replay(store, run_id)) == told


def test_what_is_there_already_is_not_written_twice(database: Target, store: Connection) -> None:
    """As after a commit whose confirmation was lost with the connection."""
    told = list(events(run_of([UNIT, SECURITY]), UNIT, SECURITY))
    half = told.index(next(file_events(SECURITY)))
    for part in (told[:half], told):
        with recording(database) as made:
            for event in part:
                made.recorder.see(event)
        assert made.warnings == []

    ((run_id,),) = store.execute("select id from prod_test_schema.test_runs").fetchall()
    assert list(replay(store, run_id)) == told


def test_a_locked_table_delays_recording_and_nothing_else(database: Target, store: Connection) -> None:
    told = list(events(run_of([UNIT]), UNIT))
    with recording(database) as made:
        with store.transaction():
            store.execute("lock table prod_test_schema.test_runs in access exclusive mode")
            for event in told[:-1]:
                made.recorder.see(event)
            until(lambda: _passed_on(made))
        made.recorder.see(told[-1])

    ((sentence, remedy),) = made.warnings
    assert "locked by another session" in sentence
    assert "pg_blocking_pids" in remedy
    assert one(store, LOG) == "complete"


def _passed_on(made: Recording) -> bool:
    made.recorder.see(Warned(sentence="still running"))
    return bool(made.warnings)


def test_a_database_without_a_store_is_told_once(database: Target) -> None:
    with recording(database) as made:
        for event in events(run_of([UNIT, SECURITY]), UNIT, SECURITY):
            made.recorder.see(event)

    ((sentence, remedy),) = made.warnings
    assert re.search(r"not recorded: The database test_\d+ has no store of pgassay", sentence)
    assert remedy == "pgassay store install"


def test_a_value_that_the_database_refuses_costs_only_its_file(database: Target, store: Connection) -> None:
    twice = replace(result("twice.sql"), assertions=assertions(1) * 2)
    told = list(events(run_of([UNIT, twice, SECURITY]), UNIT, twice, SECURITY))
    with store.transaction():
        store.execute("lock table prod_test_schema.test_runs in share mode")  # so that they come all at once
        made = Recording.start(database)
        for event in told:
            made.recorder.see(event)
    made.recorder.close()

    ((sentence, _),) = made.warnings
    assert "The result of twice.sql is not recorded" in sentence
    assert "does not take a value" in sentence
    assert one(store, FILES) == "u.sql s.sql"
    assert one(store, LOG) == "complete complete"
    assert one(store, "select status from prod_test_schema.test_runs") == "finished"


def test_a_role_without_rights_gets_a_remedy_that_works(database: Target, store: Connection) -> None:
    role = sql.Identifier("Clerk " + database.conninfo[-4:].strip("_'"))
    store.execute(sql.SQL("create role {} login").format(role))
    try:
        as_role = replace(database, conninfo=f"{database.conninfo} user='{role.as_string()[1:-1]}'")
        told = list(events(run_of([UNIT]), UNIT))
        with recording(as_role) as refused:
            for event in told:
                refused.recorder.see(event)
        ((sentence, remedy),) = refused.warnings
        assert "may not use the store" in sentence

        store.execute(remedy.encode())
        with recording(as_role) as allowed:
            for event in told:
                allowed.recorder.see(event)
        assert allowed.warnings == []
        assert one(store, LOG) == "complete"
    finally:
        store.execute(sql.SQL("drop owned by {0}; drop role {0}").format(role))


def test_a_database_in_another_encoding_takes_everything(server: Server) -> None:
    odd = replace(UNIT, notices=("✓ é\0",))
    with encoded_database(server, "LATIN1") as target, connect(target) as store:
        install(store)
        with recording(target) as made:
            for event in events(run_of([odd]), odd):
                made.recorder.see(event)
        assert made.warnings == []
        assert one(store, "select notices[1] from prod_test_schema.test_file_results") == ("\\u2713 é\\x00")


def test_an_interrupted_run_says_so(database: Target, store: Connection) -> None:
    left = result("left.sql", Outcome.NOT_RUN)
    with recording(database) as made:
        for event in events(run_of([UNIT, left]), UNIT, left, interrupted=True):
            made.recorder.see(event)

    assert made.warnings == []
    assert one(store, LOG) == "interrupted"
    assert one(store, "select tests_failed from prod_test_schema.prod_test_execution_log") == -1
