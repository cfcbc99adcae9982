"""Reads the fingerprint of a database: every kind of object that a migration can change, in one exchange.

Each file in ``sql`` gives one family of objects as rows of kind, name and text; a new family is a new file.
What belongs to an extension is left out, since its version says it all. Data is not part of it, and neither
are the values of sequences: no rollback sets those back.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files

from psycopg import Connection, RawCursor
from psycopg.errors import Error
from psycopg.rows import TupleRow

from pgassay.model.errors import Unavailable
from pgassay.model.fingerprint import Entry, Fingerprint, fingerprint_of
from pgassay.pg.connection import reason
from pgassay.pg.query import Query, load, major_version

OURS = ("prod_test_schema", "performance_monitoring", "pgassay_migrations", "supabase_migrations")
"""Schemas that hold what is remembered of migrations and runs, not what they are about."""
_PACKAGE = "pgassay.pg.catalog"
_PRINTED_ALIKE = (
    "set local search_path = ''; set local timezone = 'UTC'; set local datestyle = 'ISO, YMD';"
    " set local intervalstyle = 'postgres'; set local extra_float_digits = 1; set local bytea_output = 'hex';"
    " set local quote_all_identifiers = off; set local standard_conforming_strings = on;"
    " set local lc_monetary = 'C'; set local transform_null_equals = off"
)
"""A role or a database may set these as it likes, and definitions hold constants: bounds of partitions."""


def fingerprint(connection: Connection[TupleRow], *, ignored: tuple[str, ...] = OURS) -> Fingerprint:
    """Read the catalogs, without the schemas that are ``ignored``: by default what is pgassay's own there.

    In an open transaction it sees what that did, and waits for none of its locks; it leaves the transaction
    as it was. Anywhere else, definitions of objects that another session has locked exclusively are waited
    for, as long as the session's ``lock_timeout`` allows.

    Raises:
        Unavailable: the catalogs cannot be read.
    """
    major = major_version(connection)
    try:
        if ignored == OURS:
            ignored = (*OURS, *_with_pgtap(connection, major))
        with _undone(connection), connection.pipeline():
            cursors = [_ask(connection, load(_PACKAGE, name, major=major), ignored) for name in _families()]
            entries = [
                Entry(kind=kind, name=name, text=text or "")
                for cursor in cursors
                for kind, name, text in cursor.fetchall()
            ]
    except Error as error:
        raise Unavailable(f"The catalogs cannot be read: {reason(str(error))}") from error
    return fingerprint_of(entries)


def _with_pgtap(connection: Connection[TupleRow], major: int) -> list[str]:
    """Give the schemas that a run of tests made for pgTAP."""
    return [name for (name,) in _ask(connection, load("pgassay.pg", "own_pgtap", major=major), ()).fetchall()]


def _ask(connection: Connection[TupleRow], query: Query, ignored: tuple[str, ...]) -> RawCursor[TupleRow]:
    cursor = RawCursor(connection)
    cursor.execute(query.text.encode(), [list(ignored)] if query.parameters else None)
    return cursor


@contextmanager
def _undone(connection: Connection[TupleRow]) -> Iterator[None]:
    """Print names with their schemas, and constants in one way, until the block is left."""
    with connection.transaction(force_rollback=True):
        connection.execute(_PRINTED_ALIKE)
        yield


@cache
def _families() -> tuple[str, ...]:
    found = files(_PACKAGE).joinpath("sql").iterdir()
    return tuple(sorted({each.name.split(".")[0] for each in found if each.name.endswith(".sql")}))
