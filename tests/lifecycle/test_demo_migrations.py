"""Every migration of the example: there, back to exactly where it was, and there again."""

from collections.abc import Iterator

import pytest

from fix_migrate import comparisons, end, rehearsed, statements
from fix_server import fresh_database
from pgassay.flows.demo.run import HOME
from pgassay.migrate.discover import discover
from pgassay.migrate.recognize import format_of
from pgassay.model.migrate import Outcome
from pgassay.pg.cluster import Server
from pgassay.pg.connection import Connection, connect
from pgassay.suite.load import load_scripts

FOLDER = HOME / "migrations"


@pytest.fixture
def empty(server: Server) -> Iterator[Connection]:
    """A database that has what Supabase brings along, and nothing of the example."""
    with fresh_database(server) as target:
        load_scripts(target, tuple(sorted((HOME / "bootstrap").glob("*.sql"))), {})
        with connect(target) as connection:
            yield connection


@pytest.mark.pg(">= 15")
def test_each_comes_back_to_where_it_was(empty: Connection) -> None:
    migrations = discover(FOLDER, format_of(FOLDER, wanted="auto"))
    assert len(migrations) == len(list(FOLDER.glob("*.up.sql")))

    for each in migrations:
        events = rehearsed(empty, each)

        assert end(events).outcome is Outcome.SUCCEEDED, (each.label, end(events).sentence)
        assert [found.differences for found in comparisons(events)] == [(), ()], each.label
        assert len(statements(events, "up")) == len(statements(events, "up again")), each.label
        assert end(events).changes != (), each.label


def test_without_its_last_line_a_rollback_is_told_apart(empty: Connection) -> None:
    """What the proof is worth: any statement of a rollback left out, it turns red."""
    first = discover(FOLDER, format_of(FOLDER, wanted="auto"))[0]
    assert first.down is not None
    lines = first.down.text.rstrip().splitlines()
    shortened = type(first.down)(path=first.down.path, sha256="0" * 64, text="\n".join(lines[:-1]))

    events = rehearsed(
        empty, type(first)(version=first.version, name=first.name, up=first.up, down=shortened)
    )

    assert end(events).outcome is Outcome.RED
    assert "schema crm" in [each.subject for found in comparisons(events) for each in found.differences]
