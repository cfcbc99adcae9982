"""Which mutants a database has, and that the server takes every one of them."""

import re

import pytest

from fix_server import fresh_database
from pgassay.model.mutate import Mutant
from pgassay.mutate.catalogue import Catalogue, list_mutants
from pgassay.mutate.kinds import all_kinds
from pgassay.pg.cluster import Server
from pgassay.pg.connection import Connection, connect
from pgassay.pg.target import Target
from pgassay.store.schema import install
from repository import ROOT

SCHEMA = (ROOT / "tests/cases/mutate/every_kind.sql").read_text("utf-8")
pytestmark = pytest.mark.pg(">= 15")  # where views may read as their reader
REFUSED = {"drop_unique:app.owner.owner_pkey"}


@pytest.fixture
def target(pgtap_database: Target) -> Target:
    with connect(pgtap_database) as connection:
        connection.execute(SCHEMA.encode())
        install(connection)
    return pgtap_database


@pytest.fixture
def listed(target: Target) -> Catalogue:
    with connect(target) as connection:
        return list_mutants(connection)


def test_every_kind_finds_something(listed: Catalogue) -> None:
    assert {each.kind for each in listed.mutants} == {kind.name for kind in all_kinds()}


def test_ids_are_told_apart_and_say_what_is_meant(listed: Catalogue) -> None:
    ids = [each.id for each in listed.mutants]
    assert len(ids) == len(set(ids))
    assert {
        "drop_policy:app.note.own",
        'drop_policy:"Odd.Name"."Odd ""Table"""."p%"',
        'drop_unique:"Odd.Name"."Odd ""Table"""."odd key"',
        'drop_not_null:"Odd.Name"."Odd ""Table"""."Odd Column"',
        "revoke_table:app.note.select.mutate_reader",
        "revoke_column:app.note.body.update.mutate_reader",
        "grant_table:app.note.truncate",
        "grant_function:app.likes(integer,integer)",
        "change_default:app.note.mood",
        "turn_comparison:app.stamp()#1",
        "turn_comparison:app.likes(integer,integer)#2",
    } <= set(ids)


def test_nothing_of_pgtap_the_store_or_the_system_is_mutated(listed: Catalogue) -> None:
    places = {re.match(r'"?([A-Za-z_]+)', each.object) for each in listed.mutants}
    assert {place[1] for place in places if place} == {"app", "Odd"}


def test_the_server_takes_every_change(target: Target, listed: Catalogue) -> None:
    with connect(target) as connection:
        connection.execute("set search_path = ''")
        refused = {each.id: words for each in listed.mutants if (words := refusal(connection, each))}
    assert set(refused) == REFUSED, refused


def refusal(connection: Connection, mutant: Mutant) -> str:
    connection.execute("begin")
    try:
        connection.execute(mutant.ddl.encode())
    except Connection.Error as error:
        return str(error)
    finally:
        connection.execute("rollback")
    return ""


def test_every_change_changes_the_schema(target: Target, listed: Catalogue) -> None:
    """One that leaves all as it was could not be noticed by any test."""
    with connect(target) as connection:
        same = [
            each.id
            for each in listed.mutants
            if each.id not in REFUSED and unchanged(connection, each, listed)
        ]
    assert same == []


def unchanged(connection: Connection, mutant: Mutant, listed: Catalogue) -> bool:
    connection.execute("begin")
    try:
        connection.execute("set local search_path = ''")
        connection.execute(mutant.ddl.encode())
        return list_mutants(connection).fingerprint == listed.fingerprint
    finally:
        connection.execute("rollback")


def test_the_list_is_the_same_each_time_and_on_a_copy(
    server: Server, target: Target, listed: Catalogue
) -> None:
    with connect(target) as connection:
        again = list_mutants(connection)
        name = connection.info.dbname
    assert again == listed
    with fresh_database(server, template=name) as copy, connect(copy) as connection:
        assert list_mutants(connection) == listed


def test_what_a_mutant_is_met_on_is_named(listed: Catalogue) -> None:
    met = {each.id: {touched.name for touched in each.touching} for each in listed.mutants}
    assert met["drop_policy:app.note.own"] == {"app.note"}
    assert met["turn_comparison:app.stamp()#1"] == {"app.stamp()", "app.note"}
    assert met["run_view_as_owner:app.urgent"] >= {"app.note"}
    assert met["drop_domain_check:app.short.short_length"] == {"app.owner"}


def test_the_functions_beside_a_pgtap_of_no_schema_of_its_own_are_spared(
    server: Server, pgtap_template: str
) -> None:
    with fresh_database(server, template=pgtap_template) as target, connect(target) as connection:
        connection.execute("comment on schema pgtap is 'everybody''s'")
        connection.execute("create function pgtap.mine() returns boolean language sql return 1 = 1")
        connection.execute("create table pgtap.kept (id integer not null)")
        catalogue = list_mutants(connection)
        found = {each.id for each in catalogue.mutants}
        assert "drop_not_null:pgtap.kept.id" in found
        if is_extension(connection):
            assert catalogue.spared == ()
            functions = {each.object for each in catalogue.mutants if each.object.endswith(")")}
            assert functions == {"pgtap.mine()"}
        else:
            assert catalogue.spared == ("pgtap",)
            assert [each.id for each in catalogue.mutants if each.object.endswith(")")] == []


def is_extension(connection: Connection) -> bool:
    return bool(connection.execute("select 1 from pg_extension where extname = 'pgtap'").fetchall())
