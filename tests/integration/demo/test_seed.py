"""The CRM example's seed: as many rows as asked for, and the same ones on every server."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import pgassay
from fix_server import fresh_database
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect, sql
from pgassay.pg.target import Target
from pgassay.suite.load import ScriptFailed, load_scripts

HOME = Path(pgassay.__file__).parent / "demo"
TABLES = [
    "audit_log",
    "contact_tags",
    "contacts",
    "interactions",
    "memberships",
    "opportunities",
    "opportunity_products",
    "opportunity_stage_history",
    "organization_tags",
    "organizations",
    "products",
    "tags",
    "team_members",
    "teams",
    "tenants",
]


@contextmanager
def crm(server: Server, *, scale: int) -> Iterator[Target]:
    """A database with the whole example in it."""
    with fresh_database(server) as target:
        scripts = (
            *sorted((HOME / "bootstrap").glob("*.sql")),
            *sorted((HOME / "migrations").glob("*.up.sql")),
            HOME / "seed.sql",
        )
        load_scripts(target, scripts, {"scale": str(scale)})
        yield target


def checksums(target: Target) -> dict[str, tuple[int, str]]:
    """For each table the number of rows and a checksum of their text, whatever their order."""
    query = sql.SQL(
        "select count(*), md5(string_agg(h, '' order by h)) from (select md5(t::text) h from {} t) x"
    )
    with connect(target) as connection:
        connection.execute("set timezone to 'UTC'")
        found = {}
        for table in TABLES:
            row = connection.execute(query.format(sql.Identifier("crm", table))).fetchone()
            assert row is not None
            found[table] = (int(row[0]), str(row[1]))
    return found


@pytest.mark.parametrize("scale", [1, 3])
def test_the_scale_is_thousands_of_contacts(server18: Server, scale: int) -> None:
    with crm(server18, scale=scale) as target:
        found = checksums(target)
    assert found["contacts"][0] == 1000 * scale
    assert [table for table, (rows, _) in found.items() if rows == 0] == ["audit_log"]


def test_two_versions_of_postgresql_grow_the_same_rows(server15: Server, server18: Server) -> None:
    with crm(server15, scale=2) as older, crm(server18, scale=2) as newer:
        assert checksums(older) == checksums(newer)


def test_the_indexes_and_triggers_are_back_afterwards(server18: Server) -> None:
    query = """
        with ours as (select oid from pg_class where relnamespace = 'crm'::regnamespace)
        select
            (select count(*) from pg_index where indrelid in (select oid from ours)),
            (select count(*) from pg_trigger where tgrelid in (select oid from ours) and tgenabled = 'O')
    """
    with fresh_database(server18) as target:
        scripts = (
            *sorted((HOME / "bootstrap").glob("*.sql")),
            *sorted((HOME / "migrations").glob("*.up.sql")),
        )
        load_scripts(target, scripts, {})
        with connect(target) as connection:
            before = connection.execute(query).fetchone()
        load_scripts(target, (HOME / "seed.sql",), {"scale": "1"})
        with connect(target) as connection:
            assert connection.execute(query).fetchone() == before


def test_a_second_seed_is_refused_and_changes_nothing(server18: Server) -> None:
    with crm(server18, scale=1) as target:
        before = checksums(target)
        with pytest.raises(ScriptFailed, match="tenants_slug_key|tenants_pkey"):
            load_scripts(target, (HOME / "seed.sql",), {"scale": "1"})
        assert checksums(target) == before
