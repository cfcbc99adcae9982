"""pgTAP in a database: found, installed, carried along, taken away."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from psycopg import Connection
from psycopg.conninfo import make_conninfo
from psycopg.rows import TupleRow

from fix_server import fresh_database
from pgassay.model.errors import OutOfTime, Refused, Unavailable
from pgassay.pg import pgtap
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect
from pgassay.pg.pgtap import Pgtap, fetch
from pgassay.pg.pgtap.source import Supply, sql_text
from pgassay.pg.target import Target

Session = Connection[TupleRow]


@pytest.fixture
def session(database: Target) -> Iterator[Session]:
    with connect(database) as connection:
        yield connection


def _as_role(database: Target, role: str) -> Target:
    return Target(name=role, conninfo=make_conninfo(database.conninfo, user=role))


def _assert_it_works(connection: Session, schema: str) -> None:
    with connection.transaction(force_rollback=True):
        connection.execute("select set_config('search_path', %s, true)", [schema])
        said = [
            connection.execute("select plan(2)").fetchone(),
            connection.execute("select is(1, 1, 'one')").fetchone(),
            connection.execute("select has_table('pg_catalog', 'pg_class', 'two')").fetchone(),
        ]
    assert said == [("1..2",), ("ok 1 - one",), ("ok 2 - two",)]


def test_a_database_without_it_has_none(session: Session) -> None:
    assert pgtap.find(session) is None


@pytest.mark.parametrize("how", ["auto", "plain"])
def test_it_is_installed_once_and_found_from_then_on(session: Session, how: str) -> None:
    installed = pgtap.ensure(session, how=how)
    _assert_it_works(session, installed.schema)
    assert pgtap.find(session) == Pgtap(schema="pgtap", version=installed.version, how="present")
    assert pgtap.ensure(session, how=how).how == "present"


def test_where_the_server_offers_the_extension_it_is_the_extension(server15: Server) -> None:
    with fresh_database(server15) as database, connect(database) as session:
        offered = session.execute("select from pg_available_extensions where name = 'pgtap'").fetchone()
        if offered is None:
            pytest.skip("pgTAP is not installed on this server (apt-get install postgresql-15-pgtap)")
        installed = pgtap.ensure(session)
        assert installed.how == "extension"
        pgtap.uninstall(session, installed)
        assert pgtap.find(session) is None


def test_where_it_does_not_that_is_said_when_asked_for(server18: Server) -> None:
    with connect(server18.target) as session, pytest.raises(Unavailable, match="not available"):
        pgtap.ensure(session, how="extension")


@pytest.fixture
def role(server: Server, database: Target) -> Iterator[Target]:
    """A role that may log in and nothing else."""
    with connect(database) as connection:
        connection.execute("create role ordinary login")
        yield _as_role(database, "ordinary")
        connection.execute("drop owned by ordinary cascade")
        connection.execute("drop role ordinary")


def test_a_role_that_may_only_create_schemas_can_load_it(database: Target, role: Target) -> None:
    with connect(database) as connection:
        connection.execute(f"grant create on database {connection.info.dbname} to ordinary".encode())
    with connect(role) as connection:
        installed = pgtap.ensure(connection, how="plain")
        _assert_it_works(connection, installed.schema)
        strays = connection.execute(
            "select count(*) from pg_proc where proowner = 'ordinary'::regrole"
            " and pronamespace <> 'pgtap'::regnamespace"
        ).fetchone()
        assert strays == (0,)
        pgtap.uninstall(connection, installed)
        assert pgtap.find(connection) is None


def test_a_role_without_rights_is_told_what_it_needs(role: Target) -> None:
    with connect(role) as connection, pytest.raises(Unavailable, match="ordinary may not install") as caught:
        pgtap.ensure(connection)
    assert "grant create on database" in caught.value.remedy


def test_other_roles_can_call_it_even_if_default_privileges_say_no(database: Target, role: Target) -> None:
    with connect(database) as connection:
        connection.execute("alter default privileges revoke execute on functions from public")
        schema = pgtap.ensure(connection, how="plain").schema
    with connect(role) as connection:
        _assert_it_works(connection, schema)


def test_many_at_once_install_it_once(database: Target) -> None:
    def install(_: int) -> str:
        with connect(database) as connection:
            return pgtap.ensure(connection, how="plain").how

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(install, range(4))) == ["plain", "present", "present", "present"]


def test_carried_along_it_leaves_nothing(session: Session) -> None:
    carried = pgtap.ensure(session, how="ephemeral")
    assert carried.sql is not None
    with session.transaction(force_rollback=True):
        session.execute(carried.sql.encode())
        assert session.execute("select plan(1)").fetchone() == ("1..1",)
        assert session.execute("show check_function_bodies").fetchone() == ("on",)
    assert pgtap.find(session) is None
    assert session.execute("select to_regnamespace('pgtap')").fetchone() == (None,)


def test_a_schema_with_other_things_in_it_is_not_mixed_up(session: Session) -> None:
    session.execute("create schema mine; create table mine.important ()")
    with pytest.raises(Unavailable, match="has other objects in it"):
        pgtap.ensure(session, how="plain", schema="mine")


def test_names_that_need_quoting_are_quoted(session: Session) -> None:
    schema = 'Tests; drop "all" %s'
    installed = pgtap.ensure(session, how="plain", schema=schema)
    assert installed.schema == schema
    pgtap.uninstall(session, installed)
    carried = pgtap.ensure(session, how="ephemeral", schema=schema)
    with session.transaction(force_rollback=True):
        session.execute((carried.sql or "").encode())
        assert session.execute("select plan(1)").fetchone() == ("1..1",)


def test_it_stays_while_something_else_needs_it(session: Session) -> None:
    installed = pgtap.ensure(session, how="plain")
    session.execute("create view public.uses as select pgtap.pgtap_version()")
    with pytest.raises(Refused, match="uses"):
        pgtap.uninstall(session, installed)
    session.execute("drop view public.uses")
    pgtap.uninstall(session, installed)
    assert pgtap.find(session) is None


def test_what_was_there_before_is_never_removed(session: Session) -> None:
    pgtap.ensure(session, how="plain")
    pgtap.uninstall(session, pgtap.ensure(session))
    assert pgtap.find(session) is not None


def test_not_to_be_had_is_a_sentence_with_a_remedy(session: Session, tmp_path: Path) -> None:
    nowhere = Supply(cache=tmp_path, fetch=False, system=())
    with pytest.raises(Unavailable, match="cannot be had") as caught:
        pgtap.ensure(session, how="plain", supply=nowhere)
    assert "pgtap_source" in caught.value.remedy
    assert pgtap.find(session) is None


def test_a_text_that_is_not_what_it_says_is_never_loaded(session: Session, tmp_path: Path) -> None:
    script = tmp_path / "pgtap--1.2.0.sql"
    genuine = sql_text().text
    script.write_text(genuine + "\ncreate table public.intruder ();\n")
    with pytest.raises(Unavailable, match="SHA-256"):
        pgtap.ensure(session, how="plain", source=script)
    assert session.execute("select to_regclass('public.intruder')").fetchone() == (None,)


def test_the_fixture_has_it_on_the_search_path(pgtap_database: Target) -> None:
    with connect(pgtap_database) as connection, connection.transaction(force_rollback=True):
        assert connection.execute("select plan(1)").fetchone() == ("1..1",)


def test_it_can_be_fetched_once_and_is_kept(tmp_path: Path) -> None:
    try:
        fetched = sql_text(supply=Supply(cache=tmp_path, system=()))
    except Unavailable as unavailable:
        pytest.skip(unavailable.sentence)
    assert sql_text(supply=Supply(cache=tmp_path, system=(), fetch=False)) == fetched
    assert (tmp_path / "pgtap" / f"pgtap--{fetched.version}.sql").is_file()


@pytest.mark.parametrize("release", ["1.2.0", "1.3.5"])
def test_every_release_at_hand_loads_for_an_ordinary_role(
    database: Target, role: Target, release: str, tmp_path: Path
) -> None:
    ways = {"1.2.0": "apt", "1.3.5": "npm"}
    try:
        version, content = fetch._WAYS[ways[release]]()
    except (Unavailable, OutOfTime, LookupError) as missing:
        pytest.skip(f"{ways[release]} does not give it: {missing}")
    if version != release:
        pytest.skip(f"{ways[release]} gives {version} on this machine")
    source = tmp_path / f"pgtap--{release}.sql"
    source.write_bytes(content)
    with connect(database) as connection:
        connection.execute(f"grant create on database {connection.info.dbname} to ordinary".encode())
    with connect(role) as connection:
        installed = pgtap.ensure(connection, how="plain", source=source)
        assert installed.version == release
        _assert_it_works(connection, installed.schema)
