"""A copy on a server of our own: the same catalogs, and the same rows or none."""

import pytest

from fix_server import fresh_database
from pgassay.model.errors import Unavailable
from pgassay.pg.catalog.fingerprint import fingerprint
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect
from pgassay.pg.copy import copy_elsewhere
from pgassay.pg.query import major_version
from pgassay.pg.target import Target
from pgassay.pg.template import transfer

MADE = """
do $$ begin create role copied_reader; exception when duplicate_object then null; end $$;
create schema shop;
create table shop.item (id int primary key, name text);
insert into shop.item select n, 'item ' || n from generate_series(1, 100) as n;
grant usage on schema shop to copied_reader;
grant select (name) on shop.item to copied_reader;
alter table shop.item enable row level security;
create policy reading on shop.item for select to copied_reader using (id > 50);
"""


@pytest.fixture
def shop(database: Target) -> Target:
    with connect(database) as connection:
        connection.execute(MADE)
        name = connection.info.dbname
        connection.execute(f"alter database {name} set search_path = shop, public".encode())
    return database


def test_the_catalogs_are_the_same(shop: Target) -> None:
    with copy_elsewhere(shop) as copy, connect(copy.target) as there, connect(shop) as here:
        if major_version(there) != major_version(here):
            pytest.skip("no server of that version is installed for the copy")
        assert copy.lacking == ()
        assert fingerprint(there) == fingerprint(here)
        assert there.execute("show search_path").fetchall() == here.execute("show search_path").fetchall()


def test_rows_come_along_or_not(shop: Target) -> None:
    for data, rows in ((True, 100), (False, 0)):
        with copy_elsewhere(shop, data=data) as copy, connect(copy.target) as there:
            assert there.execute("select count(*) from shop.item").fetchall() == [(rows,)]


@pytest.mark.pg("< 17")
def test_newer_programs_restore_into_an_older_server(shop: Target, server: Server) -> None:
    """What they set first is not known there, and nothing hangs on it."""
    with fresh_database(server) as there:
        assert transfer(shop, there, major=18) == ()
        with connect(there) as connection:
            assert connection.execute("select count(*) from shop.item").fetchall() == [(100,)]
    with fresh_database(server) as there:
        with connect(there) as connection:
            connection.execute("create schema shop; create table shop.item ()")
        with pytest.raises(Unavailable, match="already exists"):
            transfer(shop, there, major=18)


@pytest.mark.pg("< 18")
def test_what_cannot_be_restored_is_said_and_left_out(shop: Target, server18: Server) -> None:
    """The embedded server has no pgcrypto."""
    with connect(shop) as connection:
        connection.execute("create extension pgcrypto")
        major = major_version(connection)
    with fresh_database(server18) as there:
        found = transfer(shop, there, major=major, strict=False)
        assert any("pgcrypto" in each for each in found)
        with connect(there) as connection:
            assert connection.execute("select count(*) from shop.item").fetchall() == [(100,)]
    with fresh_database(server18) as there, pytest.raises(Unavailable, match="pgcrypto"):
        transfer(shop, there, major=major)
