"""Clones of a database: faithful, marked, and dropped with their run."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import LiteralString
from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace
from psycopg import sql
from psycopg.conninfo import make_conninfo

from fix_suite import until
from pgassay.model.errors import Unavailable
from pgassay.pg import clock
from pgassay.pg.clone import SourceInUse, clone_database, clone_name, drop_database, sweep
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect
from pgassay.pg.ownership import Mark, mark, read_mark, write_mark
from pgassay.pg.target import Target
from pgassay.pg.template import template


def _ask(target: Target, query: LiteralString, *values: object) -> tuple[object, ...]:
    with connect(target) as connection:
        row = connection.execute(query, values or None).fetchone()
    assert row is not None
    return tuple(row)


def _names(server: Server) -> set[str]:
    with connect(server.target) as connection:
        return {row[0] for row in connection.execute("select datname from pg_database").fetchall()}


@pytest.fixture
def roles(server: Server) -> Iterator[None]:
    """Two roles without rights; they outlive the databases that they own."""
    with connect(server.target) as connection:
        connection.execute("create role keeper login; create role guest login")
        yield
        connection.execute("drop role keeper, guest")


@pytest.fixture
def run(server: Server, roles: None) -> Iterator[UUID]:
    """A run's id; whatever the test leaves of it is dropped."""
    run = uuid4()
    yield run
    for name in _names(server):
        if name.startswith(f"pgassay_{run.hex[:8]}"):
            drop_database(server.target, name)


_ABOUT: tuple[LiteralString, ...] = (
    "create table public.thing as select generate_series(1, 10) as id",
    'alter database {} set search_path to "$user", public, \'odd, "name\'',
    "alter database {} set work_mem to '7MB'",
    "alter database {} set app.tenant to 'a=b, c'",
    "alter role guest in database {} set statement_timeout to '11s'",
    "revoke all on database {} from public",
    "grant connect on database {} to guest with grant option",
    "grant temporary on database {} to public",
    "alter database {} connection limit 9",
    "comment on database {} is 'precious'",
    "alter database {} owner to keeper",
)


@pytest.fixture
def source(roles: None, database: Target) -> Target:
    """A database with something in it, and much about it."""
    with connect(database) as connection:
        for statement in _ABOUT:
            connection.execute(sql.SQL(statement).format(sql.Identifier(connection.info.dbname)))
    return database


def _facts(target: Target) -> tuple[object, ...]:
    with connect(target) as connection:
        about = connection.execute(
            "select pg_get_userbyid(datdba), datconnlimit, encoding, datcollate, datctype,"
            " array(select grants from unnest(datacl::text[]) as grants order by 1)"
            " from pg_database where datname = current_database()"
        ).fetchone()
        settings = connection.execute(
            "select setrole::regrole::text, unnest(setconfig) from pg_db_role_setting join pg_database d"
            " on d.oid = setdatabase where d.datname = current_database() order by 1, 2"
        ).fetchall()
        effective = connection.execute(
            "select current_setting('search_path'), current_setting('work_mem'),"
            " current_setting('app.tenant')"
        ).fetchone()
        rows = connection.execute("select count(*), sum(id) from public.thing").fetchone()
    return about, settings, effective, rows


def test_a_clone_has_what_the_source_has(server: Server, source: Target, run: UUID) -> None:
    name = clone_name(run, "w1")
    clone = clone_database(server.target, _left(source), name, run=run)
    assert clone.lacking == ()
    assert _facts(clone.target) == _facts(source)
    assert _ask(clone.target, "select current_database()") == (name,)
    assert _mark(clone.target).comment == "precious"


def _mark(target: Target) -> Mark:
    query = "select shobj_description(oid, 'pg_database') from pg_database where datname = current_database()"
    found = read_mark(str(_ask(target, query)[0]))
    assert found is not None
    return found


def _database(target: Target) -> str:
    return str(_ask(target, "select current_database()")[0])


def _left(target: Target) -> str:
    """Give the name of a database once nobody is connected to it: a session goes on for a moment."""
    name = _database(target)
    elsewhere = target.with_database("postgres")
    sessions = f"select count(*) from pg_stat_activity where datname = '{name}'"  # noqa: S608 - our own name
    until(lambda: _ask(elsewhere, sessions) == (0,), what="everybody has left")
    return name


def _as_role(target: Target, role: str) -> Target:
    return Target(name=role, conninfo=make_conninfo(target.conninfo, user=role))


def test_a_clone_is_a_copy(server: Server, source: Target, run: UUID) -> None:
    clone = clone_database(server.target, _left(source), clone_name(run, "w1"), run=run).target
    with connect(clone) as connection:
        connection.execute("delete from public.thing")
    assert _ask(source, "select count(*) from public.thing") == (10,)


def test_a_source_in_use_is_refused_with_the_number_of_sessions(
    server: Server, source: Target, run: UUID
) -> None:
    database = _left(source)
    with connect(source), pytest.raises(SourceInUse, match="1 other session is connected"):
        clone_database(server.target, database, clone_name(run, "w1"), run=run)
    assert clone_name(run, "w1") not in _names(server)


def test_a_role_that_may_not_create_databases_is_told_so(server: Server, source: Target, run: UUID) -> None:
    guest = _as_role(server.target, "guest")
    with pytest.raises(Unavailable, match="may not create databases") as caught:
        clone_database(guest, _left(source), clone_name(run, "w1"), run=run)
    assert "createdb" in caught.value.remedy


def test_what_a_role_may_not_copy_is_reported(server: Server, source: Target, run: UUID) -> None:
    with connect(server.target) as connection:
        connection.execute("alter role keeper createdb")
    keeper = _as_role(server.target, "keeper")
    clone = clone_database(keeper, _left(source), clone_name(run, "w1"), run=run)
    assert [sentence.split(" of ")[0] for sentence in clone.lacking] == [
        "The clone lacks the setting app.tenant",
        "The clone lacks the setting statement_timeout",
    ]


def test_a_template_serves_many_at_once_and_takes_everything_with_it(
    server: Server, source: Target, run: UUID
) -> None:
    with template(source, run=run) as made:
        with ThreadPoolExecutor(3) as pool:
            clones = list(pool.map(made.clone, ("w1", "w2", "w3")))
        assert {str(_facts(clone)) for clone in clones} == {str(_facts(source))}
        assert _mark(clones[0]).comment == "precious"
        with connect(clones[0]) as connection:
            connection.execute("delete from public.thing")
        assert _ask(made.clone("w1"), "select count(*) from public.thing") == (10,)
    assert not [name for name in _names(server) if name.startswith(f"pgassay_{run.hex[:8]}")]


def test_a_template_is_copied_when_who_is_leaving_has_left(server: Server, source: Target, run: UUID) -> None:
    copying = "select count(*) from pg_stat_activity where state = 'active' and query ~* '^create database'"
    with template(source, run=run) as made, ThreadPoolExecutor(1) as other:
        session = connect(made.target)
        clone = other.submit(made.clone, "w1")
        until(lambda: clone.done() or _ask(server.target, copying) == (1,), what="the copy is asked for")
        session.close()
        assert _ask(clone.result(), "select count(*) from public.thing") == (10,)


def test_a_source_in_use_becomes_a_template_all_the_same(server: Server, source: Target, run: UUID) -> None:
    with connect(source) as busy, template(source, run=run) as made:
        busy.execute("insert into public.thing values (11)")
        assert _facts(made.clone("w1"))[:3] == _facts(source)[:3]
        assert _ask(made.clone("w1"), "select count(*) from public.thing") == (10,)


def test_a_dump_that_fails_leaves_no_template(server: Server, source: Target, run: UUID) -> None:
    with connect(source) as connection:
        connection.execute("alter role keeper createdb")
    keeper = _as_role(source, "keeper")
    with connect(source), pytest.raises(Unavailable, match="permission denied"), template(keeper, run=run):
        pytest.fail("keeper may not read the table")
    assert clone_name(run, "t") not in _names(server)


def test_a_restore_that_fails_is_not_called_a_dump_that_failed(
    server: Server, source: Target, run: UUID
) -> None:
    with connect(source) as busy:
        # More than a pipe holds: the dump is still writing when the restore ends.
        busy.execute("insert into public.thing select n from generate_series(1000, 60000) as n")
        setting = "alter database {} set default_transaction_read_only to on"
        busy.execute(sql.SQL(setting).format(sql.Identifier(busy.info.dbname)))
        refused = pytest.raises(Unavailable, match="cannot be restored into a copy: .*read-only")
        with refused, template(source, run=run):
            pytest.fail("nothing can be restored into what only reads")
    assert clone_name(run, "t") not in _names(server)


_KILLED = """
import os, signal, sys
from uuid import UUID
from pgassay.pg.target import parse_target
from pgassay.pg.template import template
with template(parse_target(sys.argv[1]), run=UUID(sys.argv[2])) as made:
    made.clone("w1")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_clones_of_a_killed_run_are_swept_and_nothing_else(server: Server, source: Target, run: UUID) -> None:
    arguments = [sys.executable, "-c", _KILLED, source.conninfo, str(run)]
    assert subprocess.run(arguments, check=False).returncode == -signal.SIGKILL
    orphans = {name for name in _names(server) if name.startswith(f"pgassay_{run.hex[:8]}")}
    assert len(orphans) == 2
    mine = uuid4()
    with template(source, run=mine) as made:
        made.clone("w1")
        others = _names(server) - orphans
        assert set(sweep(server.target)) == orphans
        assert _names(server) == others


_KILLED_EARLY = """
import os, signal, sys
from uuid import UUID
from pgassay.pg.clone import clone_name, maker
from pgassay.pg.connection import connect, sql
from pgassay.pg.target import parse_target
connection = connect(parse_target(sys.argv[1]), application=maker())
connection.execute(sql.SQL("create database {}").format(sql.Identifier(clone_name(UUID(sys.argv[2]), "w1"))))
connection.pgconn.send_query(b"select pg_catalog.pg_sleep(600)")
connection.pgconn.flush()
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_clone_whose_maker_died_before_it_was_marked_is_swept(server: Server, run: UUID) -> None:
    """Its session, too: it does not notice, and may be in the middle of making another one."""
    arguments = [sys.executable, "-c", _KILLED_EARLY, server.target.conninfo, str(run)]
    makers = "select count(*) from pg_stat_activity where application_name ~ '^pgassay clone'"
    until(lambda: _ask(server.target, makers) == (0,), what="those of tests before have ended")
    assert subprocess.run(arguments, check=False).returncode == -signal.SIGKILL
    assert _ask(server.target, makers) == (1,)
    (swept,) = sweep(server.target)
    assert swept.startswith(f"pgassay_{run.hex[:8]}_w1")
    assert swept not in _names(server)
    until(lambda: _ask(server.target, makers) == (0,), what="the sweep's own session has ended, too")


def test_a_database_that_only_has_such_a_name_is_not_swept(server: Server, run: UUID) -> None:
    name = clone_name(run, "w1")
    with connect(server.target) as connection:
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
    assert name not in sweep(server.target)


@pytest.mark.parametrize(("hours", "swept"), [(23, False), (25, True)])
def test_clones_of_another_machine_are_swept_when_they_are_old(
    server: Server, run: UUID, hours: int, swept: bool
) -> None:
    name = clone_name(run, "w1")
    foreign = write_mark(replace(mark(run.hex, now=clock.now()), machine="elsewhere"))
    with connect(server.target) as connection:
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        note = sql.SQL("comment on database {} is {}")
        connection.execute(note.format(sql.Identifier(name), sql.Literal(foreign)))
    assert (name in sweep(server.target, moment=clock.now() + timedelta(hours=hours))) is swept
