"""Reads from the catalogs what hazards are judged by."""

from pgassay.migrate.hazard import Facts
from pgassay.migrate.history import ask
from pgassay.pg.connection import Connection


def read_facts(connection: Connection) -> Facts:
    """Read the estimated rows of all tables, and the types of their columns."""
    return Facts(
        rows={(schema, name): rows for schema, name, rows in ask(connection, "table_rows")},
        types={
            (schema, table, column): type_ for schema, table, column, type_ in ask(connection, "column_types")
        },
    )
