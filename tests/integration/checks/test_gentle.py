"""What checks do to a database while they look: weak locks, and no table is read unless they say so."""

from collections.abc import Iterator

import pytest

from fix_server import fresh_database, fresh_server
from pgassay.checks.ask import Question, ask
from pgassay.checks.contract import SqlCheck
from pgassay.checks.load import builtin
from pgassay.checks.parameters import array_literal, values_of
from pgassay.checks.surroundings import bound, look_around
from pgassay.model.check import Level, ParameterKind
from pgassay.pg.cluster import Server
from pgassay.pg.target import Target
from pgassay.pg.wire import Wire
from versions import VERSIONS

QUERIES = [pytest.param(each, id=each.info.path) for each in builtin() if isinstance(each, SqlCheck)]
FLAWED = """
create role anon;
create schema app;
grant usage on schema app to public;
create table app.parent (id int primary key, owner_id int);
create table app.child (id bigserial primary key, parent_id int references app.parent, note text, mail text);
create index on app.child (parent_id);
create index on app.child (parent_id);
create view app.notes as select note from app.child;
create materialized view app.counts as select count(*) from app.child;
create function app.me() returns int language sql stable security definer as 'select 1';
alter table app.parent enable row level security;
create policy p on app.parent using (owner_id = app.me());
grant select, insert on all tables in schema app to anon, public;
insert into app.parent select n, n from generate_series(1, 100) as n;
insert into app.child (parent_id, note) select n, 'n' from generate_series(1, 100) as n;
alter table app.child add constraint never foreign key (id) references app.parent (id) not valid;
analyze;
"""
STRONGER = """
select string_agg(distinct l.mode || coalesce(' on ' || c.relname, ''), ', ')
from pg_catalog.pg_locks as l
left join pg_catalog.pg_class as c on c.oid = l.relation
where l.pid = pg_catalog.pg_backend_pid() and l.locktype <> 'virtualxid' and l.mode <> 'AccessShareLock'
    and not (c.relkind = 'S' and l.mode = 'RowExclusiveLock')
"""
"""A sequence is read under the lock that every nextval() takes: PostgreSQL offers no weaker way."""
READ = """
select string_agg(t.schemaname || '.' || t.relname, ', ' order by t.relname)
from pg_catalog.pg_stat_xact_user_tables as t
where t.schemaname = 'app' and t.seq_scan + coalesce(t.idx_scan, 0) > 0
"""


@pytest.fixture(scope="module", params=VERSIONS)
def flawed(request: pytest.FixtureRequest) -> Iterator[Target]:
    """A database in which many checks have something to look at, on a server where nobody else has a role."""
    with fresh_server(request.param) as server:
        wire = Wire.connect(server.target, application="pgassay tests")
        assert all(reply.error is None for reply in wire.run(FLAWED))
        wire.close()
        yield server.target


@pytest.mark.parametrize("check", QUERIES)
def test_a_check_locks_nothing_and_reads_no_table_unless_it_says_so(check: SqlCheck, flawed: Target) -> None:
    wire = Wire.connect(flawed, application="pgassay tests")
    try:
        if not check.info.fits(wire.version // 10_000):
            pytest.skip("for other versions")
        around = look_around(wire, (check.info,))
        values = {**around.shared, **values_of(check.info, {})}
        kinds = {each.name: each.kind for each in check.info.parameters}
        if kinds.get("tables") is ParameterKind.NAMES:
            values["tables"] = array_literal(["app.parent", "app.child"])
        wire.run("begin read only; set local search_path = ''")
        wire.post((bound(check.query, values),))
        (answer,) = wire.collect()
        if answer.error is not None:
            assert around.lacks, answer.error.message
            return
        ((stronger,),) = wire.run(STRONGER)[-1].rows
        ((read,),) = wire.run(READ)[-1].rows
    finally:
        wire.close()
    assert stronger is None
    assert read is None or check.info.scans, f"reads {read}"


def test_the_trap_for_reading_and_for_locks_catches(flawed: Target) -> None:
    wire = Wire.connect(flawed, application="pgassay tests")
    wire.run("begin; select count(*) from app.parent; lock table app.child in share mode")
    ((stronger,),) = wire.run(STRONGER)[-1].rows
    ((read,),) = wire.run(READ)[-1].rows
    wire.close()

    assert stronger == "ShareLock on child"
    assert read == "app.parent"


def test_no_more_sequences_are_read_than_the_lock_table_can_spare(server15: Server) -> None:
    """Each takes a lock until the end, and the lock table is everybody's."""
    (check,) = (each for each in builtin() if each.info.name == "sequence_exhaustion")
    assert isinstance(check, SqlCheck)
    with fresh_database(server15) as target:
        wire = Wire.connect(target, application="pgassay tests")
        settings = (
            "current_setting('max_locks_per_transaction')::int, current_setting('max_connections')::int"
        )
        per_transaction, connections = (int(each or 0) for each in wire.run(f"select {settings}")[-1].rows[0])
        some = per_transaction * connections // 4 + 10
        for first in range(1, some, 500):
            numbers = range(first, min(first + 500, some))
            wire.run(
                ";".join(
                    f"create sequence public.s{number}; select nextval('s{number}')" for number in numbers
                )
            )
        wire.run("create sequence public.last as smallint; select setval('public.last', 32000)")
        around = look_around(wire, (check.info,))
        (result,) = ask(wire, (Question(check=check, values=values_of(check.info, {})),), around)
        wire.close()

    said = {each.level: each.detail for each in result.findings}
    assert "that were left out" in said[Level.NOT_VERIFIED] and said[Level.NOT_VERIFIED].endswith(": 10")
    assert "32,000" in said[Level.FAILED]
