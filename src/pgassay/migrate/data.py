"""The content of tables as hashes, so that what was lost between two moments can be named.

Every row of every table is read, in one snapshot: this is for copies.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pgassay.migrate.history import ask
from pgassay.model.errors import Unavailable
from pgassay.model.rehearsal import TableChange
from pgassay.pg.catalog.fingerprint import OURS
from pgassay.pg.connection import Connection, reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a table holds: rows, a hash of them all, and one a column."""

    rows: int
    whole: str
    columns: Mapping[str, str]


def read_contents(connection: Connection) -> Mapping[str, Content]:
    """Read all tables.

    Raises:
        Unavailable: one cannot be read.
    """
    try:
        with connection.transaction():
            connection.execute("set transaction isolation level repeatable read, read only")
            connection.execute("set local statement_timeout = 0")
            return {
                name: _content(connection, columns, query)
                for name, columns, query in ask(connection, "content_queries", ignored=list(OURS))
            }
    except Connection.Error as error:
        raise Unavailable(f"The tables of the copy cannot be read: {reason(str(error))}") from error


def lost(before: Mapping[str, Content], after: Mapping[str, Content]) -> tuple[TableChange, ...]:
    """Name the tables whose content is not what it was. A table that is new has lost nothing."""
    changes = (_change(name, each, after.get(name)) for name, each in sorted(before.items()))
    return tuple(each for each in changes if each is not None)


def _content(connection: Connection, columns: list[str], query: str) -> Content:
    ((rows, whole, hashes),) = connection.execute(query.encode()).fetchall()
    return Content(rows=rows, whole=whole, columns=dict(zip(columns, hashes, strict=True)))


def _change(table: str, before: Content, after: Content | None) -> TableChange | None:
    if after is None:
        return TableChange(table=table, rows_before=before.rows, rows_after=None)
    other = tuple(name for name, sum_ in before.columns.items() if after.columns.get(name) != sum_)
    same_columns = before.columns.keys() == after.columns.keys()
    if not other and before.rows == after.rows and (before.whole == after.whole or not same_columns):
        return None
    return TableChange(table=table, rows_before=before.rows, rows_after=after.rows, columns=other)
