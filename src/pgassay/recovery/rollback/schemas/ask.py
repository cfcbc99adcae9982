"""Asks this way's named questions."""

from typing import Any

from pgassay.pg.connection import Connection
from pgassay.pg.query import load, major_version, rows


def ask(connection: Connection, query: str, /, **values: object) -> list[tuple[Any, ...]]:
    """Run ``sql/QUERY.sql`` and give its rows."""
    found = load("pgassay.recovery.rollback.schemas", query, major=major_version(connection))
    return rows(connection, found, **values)
