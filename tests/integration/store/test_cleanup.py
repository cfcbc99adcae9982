"""What is registered is removed in the order of its foreign keys, and nothing else is touched."""

from collections.abc import Iterator
from threading import Thread
from uuid import UUID, uuid4

import pytest

from pgassay.model.cleanup import Cleanup, Fate
from pgassay.pg.connection import Connection, connect
from pgassay.pg.target import Target
from pgassay.store.cleanup.run import Extent, clean_up, hold
from pgassay.store.schema import install

SHOP = """
create schema shop;
create table shop.customer (id uuid primary key default gen_random_uuid(), name text not null);
create table shop.purchase (
    id bigint generated always as identity primary key,
    customer uuid not null references shop.customer (id)
);
create table shop.line (purchase bigint references shop.purchase (id) on delete cascade, number int,
    primary key (purchase, number));
create table shop.code (
    code text primary key,
    customer uuid references shop.customer (id) on delete set null
);
"""
ALICE, BOB = "00000000-0000-4000-8000-00000000000a", "00000000-0000-4000-8000-00000000000b"
PENDING = "select count(*) from prod_test_schema.prod_test_data_registry where cleaned_up_at is null"


@pytest.fixture
def shop(database: Target) -> Iterator[Connection]:
    with connect(database) as connection:
        install(connection)
        connection.execute(SHOP.encode())
        yield connection


def value(connection: Connection, query: str) -> object:
    found = connection.execute(query.encode()).fetchone()
    assert found is not None
    return found[0]


def elsewhere(shop: Connection, target: Target, *statements: str, run: UUID | None = None) -> None:
    """Commit what a test commits, from a session that is gone when this returns."""
    with connect(target) as session:
        if run is not None:
            session.execute("select set_config('pgassay.run', %s, false)", [str(run)])
        for each in statements:
            session.execute(each.encode())
        pid = session.info.backend_pid
    while value(shop, f"select count(*) from pg_stat_activity where pid = {pid}"):  # noqa: S608 - a number
        pass


def fates(done: Cleanup) -> list[tuple[str, str]]:
    return [(f"{each.entity.type} {each.entity.key}", each.fate.value) for each in done.rows]


def note(table: str, key: str, *more: str) -> str:
    words = ", ".join((f"'a test', '{table}', '{key}'", *more))
    return f"select prod_test_schema.register_test_entity({words})"


def row(table: str, *values: str) -> str:
    quoted = ", ".join(f"'{each}'" for each in values)
    return f"insert into {table} values ({quoted})"  # noqa: S608 - constants


def alice(*more: str) -> str:
    return f"{row('shop.customer', ALICE, 'Alice')}; {note('shop.customer', ALICE, *more)}"


ORDER = row("shop.purchase (customer)", ALICE)


def test_rows_go_in_the_order_of_their_foreign_keys(shop: Connection, database: Target) -> None:
    elsewhere(shop, database, alice(), ORDER, note("shop.purchase", "1"))

    done = clean_up(shop, Extent())

    assert fates(done) == [("shop.purchase 1", "removed"), (f"shop.customer {ALICE}", "removed")]
    assert (
        value(shop, "select (select count(*) from shop.customer) + (select count(*) from shop.purchase)") == 0
    )
    assert value(shop, PENDING) == 0


def test_a_second_cleanup_finds_nothing(shop: Connection, database: Target) -> None:
    elsewhere(shop, database, alice())
    clean_up(shop, Extent())

    assert clean_up(shop, Extent()).rows == ()


@pytest.mark.parametrize(
    ("statements", "keeper"),
    [
        ([ORDER], "shop.purchase 1"),
        ([row("shop.code", "X", ALICE)], "shop.code X"),
    ],
    ids=["a plain foreign key", "on delete set null"],
)
def test_a_row_that_others_refer_to_is_left_with_their_names(
    shop: Connection, database: Target, statements: list[str], keeper: str
) -> None:
    elsewhere(shop, database, alice(), *statements)

    (left,) = clean_up(shop, Extent()).rows

    assert left.fate is Fate.LEFT
    assert left.reason.startswith(f"{keeper} would go with it")
    assert value(shop, "select count(*) from shop.customer") == 1
    assert value(shop, "select count(*) from shop.code where customer is null") == 0
    assert value(shop, PENDING) == 1


def test_what_a_cascade_would_remove_silently_keeps_the_row(shop: Connection, database: Target) -> None:
    line = "insert into shop.line select 1, generate_series(1, 9)"
    elsewhere(shop, database, alice(), ORDER, line, note("shop.purchase", "1"))

    done = clean_up(shop, Extent())

    assert [each.fate for each in done.rows] == [Fate.LEFT, Fate.LEFT]
    assert done.rows[0].reason.startswith(
        "shop.line 1, 1, shop.line 1, 2, shop.line 1, 3, more of shop.line would"
    )
    assert done.rows[1].reason.startswith("shop.purchase 1 would")
    assert value(shop, "select count(*) from shop.line") == 9


def test_a_row_that_is_gone_is_noted(shop: Connection, database: Target) -> None:
    elsewhere(shop, database, alice(), "delete from shop.customer")

    assert [each.fate for each in clean_up(shop, Extent()).rows] == [Fate.GONE]
    assert value(shop, PENDING) == 0


def test_methods(shop: Connection, database: Target) -> None:
    codes = "insert into shop.code select unnest(array['keep', 'none', 'delete'])"
    notes = [note("shop.code", each, f"'{each}'") for each in ("keep", "none", "delete")]
    elsewhere(shop, database, codes, *notes)

    done = clean_up(shop, Extent())

    assert fates(done) == [
        ("shop.code keep", "kept"),
        ("shop.code none", "only noted"),
        ("shop.code delete", "removed"),
    ]
    assert value(shop, "select string_agg(code, ' ' order by code) from shop.code") == "keep none"
    assert value(shop, PENDING) == 1


def test_one_row_that_is_registered_twice_is_removed_once(shop: Connection, database: Target) -> None:
    elsewhere(shop, database, alice(), note("shop.customer", ALICE.upper()))

    assert [each.fate for each in clean_up(shop, Extent()).rows] == [Fate.REMOVED, Fate.GONE]
    assert value(shop, PENDING) == 0


def test_a_look_changes_nothing(shop: Connection, database: Target) -> None:
    bob = f"{row('shop.customer', BOB, 'Bob')}; {note('shop.customer', BOB)}"
    elsewhere(shop, database, alice(), bob, ORDER, row("shop.code", "X", BOB))
    elsewhere(shop, database, note("shop.purchase", "1"))

    done = clean_up(shop, Extent(dry=True))

    assert [(each.entity.key, each.fate) for each in done.rows] == [
        ("1", Fate.TO_REMOVE),
        (ALICE, Fate.TO_REMOVE),
        (BOB, Fate.LEFT),
    ]
    assert value(shop, "select count(*) from shop.customer") == 2
    assert value(shop, PENDING) == 3


CIRCLE = """
create table shop.hen (id int primary key, egg int{hen_null});
create table shop.egg (id int primary key, hen int{egg_null} references shop.hen (id){egg});
alter table shop.hen add constraint hen_egg foreign key (egg) references shop.egg (id){hen};
"""
HENS = (
    "set constraints all deferred; insert into shop.hen values (1{null}); insert into shop.egg values (1, 1);"
    " update shop.hen set egg = 1;"
)


@pytest.mark.parametrize(
    "hen",
    [" deferrable", " deferrable initially deferred", " on delete set null", " on delete cascade", ""],
    ids=["deferrable", "deferred", "set null", "cascade", "nullable"],
)
def test_a_circle_is_opened_where_it_can_be(shop: Connection, database: Target, hen: str) -> None:
    shop.execute(CIRCLE.format(hen=hen, egg="", hen_null="", egg_null=" not null").encode())
    both = note("shop.hen", "1"), note("shop.egg", "1")
    elsewhere(shop, database, f"begin; {HENS.format(null='')} commit", *both)

    done = clean_up(shop, Extent())

    assert {each.fate for each in done.rows} == {Fate.REMOVED}, done
    assert value(shop, "select (select count(*) from shop.hen) + (select count(*) from shop.egg)") == 0


def test_a_circle_that_nothing_opens_is_left_and_told(shop: Connection, database: Target) -> None:
    shop.execute(
        CIRCLE.format(hen=" deferrable", egg="", hen_null=" not null", egg_null=" not null").encode()
    )
    rows = (
        "set constraints all deferred; insert into shop.hen values (1, 1); insert into shop.egg values (1, 1)"
    )
    elsewhere(shop, database, f"begin; {rows}; commit", note("shop.hen", "1"), note("shop.egg", "1"))
    shop.execute("alter table shop.hen alter constraint hen_egg not deferrable")

    done = clean_up(shop, Extent())

    assert {each.fate for each in done.rows} == {Fate.LEFT}
    assert "shop.egg.egg_hen_fkey, shop.hen.hen_egg" in done.rows[0].reason
    assert value(shop, "select count(*) from shop.egg") == 1


def test_the_method_delete_opens_no_circle(shop: Connection, database: Target) -> None:
    shop.execute(CIRCLE.format(hen=" deferrable", egg="", hen_null="", egg_null="").encode())
    both = note("shop.hen", "1", "'DELETE'"), note("shop.egg", "1")
    elsewhere(shop, database, f"begin; {HENS.format(null='')} commit", *both)

    assert {each.fate for each in clean_up(shop, Extent()).rows} == {Fate.LEFT}
    assert value(shop, "select count(*) from shop.egg") == 1


def test_a_tree_goes_from_its_leaves(shop: Connection, database: Target) -> None:
    shop.execute("create table shop.node (id int primary key, above int references shop.node (id))")
    rows = "insert into shop.node values (1, null), (2, 1), (3, 2), (4, 4)"
    elsewhere(shop, database, rows, *(note("shop.node", str(number)) for number in (1, 2, 3, 4)))

    done = clean_up(shop, Extent())

    assert [each.entity.key for each in done.rows] == ["3", "2", "1", "4"]
    assert {each.fate for each in done.rows} == {Fate.REMOVED}


TRIGGER = """
create table shop.audit (id int primary key, what text);
insert into shop.audit values (1, 'old');
create function shop.act() returns trigger language plpgsql as $$ begin {body}; return {returned}; end $$;
create trigger act {timing} delete on shop.customer for each row execute function shop.act();
"""


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("delete from shop.audit", "a trigger would remove or change other rows, of shop.audit"),
        ("update shop.audit set what = 'new'", "a trigger would remove or change other rows, of shop.audit"),
        ("truncate shop.audit", "a trigger would empty shop.audit, or change its definition"),
        ("delete from shop.customer", "a trigger would remove or change other rows, of shop.customer"),
        ("raise 'no'", "no"),
    ],
)
def test_what_triggers_do_to_others_undoes_it_all(
    shop: Connection, database: Target, body: str, reason: str
) -> None:
    shop.execute(TRIGGER.format(body=body, timing="after", returned="null").encode())
    elsewhere(shop, database, row("shop.customer", BOB, "Bob"), alice())

    (left,) = clean_up(shop, Extent()).rows

    assert (left.fate, reason in left.reason) == (Fate.LEFT, True), left
    assert value(shop, "select string_agg(what, ' ') from shop.audit") == "old"
    assert value(shop, "select count(*) from shop.customer") == 2


def test_a_deferred_trigger_is_seen_too(shop: Connection, database: Target) -> None:
    late = TRIGGER.replace("create trigger act {timing}", "create constraint trigger act after").replace(
        "for each row", "deferrable initially deferred for each row"
    )
    shop.execute(late.format(body="delete from shop.audit", returned="null").encode())
    elsewhere(shop, database, alice())

    assert [each.fate for each in clean_up(shop, Extent()).rows] == [Fate.LEFT]
    assert value(shop, "select count(*) from shop.audit") == 1


def test_rows_that_a_trigger_adds_are_told(shop: Connection, database: Target) -> None:
    shop.execute(
        TRIGGER.format(
            body="insert into shop.audit values (2, 'x')", timing="after", returned="null"
        ).encode()
    )
    elsewhere(shop, database, alice())

    (left,) = clean_up(shop, Extent()).rows

    assert (left.fate, left.notes) == (Fate.REMOVED, ("a trigger added 1 to shop.audit",))


def test_a_trigger_that_keeps_the_row(shop: Connection, database: Target) -> None:
    shop.execute(TRIGGER.format(body="null", timing="before", returned="null").encode())
    elsewhere(shop, database, alice())

    (left,) = clean_up(shop, Extent()).rows

    assert (left.fate, left.reason) == (Fate.LEFT, "a trigger or a rule of its table keeps it")
    assert value(shop, PENDING) == 1


def test_a_row_that_somebody_has_locked_is_left_soon(shop: Connection, database: Target) -> None:
    elsewhere(shop, database, alice())
    with connect(database) as other, other.transaction():
        other.execute("select from shop.customer for update")
        (left,) = clean_up(shop, Extent(lock_ms=50)).rows

    assert (left.fate, "lock timeout" in left.reason) == (Fate.LEFT, True)
    assert [each.fate for each in clean_up(shop, Extent()).rows] == [Fate.REMOVED]


def test_what_a_living_session_registered_is_in_use(shop: Connection, database: Target) -> None:
    with connect(database) as session:
        session.execute(alice().encode())
        assert [each.fate for each in clean_up(shop, Extent()).rows] == [Fate.IN_USE]
    assert value(shop, "select count(*) from shop.customer") == 1


def test_what_a_living_run_registered_is_in_use_until_the_run_ends(
    shop: Connection, database: Target
) -> None:
    run = uuid4()
    elsewhere(shop, database, alice(), run=run)
    with connect(database) as runs:
        hold(runs, run)
        assert [each.fate for each in clean_up(shop, Extent()).rows] == [Fate.IN_USE]
        assert [each.fate for each in clean_up(shop, Extent(run=run)).rows] == [Fate.REMOVED]


def test_a_run_removes_what_dead_runs_left_and_nothing_that_a_person_registered(
    shop: Connection, database: Target
) -> None:
    elsewhere(shop, database, alice(), run=uuid4())
    elsewhere(shop, database, "insert into shop.code values ('mine')", note("shop.code", "mine"))

    assert fates(clean_up(shop, Extent(runs_only=True))) == [(f"shop.customer {ALICE}", "removed")]
    assert value(shop, "select count(*) from shop.code") == 1


def test_two_cleanups_at_once_take_turns(shop: Connection, database: Target) -> None:
    keys = [f"k{number}" for number in range(60)]
    rows = "insert into shop.code select 'k' || generate_series(0, 59)"
    elsewhere(shop, database, rows, *(note("shop.code", key) for key in keys))
    done: list[Cleanup] = []

    def work() -> None:
        with connect(database) as connection:
            done.append(clean_up(connection, Extent()))

    threads = [Thread(target=work) for _ in range(3)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert sorted(key for each in done for _, key in _removed(each)) == sorted(keys)
    assert value(shop, "select count(*) from shop.code") == 0


def _removed(done: Cleanup) -> list[tuple[str, str]]:
    return [(each.entity.type, each.entity.key) for each in done.rows if each.fate is Fate.REMOVED]


def test_partitions_and_what_refers_to_them(shop: Connection, database: Target) -> None:
    shop.execute(
        """
        create table shop.event (id int primary key, what text) partition by range (id);
        create table shop.event_1 partition of shop.event for values from (0) to (100);
        create table shop.event_2 partition of shop.event for values from (100) to (200);
        create table shop.seen (event int primary key references shop.event (id)) partition by hash (event);
        create table shop.seen_1 partition of shop.seen for values with (modulus 1, remainder 0);
        """
    )
    rows = "insert into shop.event values (1), (2), (150); insert into shop.seen values (1), (150)"
    notes = [note("shop.event", "1"), note("shop.event_2", "150"), note("shop.event_1", "2")]
    elsewhere(shop, database, rows, *notes, note("shop.seen_1", "150"))

    done = clean_up(shop, Extent())

    assert sorted(fates(done)) == [
        ("shop.event 1", "left"),
        ("shop.event_1 2", "removed"),
        ("shop.event_2 150", "removed"),
        ("shop.seen_1 150", "removed"),
    ]
    assert value(shop, "select string_agg(id::text, ' ') from shop.event") == "1"


@pytest.mark.parametrize("registered", [True, False])
def test_a_partition_is_kept_by_what_refers_to_the_whole(
    shop: Connection, database: Target, registered: bool
) -> None:
    shop.execute(
        """
        create table shop.event (id int primary key) partition by range (id);
        create table shop.event_1 partition of shop.event for values from (0) to (100);
        create table shop.seen (event int primary key references shop.event (id) on delete cascade);
        """
    )
    rows = "insert into shop.event values (1); insert into shop.seen values (1)"
    more = [note("shop.seen", "1")] if registered else []
    elsewhere(shop, database, rows, note("shop.event_1", "1"), *more)

    done = clean_up(shop, Extent())

    assert done.count(Fate.LEFT) == (0 if registered else 1)
    assert value(shop, "select count(*) from shop.seen") == (0 if registered else 1)


def test_rows_that_a_policy_hides_are_not_taken_for_gone(shop: Connection, database: Target) -> None:
    elsewhere(shop, database, alice())
    shop.execute("alter table shop.customer enable row level security, force row level security")
    shop.execute("drop role if exists cleaner")
    shop.execute("create role cleaner")
    try:
        shop.execute(
            """
            grant usage on schema shop, prod_test_schema to cleaner;
            grant all on all tables in schema shop, prod_test_schema to cleaner;
            set role cleaner;
            """
        )
        (left,) = clean_up(shop, Extent()).rows
        assert (left.fate, "row-level security" in left.reason) == (Fate.LEFT, True), left
    finally:
        shop.execute("reset role; drop owned by cleaner; drop role cleaner")


def test_registering_is_no_way_to_remove_what_one_may_not_remove(shop: Connection, database: Target) -> None:
    shop.execute("drop role if exists tester")
    shop.execute("create role tester")
    try:
        shop.execute(
            """
            grant usage on schema shop, prod_test_schema to tester;
            grant select on all tables in schema shop to tester;
            grant select, insert on all tables in schema prod_test_schema to tester;
            """
        )
        shop.execute(row("shop.customer", ALICE, "Alice").encode())
        elsewhere(shop, database, "set role tester", note("shop.customer", ALICE))
        (left,) = clean_up(shop, Extent()).rows
        assert left.reason == "shop.customer is closed to DELETE for tester, the role that registered it"
    finally:
        shop.execute("drop owned by tester; drop role tester")
    assert [each.fate for each in clean_up(shop, Extent()).rows] == [Fate.LEFT]
    assert value(shop, "select count(*) from shop.customer") == 1


def test_a_table_that_is_gone_is_told(shop: Connection, database: Target) -> None:
    elsewhere(shop, database, "insert into shop.code values ('X')", note("shop.code", "X"))
    shop.execute("drop table shop.code")

    (left,) = clean_up(shop, Extent()).rows

    assert left.reason.startswith("there is no table shop.code any more")
