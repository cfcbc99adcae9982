"""Writes the schema of the store, as it is in a database, as SQL: every object once, in a fixed order.

The text serves twice. It is committed as ``src/pgassay/store/schema.sql``, for people who want to see
the tables as a whole; and two databases have the same schema exactly if their texts are equal. After a
new migration, write it anew with the conninfo of an empty database:

    python tests/store_schema.py CONNINFO > src/pgassay/store/schema.sql
"""

import sys
from pathlib import Path

from pgassay.pg.connection import Connection, connect
from pgassay.pg.query import parse_query, rows
from pgassay.pg.target import parse_target
from pgassay.store.schema import install

_HEADER = "-- The whole schema of the store, generated from its migrations. Do not edit: add a migration.\n"
_SCHEMAS = ["prod_test_schema", "performance_monitoring"]
_PARTS = Path(__file__).parent / "migration" / "schema_text"


def schema_text(connection: Connection) -> str:
    """Give the store's schema in that database as statements that make it anew."""
    texts = [_HEADER]
    with connection.transaction():
        connection.execute("set local search_path = ''")
        for part in sorted(_PARTS.iterdir()):
            query = parse_query(part.read_text("utf-8"), name=part.stem)
            found = rows(connection, query, schemas=_SCHEMAS)
            texts.append("\n".join(str(text) for (text,) in found) + "\n")
    return "\n".join(texts)


if __name__ == "__main__":
    with connect(parse_target(sys.argv[1])) as opened:
        install(opened)
        sys.stdout.write(schema_text(opened))
