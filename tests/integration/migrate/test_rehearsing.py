"""What a rehearsal sees: locks, rewritten tables, differences, and what data was lost on the way back."""

from collections.abc import Iterator

import pytest

from fix_migrate import comparisons, end, migration, rehearsed, statements
from fix_server import Running, fresh_database
from pgassay.model.migrate import Outcome
from pgassay.pg.connection import Connection, connect
from versions import VERSIONS

SHOP = """
create table maker (id int primary key, name text);
create table item (id int primary key, maker_id int, name varchar(20), price numeric, notes json);
create view named as select id, name from item;
insert into maker values (1, 'a'), (2, 'b');
insert into item select n, 1 + n % 2, 'item ' || n, n * 1.5, '{"a": 1}' from generate_series(1, 50) as n;
create policy reading on item for select using (id > 10);
alter table item enable row level security;
"""


@pytest.fixture(params=VERSIONS)
def shop(request: pytest.FixtureRequest, running: Running) -> Iterator[Connection]:
    with fresh_database(running(request.param)) as target, connect(target) as connection:
        connection.execute(SHOP)
        yield connection


def test_locks_and_rewritten_tables_are_seen(shop: Connection) -> None:
    up = """alter table item add column kind text;
    alter table item alter price type double precision;
    alter table item add foreign key (maker_id) references maker (id);
    create table fresh (id int);
    select count(*) from maker;
    do $$ begin execute 'truncate maker cascade'; end $$;"""

    found = statements(rehearsed(shop, migration(up)), "up")

    locks = [[(each.relation, each.mode) for each in one.locks or ()] for one in found]
    assert locks == [
        [("public.item", "AccessExclusiveLock")],
        [],
        [("public.maker", "ShareRowExclusiveLock")],
        [],
        [],
        [("public.maker", "AccessExclusiveLock")],
    ]
    assert [one.rewritten for one in found][:5] == [(), ("public.item",), (), (), ()]
    # item has had a new file in this transaction already, which is emptied in its place.
    assert found[5].rewritten == ("public.maker",)


@pytest.mark.parametrize(
    ("up", "down", "told"),
    [
        ("drop policy reading on item;", "select 1;", "policy public.item.reading"),
        (
            "drop policy reading on item;",
            "create policy reading on item for select using (true);",
            "policy public.item.reading",
        ),
        ("alter table item disable row level security;", "select 1;", "table public.item"),
        ("drop view named;", "create view named as select id, name from item where true;", ""),
        ("grant select (name) on item to public;", "select 1;", "column public.item.name"),
        ("create index item_name on item (name);", "select 1;", "index public.item_name"),
        ("alter table item drop column kind;", "select 1;", ""),
    ],
)
def test_what_does_not_come_back_is_named(shop: Connection, up: str, down: str, told: str) -> None:
    shop.execute("alter table item add column kind text")
    events = rehearsed(shop, migration(up, down))
    named = {each.subject for found in comparisons(events) for each in found.differences}

    if told:
        assert told in named
    assert (end(events).outcome is Outcome.SUCCEEDED) is (not named)


@pytest.mark.parametrize(
    ("up", "down", "lost"),
    [
        (
            "alter table item drop column price;",
            "alter table item add column price numeric;",
            "public.item has other values than before: price",
        ),
        ("delete from item where id > 40;", "select 1;", "public.item had 50 rows and has 40"),
        ("truncate maker;", "select 1;", "public.maker had 2 rows and has 0"),
        (
            "update item set name = upper(name);",
            "update item set name = initcap(name);",
            "public.item has other values than before: name",
        ),
        (
            "update item set maker_id = 3 - maker_id;",
            "select 1;",
            "public.item has other values than before: which values belong together",
        ),
    ],
)
def test_lost_data_is_named(shop: Connection, up: str, down: str, lost: str) -> None:
    events = rehearsed(shop, migration(up, down))

    assert end(events).outcome is Outcome.RED
    assert [each.sentence for each in comparisons(events)[0].lost] == [lost]


@pytest.mark.parametrize(
    ("up", "down"),
    [
        ("alter table item add column kind text default 'x';", "alter table item drop column kind;"),
        ("update item set name = 'x' where false;", "select 1;"),
        (
            "alter table item alter name type text;",
            "drop view named; alter table item alter name type varchar(20);",
        ),
        ("create table more as select * from item;", "drop table more;"),
        ("alter table item rename price to cost;", "alter table item rename cost to price;"),
        ("delete from maker; insert into maker values (2, 'b'), (1, 'a');", "select 1;"),
    ],
)
def test_data_that_comes_back_is_no_loss(shop: Connection, up: str, down: str) -> None:
    shop.execute("drop view named")
    down = down.replace("drop view named; ", "")

    events = rehearsed(shop, migration(up, down))

    assert [each.lost for each in comparisons(events)] == [(), ()]
    assert end(events).outcome is Outcome.SUCCEEDED


def test_a_reason_makes_a_loss_right_but_not_a_difference(shop: Connection) -> None:
    lossy = migration("alter table item drop column price;", "alter table item add column price numeric;")
    assert end(rehearsed(shop, lossy, irreversible="nobody reads it")).outcome is Outcome.SUCCEEDED

    wrong = migration("create table left_behind (id int);", "select 1;")
    assert end(rehearsed(shop, wrong, irreversible="nobody reads it")).outcome is Outcome.RED


def test_without_data_only_catalogs_are_compared(shop: Connection) -> None:
    events = rehearsed(shop, migration("truncate maker;", "select 1;"), with_data=False)

    assert [each.tables for each in comparisons(events)] == [0, 0]
    assert end(events).outcome is Outcome.SUCCEEDED


def test_the_way_back_is_tried_from_every_part(shop: Connection) -> None:
    up = """alter table item add column kind text;
    create index concurrently item_kind on item (kind);
    select 1;"""
    good = "drop index if exists item_kind; alter table item drop column if exists kind;"
    naive = "drop index item_kind; alter table item drop column kind;"

    events = rehearsed(shop, migration(up, good))
    assert end(events).outcome is Outcome.SUCCEEDED
    assert len(comparisons(events)) == 4

    shop.execute(good)
    events = rehearsed(shop, migration(up, naive))
    assert end(events).outcome is Outcome.RED
    assert 'index "item_kind" does not exist' in end(events).sentence


def test_a_way_up_that_fails_the_second_time_is_red(shop: Connection) -> None:
    once = migration("create type mood as enum ('sad');", "select 1;")
    assert end(rehearsed(shop, once)).outcome is Outcome.RED


def test_a_statement_that_fails_is_named_with_its_line(shop: Connection) -> None:
    events = rehearsed(shop, migration("select 1;\n\nselect nothing;", "select 1;"))
    assert end(events).outcome is Outcome.RED
    assert end(events).sentence.startswith('001_change.sql:3: column "nothing" does not exist')
