"""The objects of a database, and which of them changed."""

from collections.abc import Iterator

import pytest

from pgassay.model.touch import Object, Snapshot, changed_between, users_of
from pgassay.pg import pgtap
from pgassay.pg.connection import Connection, connect
from pgassay.pg.objects import read_objects
from pgassay.pg.snapshot import take_snapshot
from pgassay.pg.target import Target
from pgassay.store.schema import install

SCHEMA = """
create type public.mood as enum ('good', 'bad');
create table public.a (id int primary key, mood public.mood);
create table public."b.c" (id int primary key, a int references public.a (id));
create view public.v as select id from public.a;
create view public.w as select id from public.v;
create function public.f(x int) returns int language sql return x + (select count(*) from public.a);
create function public.t() returns trigger language plpgsql as 'begin return new; end';
create trigger "on a" before insert on public.a for each row execute function public.t();
create policy p on public.a using (id = public.f(1));
"""


@pytest.fixture
def connection(database: Target) -> Iterator[Connection]:
    with connect(database) as opened:
        opened.execute(SCHEMA.encode())
        yield opened


def look(connection: Connection) -> Snapshot:
    return take_snapshot(connection, read_objects(connection))


def names(found: frozenset[Object]) -> set[str]:
    return {str(each) for each in found}


def test_all_kinds_are_there_by_their_names(connection: Connection) -> None:
    assert [str(each.object) for each in look(connection).objects] == [
        "function public.f(x integer)",
        "function public.t()",
        "policy public.a.p",
        'table public."b.c"',
        "table public.a",
        'trigger public.a."on a"',
        "type public.mood",
        "view public.v",
        "view public.w",
    ]


def test_what_is_not_the_applications_is_left_out(connection: Connection) -> None:
    before = look(connection)
    install(connection)
    pgtap.ensure(connection, how="plain", schema="pgtap")
    assert changed_between(before, look(connection)) == frozenset()


def test_two_looks_are_one_and_so_are_those_at_a_copy(
    connection: Connection, server_copy: Connection
) -> None:
    assert look(connection).id == look(connection).id == look(server_copy).id


@pytest.fixture
def server_copy(connection: Connection, database: Target) -> Iterator[Connection]:
    """The same schema made anew in another order of numbers."""
    connection.execute("create database another_one")
    try:
        with connect(database.with_database("another_one")) as other:
            other.execute("create table public.first (a int); drop table public.first")
            other.execute(SCHEMA.encode())
            yield other
    finally:
        connection.execute("drop database another_one with (force)")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("alter table a add column n int", {"table public.a"}),
        ("alter table a alter id set default 1", {"table public.a"}),
        ("create index on a (mood)", {"table public.a"}),
        ('create index on "b.c" (a)', {'table public."b.c"'}),
        ("alter table a add check (id > 0)", {"table public.a"}),
        ('alter table "b.c" drop constraint "b.c_a_fkey"', {"table public.a", 'table public."b.c"'}),
        ("grant select on a to public", {"table public.a"}),
        ("alter table a enable row level security", {"table public.a"}),
        ("alter policy p on a using (true)", {"policy public.a.p", "table public.a"}),
        ("create policy q on a using (true)", {"policy public.a.q", "table public.a"}),
        ('alter table a disable trigger "on a"', {'trigger public.a."on a"', "table public.a"}),
        ("drop view w", {"view public.w"}),
        ("create or replace view w as select 2 as id", {"view public.w"}),
        (
            "create or replace function t() returns trigger language plpgsql as 'begin return old; end'",
            {"function public.t()"},
        ),
        ("alter type mood add value 'so so'", {"type public.mood"}),
        ("create table n (a int)", {"table public.n"}),
        ("insert into a values (1); analyze a", set()),
        ("vacuum full a", set()),
    ],
)
def test_a_change_shows_in_the_objects_it_is_about(
    connection: Connection, change: str, expected: set[str]
) -> None:
    before = look(connection)
    connection.execute(change.encode())
    assert names(changed_between(before, look(connection))) == expected


def test_what_uses_an_object_is_known(connection: Connection) -> None:
    found = look(connection)

    def users(kind: str, name: str) -> set[str]:
        return names(users_of(frozenset([Object(kind=kind, name=name)]), found))

    assert users("table", "public.a") == {
        "table public.a",
        "view public.v",
        "view public.w",
        "function public.f(x integer)",
        "policy public.a.p",
        'trigger public.a."on a"',
    }
    assert {"table public.a", "view public.v", "view public.w"} <= users("type", "public.mood")
    assert users("function", "public.t()") == {"function public.t()", 'trigger public.a."on a"'}
    assert "policy public.a.p" in users("function", "public.f(x integer)")
