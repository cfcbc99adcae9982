"""Asks this way's named questions, and executes what the server wrote."""

from typing import Any

from pgassay.pg.connection import Connection
from pgassay.pg.query import load, major_version, rows


def ask(connection: Connection, query: str, /, **values: object) -> list[tuple[Any, ...]]:
    """Run ``sql/QUERY.sql`` and give its rows."""
    found = load("pgassay.recovery.rollback.schemas", query, major=major_version(connection))
    return rows(connection, found, **values)


def execute(connection: Connection, statement: str) -> None:
    """Execute a statement that the server has written, in the encoding that the session has."""
    connection.execute(statement.encode(connection.info.encoding))
