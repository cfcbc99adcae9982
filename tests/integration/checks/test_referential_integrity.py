"""What no example can show of the check of all foreign keys: other roles, and its limits."""

from collections.abc import Iterator

import pytest

from check_runs import ask_area
from fix_health import settings_of
from pgassay.model.check import Area, CheckResult, Level
from pgassay.pg.connection import connect
from pgassay.pg.target import Target

SHOP = """
create schema shop;
create table shop.customer (id int primary key, owner text);
create table shop.invoice (id int primary key, customer_id int references shop.customer);
create table shop.letter (id int primary key, customer_id int references shop.customer);
insert into shop.customer values (1, 'somebody else');
insert into shop.invoice values (1, 1);
alter table shop.customer enable row level security;
create policy own on shop.customer using (owner = current_user);
"""


@pytest.fixture
def shop(database: Target) -> Iterator[Target]:
    """A shop whose customers are hidden from a role that may read them; every foreign key holds."""
    with connect(database) as connection:
        connection.execute(SHOP)
        connection.execute("create role reader login")
        connection.execute("grant usage on schema shop to reader")
        connection.execute("grant select on shop.customer, shop.invoice to reader")
    try:
        yield database
    finally:
        with connect(database) as connection:
            connection.execute("drop owned by reader")
            connection.execute("drop role reader")


def ask(target: Target, **parameters: object) -> CheckResult:
    settings = settings_of({"referential_integrity": parameters})
    return ask_area(target, Area.HEALTH, settings)["referential_integrity"]


def as_reader(shop: Target) -> dict[str, tuple[Level, str]]:
    findings = ask(shop.changed({"user": "reader"})).findings
    assert len({each.object for each in findings}) == len(findings)
    return {each.object: (each.level, each.detail) for each in findings}


def test_rows_that_are_hidden_are_not_taken_for_missing(shop: Target) -> None:
    found = as_reader(shop)

    assert found["shop.invoice.invoice_customer_id_fkey"] == (
        Level.NOT_VERIFIED,
        "row-level security hides rows of these tables from reader",
    )


def test_tables_that_may_not_be_read_are_not_verified(shop: Target) -> None:
    found = as_reader(shop)

    assert found["shop.letter.letter_customer_id_fkey"] == (
        Level.NOT_VERIFIED,
        "reader may not read both tables",
    )


def test_who_sees_all_rows_gets_an_answer(shop: Target) -> None:
    (found,) = ask(shop).findings

    assert (found.level, found.detail) == (Level.PASSED, "foreign keys that hold: 2")


def test_keys_that_would_fill_the_lock_table_are_left_out_and_said(shop: Target) -> None:
    result = ask(shop, lock_percent=0.1)  # of 64 locks for each of 60 sessions: 3, and one key needs 4

    details = {each.level: each.detail for each in result.findings}
    assert result.level is Level.NOT_VERIFIED
    assert details[Level.PASSED] == "foreign keys that hold: 0"
    assert details[Level.NOT_VERIFIED].endswith("more than 0.1 % of the lock table: 2")
