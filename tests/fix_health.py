"""A database with planted faults of health, and a sound one, on servers of their own.

``planted`` has every fault of ``tests/cases/planted/health.sql`` and sessions that misbehave; ``sound`` is
the CRM example on a server that is set up as one should be. Each comes on PostgreSQL 15 and 18.
"""

import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

import pgassay
from check_runs import ask_area
from fix_suite import until
from pgassay.checks.settings import ChecksSettings, GivenParameter
from pgassay.config.load import load
from pgassay.model.check import Area, CheckResult
from pgassay.pg.connection import Connection, connect, sql
from pgassay.pg.target import Target
from pgassay.suite.load import load_scripts
from versions import VERSIONS, start

PLANTED = Path(__file__).parent / "cases" / "planted" / "health.sql"
DEMO = Path(pgassay.__file__).parent / "demo"
DATABASE = "shop"
_FOUND_BY = re.compile(r"-- found by: (\w+) (.+)")
_SINCE = re.compile(r"^-- since: (\d+)$", re.MULTILINE)

_ALIKE = {
    "wal_level": "logical",
    "max_prepared_transactions": "5",
    "shared_preload_libraries": "pg_stat_statements",
    "track_io_timing": "on",
}
_UNSOUND = _ALIKE | {
    "archive_mode": "on",
    "archive_command": "false",
    "deadlock_timeout": "50ms",
    "pg_stat_statements.max": "100",
}
_SOUND = _ALIKE | {"archive_mode": "on", "archive_command": "test ! -e refused"}

LOW: Mapping[str, Mapping[str, object]] = {
    "critical_tables": {"tables": ["shop.customer", "shop.payment"]},
    "expected_policies": {"total": 5},
    "mean_query_time": {"least_calls": 1, "failed_ms": 0.05, "warning_ms": 0.01},
    "long_transactions": {"warning_s": 0},
    "idle_in_transaction": {"warning_s": 0},
    "blocked_sessions": {"warning_s": 0},
    "prepared_transactions": {"warning_s": 0},
    "dead_tuples": {"least_rows": 1000},
    "never_vacuumed": {"least_mb": 0.1},
    "stale_statistics": {"least_mb": 0.1},
    "table_bloat": {"least_mb": 1},
    "index_bloat": {"least_mb": 0.1},
    "unused_indexes": {"least_days": 0, "least_mb": 0},
    "cache_hit_ratio": {"least_blocks": 1, "least_percent": 99.9999},
    "temp_files": {"warning_gb_a_day": 0.000001},
    "deadlocks": {"warning_a_day": 1},
    "checkpoints": {"least_checkpoints": 1, "warning_percent": 1},
    "archiver_failures": {"failed_minutes": 0},
    "database_size": {"limit_gb": 0.001},
    "wal_size": {"warning_factor": 0.001},
    "lock_table": {"warning_percent": 0.01},
    "vacuum_horizon": {"warning_ids": 1},
    "xid_wraparound": {"warning_percent": 0.000001},
    "statement_statistics_evictions": {"warning_a_day": 1},
}
"""Limits low enough for what can be planted in a moment."""


_COUNTED = {
    "archiving fails": "select failed_count > 0 from pg_stat_archiver",
    "the deadlock counts": "select deadlocks > 0 from pg_stat_database where datname = current_database()",
    "somebody waits for a row": "select exists (select from pg_locks where not granted)",
    "dead rows count": "select n_dead_tup > 10000 from pg_stat_user_tables where relname = 'log'",
}
"""What the server counts a moment later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A planted fault: the check that must find it, and the object that it must name."""

    check: str
    object: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """A database, and how its checks are set up."""

    target: Target
    settings: ChecksSettings


def settings_of(given: Mapping[str, Mapping[str, object]]) -> ChecksSettings:
    """Give settings as a settings file with these sections makes them."""
    parameters = [
        GivenParameter(check=check, name=name, value=value, origin="test")
        for check, values in given.items()
        for name, value in values.items()
    ]
    return ChecksSettings(parameters=tuple(parameters))


def examine(patient: Patient, area: Area = Area.HEALTH) -> Mapping[str, CheckResult]:
    """Run the checks of an area, and give their results by name."""
    return ask_area(patient.target, area, patient.settings)


def faults(patient: Patient) -> list[Fault]:
    """Read which faults the file plants there, the sessions' own included."""
    with connect(patient.target) as connection:
        lines = "\n".join(_blocks(connection)).splitlines()
        database = connection.info.dbname
    said = [found for line in lines if (found := _FOUND_BY.match(line))]
    return [Fault(check=each[1], object=each[2].replace("DATABASE", database)) for each in said]


def _blocks(connection: Connection) -> Iterator[str]:
    """Give the parts of the file that the server's version knows."""
    for block in PLANTED.read_text("utf-8").split("\n\n"):
        since = _SINCE.search(block)
        if since is None or connection.info.server_version // 10_000 >= int(since[1]):
            yield block


@pytest.fixture(scope="session", params=VERSIONS)
def planted(request: pytest.FixtureRequest) -> Iterator[Patient]:
    """The database with the faults."""
    with ExitStack() as stack:
        server = stack.enter_context(start(request.param, settings=_UNSOUND, durable=False))
        with connect(server.target) as connection:
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(DATABASE)))
        target = server.target.with_database(DATABASE)
        stack.enter_context(_misbehaving(target))
        with connect(target) as connection:
            _plant(connection)
            _deadlock(target)
            _forget_statements(connection)
            for what, question in _COUNTED.items():
                until(lambda question=question: _one(connection, question), what=what)  # type: ignore[misc]
            _be_slow(connection)
        yield Patient(target=target, settings=settings_of(LOW))


@pytest.fixture(scope="session", params=VERSIONS)
def sound(request: pytest.FixtureRequest) -> Iterator[Patient]:
    """The CRM example on a server without faults."""
    if int(request.param) < 15:
        pytest.skip("the CRM example needs PostgreSQL 15")
    with start(request.param, settings=_SOUND, durable=True) as server:
        with connect(server.target) as connection:
            connection.execute("create database crm")
        target = server.target.with_database("crm")
        scripts = (
            *sorted((DEMO / "bootstrap").glob("*.sql")),
            *sorted((DEMO / "migrations").glob("*.up.sql")),
            DEMO / "seed.sql",
        )
        load_scripts(target, scripts, {"scale": "1"})
        with connect(target) as connection:
            connection.execute("create extension pg_stat_statements")
            connection.execute("vacuum analyze")
        settings = load(cwd=DEMO, environ={}).checks
        yield Patient(target=target, settings=settings)


def _plant(connection: Connection) -> None:
    for block in _blocks(connection):
        statements = "\n".join(line for line in block.splitlines() if not line.startswith("--"))
        if not statements.strip():
            continue
        try:
            connection.execute(statements.encode())
        except Connection.Error:
            if "\n-- fails" not in block:
                raise


@contextmanager
def _misbehaving(target: Target) -> Iterator[None]:
    """Hold a transaction open and idle, with a row that somebody else waits for."""
    with connect(target) as idle, connect(target) as waiting:
        idle.execute("create table public.held (id int primary key)")
        idle.execute("insert into public.held values (1)")
        idle.execute("begin isolation level repeatable read")
        idle.execute("update public.held set id = 2")
        thread = threading.Thread(target=_wait, args=(waiting,))
        thread.start()
        try:
            yield
        finally:
            idle.execute("rollback")
            thread.join()


def _wait(connection: Connection) -> None:
    connection.execute("set application_name = 'waiting'")
    connection.execute("delete from public.held")


def _deadlock(target: Target) -> None:
    with connect(target) as one, connect(target) as other:
        one.execute("create table public.two (id int primary key)")
        one.execute("insert into public.two values (1), (2)")
        for connection, first in ((one, 1), (other, 2)):
            connection.execute("begin")
            connection.execute("delete from public.two where id = %s", [first])
        thread = threading.Thread(target=_lose, args=(one, 2))
        thread.start()
        _lose(other, 1)
        thread.join()
        for connection in (one, other):
            connection.execute("rollback")


def _lose(connection: Connection, row: int) -> None:
    try:
        connection.execute("delete from public.two where id = %s", [row])
    except Connection.OperationalError as error:
        assert getattr(error, "sqlstate", None) == "40P01"


def _forget_statements(connection: Connection) -> None:
    for number in range(150):
        connection.execute(f"select {', '.join(['1'] * (number + 1))}".encode())


def _be_slow(connection: Connection) -> None:
    for _ in range(5):  # often enough not to be evicted
        connection.execute("select pg_sleep(0.1)")


def _one(connection: Connection, query: str) -> bool:
    ((found,),) = connection.execute(query.encode()).fetchall()
    return bool(found)
