"""The statements about one row, which is found by its key; none says what to do and why."""

from pgassay.pg.connection import Connection, sql
from pgassay.store.cleanup.registry import Home


def is_there(connection: Connection, home: Home, key: str) -> bool:
    """Whether the row is there."""
    query = _about(sql.SQL("select from {} as t where t.{} = %s::{}"), home)
    return bool(connection.execute(query, [key]).fetchall())


def lock(connection: Connection, home: Home, key: str) -> bool:
    """Lock the row, so that none can begin to refer to it; whether it is there."""
    query = _about(sql.SQL("select from {} as t where t.{} = %s::{} for update"), home)
    return bool(connection.execute(query, [key]).fetchall())


def place_of(connection: Connection, home: Home, key: str) -> int:
    """Give the number of the table that the row is really in: a partition, perhaps."""
    query = _about(sql.SQL("select t.tableoid::bigint from {} as t where t.{} = %s::{}"), home)
    row = connection.execute(query, [key]).fetchone()
    return int(row[0]) if row is not None else home.oid


def delete(connection: Connection, home: Home, key: str) -> bool:
    """Delete the row; whether the server did."""
    query = _about(sql.SQL("delete from {} as t where t.{} = %s::{}"), home)
    return connection.execute(query, [key]).rowcount > 0


def null(connection: Connection, home: Home, key: str, *, columns: tuple[str, ...]) -> bool:
    """Make columns of the row nothing; whether the server did."""
    nulls = sql.SQL(", ").join(sql.SQL("{} = null").format(sql.Identifier(name)) for name in columns)
    query = sql.SQL("update {} as t set {} where t.{} = %s::{}").format(
        home.table, nulls, sql.Identifier(home.key_column), home.type
    )
    return connection.execute(query, [key]).rowcount > 0


def _about(query: sql.SQL, home: Home) -> sql.Composed:
    return query.format(home.table, sql.Identifier(home.key_column), home.type)
