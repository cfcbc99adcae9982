"""The one session that a swap of schemas is done in, and its one transaction.

Whatever ends it before its commit, a kill or a lost connection too, leaves the database as it was.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event

from pgassay.pg.cancel import cancelled_by
from pgassay.pg.connection import Connection, connect
from pgassay.pg.patience import Patience
from pgassay.pg.target import Target
from pgassay.recovery.rollback.ground import APPLICATION
from pgassay.recovery.rollback.schemas.ask import ask

_STOPPED = "300s"
_WHERE_KNOWN = (
    "set local client_connection_check_interval = '2s'",  # not on every system
    "set local transaction_timeout = 0",  # since PostgreSQL 17
)
"""Who is killed leaves no long statement running, and a long transaction is not ended by a time limit."""


@contextmanager
def one_transaction(target: Target, *, lock_timeout_s: float, stop: Event) -> Iterator[Connection]:
    """Begin a transaction, which is rolled back unless it is committed inside of the block.

    A statement that is running when the user asks for an end is cancelled.

    Raises:
        Unavailable: the server cannot be reached.
    """
    connection = connect(target, application=APPLICATION)
    try:
        connection.execute("begin")
        ask(connection, "limits", lock_timeout=milliseconds(lock_timeout_s), idle="0")
        for each in _WHERE_KNOWN:
            with suppress(Connection.DatabaseError), connection.transaction():
                connection.execute(each)
        with cancelled_by(connection, stop):
            yield connection
    finally:
        connection.close()


def let_others_wait(connection: Connection, patience: Patience) -> None:
    """Set the limits of the last moments, in which others may have to wait for us."""
    ask(connection, "last_limits", lock_timeout=milliseconds(patience.lock_timeout_s))


def keep_others_waiting(connection: Connection, lock_timeout_s: float) -> None:
    """Set the limits of a long work that others wait for: who is stopped lets go of everything some day."""
    ask(connection, "limits", lock_timeout=milliseconds(lock_timeout_s), idle=_STOPPED)


def milliseconds(seconds: float) -> str:
    """Give a time as the server's settings take it."""
    return f"{max(1, round(seconds * 1000))}ms"
