"""What a statement makes the server's process spend: as the server tells, else the system, else unknown."""

from collections.abc import Iterator

import pytest

from fix_pooler import needs_pooler, pooler_to
from fix_proxy import proxy_to
from fix_server import fresh_server
from pgassay.model.perf import WorkloadQuery
from pgassay.model.usage import NOT_MEASURED, Usage
from pgassay.perf.session import Unmeasurable, session
from pgassay.perf.usage import usage_of
from pgassay.pg.cluster import Server
from pgassay.pg.connection import Connection, connect
from pgassay.pg.target import Target
from versions import VERSIONS

SORT = (
    "select count(n) from (select n from generate_series(1, $1::int) as n order by n desc offset 0) as sorted"
)
SLEEP = "select pg_sleep($1::double precision)"


def query(text: str, *values: str, role: str | None = None) -> WorkloadQuery:
    return WorkloadQuery(
        name="general.it", category="general", title="it", path="it.sql", text=text, values=values, role=role
    )


def used(target: Target, text: str, *values: str, role: str | None = None) -> Usage:
    with session(target, timeout_s=30) as opened:
        return usage_of(opened, query(text, *values, role=role))


@pytest.fixture
def superuser(database: Target) -> Iterator[Connection]:
    """The database from outside; with two roles, of whom one may have statements told. Dropped in the end."""
    with connect(database) as connection:
        if connection.info.server_version < 15_00_00:
            pytest.skip("no right to a setting can be granted before PostgreSQL 15")
        connection.execute("create role perf_weak login; create role perf_told login")
        connection.execute("grant set on parameter log_statement_stats, log_min_messages to perf_told")
        yield connection
        for role in ("perf_weak", "perf_told"):
            connection.execute(f"drop owned by {role}; drop role {role}".encode())


def as_role(target: Target, role: str) -> Target:
    return target.changed({"user": role})


def known(usage: Usage) -> tuple[float, float, float]:
    assert usage.memory_mb is not None
    assert usage.cpu_ms is not None
    assert usage.cpu_percent is not None
    return usage.memory_mb, usage.cpu_ms, usage.cpu_percent


def test_who_asks_the_server_and_who_the_system_come_to_the_same(
    database: Target, superuser: Connection
) -> None:
    with connect(database) as connection:
        name = connection.info.dbname
    superuser.execute(f"alter database {name} set work_mem = '256MB'".encode())
    weak = as_role(database, "perf_weak")
    with session(database, timeout_s=30) as one, session(weak, timeout_s=30) as other:
        assert (one.told, other.told) == (True, False)
        assert other.behind.process is not None
    for target in (database, weak):
        little_mb, waited_ms, waited = known(used(target, SLEEP, "0.3"))
        much_mb, worked_ms, _ = known(used(target, SORT, "600000"))
        assert much_mb > little_mb + 20
        assert 1 < little_mb < 60
        assert waited < 20
        assert worked_ms > 5 * waited_ms
    told, seen = (known(used(each, SORT, "600000")) for each in (database, weak))
    assert told[0] == pytest.approx(seen[0], rel=0.3)
    assert told[1] == pytest.approx(seen[1], rel=1)


def test_behind_a_proxy_only_the_server_knows(database: Target, superuser: Connection) -> None:
    with proxy_to(database) as proxy:
        routed = proxy.route(database)
        assert known(used(as_role(routed, "perf_told"), SORT, "1000"))[0] > 1
        assert used(as_role(routed, "perf_weak"), SORT, "1000") == NOT_MEASURED
        superuser.execute("revoke set on parameter log_min_messages from perf_told")
        # It would be told, and written into the server's log, too.
        with session(as_role(routed, "perf_told"), timeout_s=30) as opened:
            assert not opened.told
        assert used(as_role(routed, "perf_told"), SORT, "1000") == NOT_MEASURED


def test_where_the_server_cannot_tell_the_system_is_asked(database: Target, superuser: Connection) -> None:
    superuser.execute("alter role perf_told set log_executor_stats = on")
    with session(as_role(database, "perf_told"), timeout_s=30) as opened:
        assert opened.told
        with pytest.raises(Connection.Error):
            opened.spend(query(SORT, "1000"))
        assert known(usage_of(opened, query(SORT, "1000")))[0] > 1


def test_a_statement_runs_as_its_role(database: Target, superuser: Connection) -> None:
    assert known(used(database, "select 1 where current_user = 'perf_weak'", role="perf_weak"))
    superuser.execute("create table mine (id int)")
    assert used(database, "select * from mine", role="perf_weak") == NOT_MEASURED


def test_a_statement_that_fails_or_writes_is_not_measured(database: Target, superuser: Connection) -> None:
    superuser.execute("create table mine (id int)")
    for text in ("select 1/0", "insert into mine values (1)", "select from", "select * from nowhere"):
        assert used(database, text) == NOT_MEASURED
    assert superuser.execute("select count(*) from mine").fetchall() == [(0,)]


def test_nothing_of_it_stays_in_the_session(database: Target) -> None:
    with session(database, timeout_s=30) as opened:
        assert opened.spend(query(SORT, "1000")).cpu_s > 0
        off = "select 1 / (current_setting('log_statement_stats') = 'off')::int"
        assert opened.time(query(off)) > 0


@pytest.mark.parametrize("version", VERSIONS)
def test_the_server_writes_nothing_of_it_into_its_log(version: str) -> None:
    with fresh_server(version) as server:
        assert known(used(server.target, SORT, "1000"))
        assert used(server.target, "select 1/0") == NOT_MEASURED
        with session(server.target, timeout_s=30) as opened, pytest.raises(Unmeasurable):
            opened.spend(query("select 1/0"))
        assert "STATISTICS" not in server.log.read_text("utf-8", "replace")
        with connect(server.target) as connection:  # the log is read where it would be
            connection.execute("set log_statement_stats = on")
            connection.execute("select 1")
        assert "STATISTICS" in server.log.read_text("utf-8", "replace")


@needs_pooler
def test_a_session_of_a_pool_is_not_measured(server: Server, database: Target) -> None:
    """It has served others, and will."""
    with pooler_to(server, mode="session") as pooler:
        assert used(pooler.route(database), SORT, "1000") == NOT_MEASURED
