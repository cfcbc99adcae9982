"""Swapping the names of two databases: both or neither."""

from collections.abc import Iterator

import pytest

from fix_server import fresh_database
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect
from pgassay.pg.target import Target
from pgassay.recovery.rollback.course import NotSwapped
from pgassay.recovery.rollback.databases.swap import Order, swap


@pytest.fixture
def pair(server: Server) -> Iterator[tuple[Target, Target]]:
    """Two databases, each with a table that tells it."""
    with fresh_database(server) as one, fresh_database(server) as other:
        for target, table in ((one, "one"), (other, "other")):
            with connect(target) as connection:
                connection.execute(f"create table {table} ()".encode())
        yield one, other


def order(live: Target, incoming: str, aside: str) -> Order:
    return Order(live=live.database, incoming=incoming, aside=aside, comment="it's ours", mark="mark")


def table_of(target: Target) -> object:
    with connect(target) as connection:
        return connection.execute("select relname from pg_class where relname in ('one', 'other')").fetchall()


def named(server: Server) -> list[tuple[object, ...]]:
    with connect(server.target) as connection:
        found = connection.execute(
            "select datname, oid, datallowconn, shobj_description(oid, 'pg_database')"
            " from pg_database order by 1"
        )
        return [tuple(row) for row in found]


def test_both_names_and_both_comments_change_together(server: Server, pair: tuple[Target, Target]) -> None:
    one, other = pair
    with connect(one) as inside:
        swapped = swap(server.target, order(one, other.database, f"{one.database}_aside"), tries=1)
        assert swapped.tries == 1 and swapped.outage_s > 0
        with pytest.raises(Exception, match="terminating connection"):
            inside.execute("select 1")
    assert table_of(one) == [("other",)]
    comments = {str(row[0]): row[3] for row in named(server)}
    assert comments[one.database] == "it's ours" and comments[f"{one.database}_aside"] == "mark"
    with connect(server.target) as connection:  # as it was, for whoever drops them
        connection.execute(f"alter database {one.database} rename to {other.database}".encode())
        connection.execute(f"alter database {one.database}_aside rename to {one.database}".encode())


def test_when_the_second_name_cannot_change_the_first_does_not(
    server: Server, pair: tuple[Target, Target]
) -> None:
    one, other = pair
    before = named(server)
    with pytest.raises(NotSwapped, match="does not exist"):
        swap(server.target, order(one, "no_such_database", "aside"), tries=3)
    with pytest.raises(NotSwapped, match="already exists"):
        swap(server.target, order(one, other.database, "template1"), tries=3)
    assert named(server) == before
    assert (table_of(one), table_of(other)) == ([("one",)], [("other",)])
