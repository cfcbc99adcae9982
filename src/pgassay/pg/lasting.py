"""Whether a connection keeps its session of the server: behind a pooler in transaction mode it does not.

What is set in a session or locked by it goes to whoever gets it next there, and is not heeded by the next
transaction of one's own.
"""

from contextlib import suppress

import psycopg
from psycopg import Connection
from psycopg.conninfo import make_conninfo
from psycopg.rows import TupleRow

from pgassay.model.errors import Unavailable
from pgassay.pg.connection import connect
from pgassay.pg.target import Target

_OF_TRANSACTIONS = 6543
_LOOKS = 3


def need_session(connection: Connection[TupleRow], *, subject: str) -> None:
    """Let pass whoever keeps the session; the connection must be in no transaction. ``subject`` needs it.

    Raises:
        Unavailable: a pooler gives each transaction another session.
    """
    if not _keeps_session(connection):
        raise Unavailable(
            f"{subject} needs a session that lasts, and a pooler gives each transaction another one.",
            remedy="Connect to the server itself, or to a port of the pooler in session mode (on Supabase "
            "5432 instead of 6543).",
        )


def _keeps_session(connection: Connection[TupleRow]) -> bool:
    """Tell by a second connection: it gets the session of the first where sessions are shared."""
    ours = _process(connection)
    if ours == connection.info.backend_pid:  # a pooler gives out numbers of its own
        return True
    if connection.info.port == _OF_TRANSACTIONS:
        return False
    with suppress(Unavailable, psycopg.Error), connect(_again(connection)) as second:
        for _ in range(_LOOKS):
            with second.transaction():
                theirs = _process(second)
                if theirs == ours or _process(connection) != ours:
                    return False
    return True


def _process(connection: Connection[TupleRow]) -> int:
    row = connection.execute("select pg_catalog.pg_backend_pid()").fetchone()
    assert row is not None
    return int(row[0])


def _again(connection: Connection[TupleRow]) -> Target:
    conninfo = make_conninfo(connection.info.dsn, password=connection.info.password or None)
    return Target(name="again", conninfo=conninfo)
