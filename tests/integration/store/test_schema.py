"""Installing the store: once, by many at once, by a newer program, and without the rights to."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

import pytest

from pgassay.model.errors import Unavailable
from pgassay.pg.connection import Connection, connect, sql
from pgassay.pg.target import Target
from pgassay.store import runs
from pgassay.store.schema import install, migrations, status
from sample_runs import MOMENT

KNOWN = len(migrations())


@pytest.fixture
def connection(database: Target) -> Iterator[Connection]:
    with connect(database) as opened:
        yield opened


@contextmanager
def role(connection: Connection, name: str) -> Iterator[None]:
    """A role without any rights, gone at the end of the block with what it made."""
    named = sql.Identifier(name)
    connection.execute(sql.SQL("create role {} login").format(named))
    try:
        yield
    finally:
        connection.execute(sql.SQL("drop owned by {0} cascade; drop role {0}").format(named))


def as_role(database: Target, name: str) -> Connection:
    return connect(replace(database, conninfo=f"{database.conninfo} user='{name}'"))


def test_a_fresh_database_has_none(connection: Connection) -> None:
    found = status(connection)

    assert (found.installed, found.known, found.current) == (None, KNOWN, False)
    with pytest.raises(Unavailable, match="has no store of pgassay\\.") as caught:
        runs.last_failed(connection)
    assert caught.value.remedy == "pgassay store install"


def test_installing_twice_changes_nothing(connection: Connection) -> None:
    assert install(connection).current
    ledger = "select version, name, applied_at, applied_by from prod_test_schema.schema_migrations order by 1"
    first = connection.execute(ledger.encode()).fetchall()

    assert install(connection).installed == KNOWN

    assert connection.execute(ledger.encode()).fetchall() == first
    assert [row[:2] for row in first] == [(each.version, each.name) for each in migrations()]


def test_many_may_install_at_once(database: Target) -> None:
    def install_alone(_: int) -> bool:
        with connect(database) as own:
            return install(own).current

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(install_alone, range(6))) == [True] * 6


def test_an_installed_store_is_confirmed_while_another_migrates(
    database: Target, connection: Connection
) -> None:
    install(connection)
    with connect(database) as other, other.transaction():
        other.execute(
            "select pg_advisory_xact_lock(hashtextextended('prod_test_schema.schema_migrations', 0))"
        )

        assert install(connection).current


def test_an_older_store_is_brought_forward(connection: Connection) -> None:
    for each in migrations()[:-1]:
        connection.execute(each.statements)
        connection.execute(
            "insert into prod_test_schema.schema_migrations values (%s, %s)", [each.version, each.name]
        )
    with pytest.raises(Unavailable) as caught:
        runs.last_failed(connection)
    assert f"version {KNOWN - 1} of its schema; this pgassay needs {KNOWN}." in caught.value.sentence
    assert caught.value.remedy == "pgassay store install"

    assert install(connection).current
    assert runs.last_failed(connection) == frozenset()


def test_a_newer_store_is_refused(connection: Connection) -> None:
    install(connection)
    connection.execute("insert into prod_test_schema.schema_migrations values (%s, 'later')", [KNOWN + 1])

    for refused in (install, runs.last_failed):
        with pytest.raises(Unavailable) as caught:
            refused(connection)
        assert f"version {KNOWN + 1} of its schema; this pgassay knows {KNOWN}" in caught.value.sentence
        assert caught.value.remedy == "pip install --upgrade pgassay"


def test_a_migration_that_fails_leaves_nothing(connection: Connection) -> None:
    connection.execute("create schema prod_test_schema; create table prod_test_schema.test_results (id int)")

    with pytest.raises(Unavailable, match=r"test_results.* already exists") as caught:
        install(connection)

    assert "pgassay did not make it" in caught.value.sentence
    assert "[store] url" in caught.value.remedy
    tables = connection.execute("select tablename from pg_tables where schemaname = 'prod_test_schema'")
    assert tables.fetchall() == [("test_results",)]


def test_a_role_that_may_not_create_gets_the_grant_that_helps(
    database: Target, connection: Connection
) -> None:
    with role(connection, "Plain role"), as_role(database, "Plain role") as plain:
        with pytest.raises(Unavailable, match='"Plain role" may not create schemas') as caught:
            install(plain)

        connection.execute(caught.value.remedy.encode())

        assert install(plain).current


def test_schemas_that_an_administrator_prepared_are_enough(database: Target, connection: Connection) -> None:
    connection.execute("create schema prod_test_schema; create schema performance_monitoring")
    with role(connection, "guest"), as_role(database, "guest") as guest:
        with pytest.raises(Unavailable, match="cannot be installed") as caught:
            install(guest)
        grant = caught.value.remedy.partition(": ")[2].partition(";")[0]

        connection.execute(grant.encode())

        assert install(guest).current


def test_a_role_that_may_not_read_is_told_what_it_needs(database: Target, connection: Connection) -> None:
    install(connection)
    with role(connection, "reader"), as_role(database, "reader") as reader:
        with pytest.raises(Unavailable, match='"reader" may not use the store') as caught:
            runs.summary(reader, now=MOMENT)

        connection.execute(caught.value.remedy.encode())

        assert runs.summary(reader, now=MOMENT) == ()


def test_a_lent_connection_comes_back_as_it_was(connection: Connection) -> None:
    install(connection)
    settings = (
        "select name, setting from pg_settings where name in"
        " ('search_path', 'lock_timeout', 'statement_timeout', 'TimeZone', 'client_encoding',"
        " 'synchronous_commit') order by name"
    )
    connection.execute("set search_path = public; set statement_timeout = 1234; set timezone = 'Asia/Tokyo'")
    before = connection.execute(settings.encode()).fetchall()

    runs.summary(connection, now=MOMENT)

    assert connection.execute(settings.encode()).fetchall() == before


def test_tables_of_the_same_names_on_the_search_path_are_not_touched(connection: Connection) -> None:
    connection.execute("create schema trap; set search_path = trap, pg_catalog")
    connection.execute(
        "create function trap.now() returns timestamptz language sql as 'select null::timestamptz'"
    )
    connection.execute("create table trap.test_runs (id int)")

    assert install(connection).current
    assert runs.last_failed(connection) == frozenset()
