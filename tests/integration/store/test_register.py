"""What tests can register, and how it is noted."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from pgassay.pg.connection import Connection, connect
from pgassay.pg.target import Target
from pgassay.store.schema import install

TABLES = """
create table public.by_uuid (id uuid primary key);
create table public."By Number" (id smallint primary key, mail text unique, twice int);
create index on public."By Number" (twice);
create unique index on public."By Number" (twice) where twice > 0;
create table public.by_pair (a int, b int, primary key (a, b));
create table public.without_key (a int);
create view public.seen as select 1 as id;
create schema hidden;
create table hidden.by_uuid (id text primary key);
"""
NOTED = "entity_type, entity_id::text, entity_key, key_column, cleanup_method"
A_UUID = "00000000-0000-4000-8000-00000000000a"


@pytest.fixture
def registry(database: Target) -> Iterator[Connection]:
    with connect(database) as connection:
        install(connection)
        connection.execute(TABLES.encode())
        yield connection


def noted(connection: Connection, words: str) -> tuple[object, ...]:
    query = (
        f"with made as (select prod_test_schema.register_test_entity('t', {words}) as id)"  # noqa: S608
        " select 1 from made"
    )
    connection.execute(query.encode())
    table = "prod_test_schema.prod_test_data_registry"
    row = connection.execute(f"select {NOTED} from {table} order by created_at desc".encode()).fetchone()  # noqa: S608
    assert row is not None
    return tuple(row)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (f"'by_uuid', '{A_UUID}'", ("public.by_uuid", A_UUID, None, "id", "CASCADE")),
        (f"'public.by_uuid', '{A_UUID}'::uuid", ("public.by_uuid", A_UUID, None, "id", "CASCADE")),
        ("'hidden.by_uuid', 'x'", ("hidden.by_uuid", None, "x", "id", "CASCADE")),
        ("'\"By Number\"', 7, 'delete'", ('public."By Number"', None, "7", "id", "DELETE")),
        ("'\"By Number\"', ' 007 '", ('public."By Number"', None, "7", "id", "CASCADE")),
        (
            "'\"By Number\"', 'a@b', key_column => 'mail'",
            ('public."By Number"', None, "a@b", "mail", "CASCADE"),
        ),
        ("'by_uuid', entity_id => gen_random_uuid(), cleanup_method => 'NONE'", None),
    ],
)
def test_a_row_is_noted_by_its_table_and_key(
    registry: Connection, words: str, expected: tuple[object, ...] | None
) -> None:
    found = noted(registry, words)

    assert found == expected if expected is not None else found[4] == "NONE"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("'nowhere', 1", "'nowhere' is no table of the application"),
        ("'seen', 1", "'seen' is no table of the application"),
        ("'pg_class', 1", "'pg_class' is no table of the application"),
        ("'prod_test_schema.test_runs', gen_random_uuid()", "is no table of the application"),
        ("'by_pair', 1", "public.by_pair has no unique key of one column"),
        ("'without_key', 1", "public.without_key has no unique key of one column"),
        ("'\"By Number\"', 1, key_column => 'twice'", "has no unique key of one column"),
        ("'by_uuid', 'x'", "invalid input syntax for type uuid"),
        ("'by_uuid', null::uuid", "A row cannot be registered without its key"),
        ("'by_uuid', gen_random_uuid(), 'SOMEHOW'", "violates check constraint"),
    ],
)
def test_what_cannot_be_found_again_cannot_be_registered(
    registry: Connection, words: str, message: str
) -> None:
    with pytest.raises(Connection.Error, match=message.replace(".", r"\.")):
        noted(registry, words)


def test_the_run_and_the_session_are_noted(registry: Connection) -> None:
    run = uuid4()
    registry.execute("select set_config('pgassay.run', %s, false)", [str(run)])
    noted(registry, "'by_uuid', gen_random_uuid()")

    query = (
        "select noted.run_id, noted.registered_by = current_user, session.backend_start = noted.backend_start"
        " from prod_test_schema.prod_test_data_registry as noted"
        " join pg_stat_activity as session on session.pid = noted.backend_pid"
    )
    assert registry.execute(query).fetchall() == [(run, True, True)]


def test_outside_of_a_run_there_is_none(registry: Connection) -> None:
    noted(registry, "'by_uuid', gen_random_uuid()")

    assert registry.execute("select run_id from prod_test_schema.prod_test_data_registry").fetchall() == [
        (None,)
    ]
