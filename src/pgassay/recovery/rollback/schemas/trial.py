"""Somewhere to try what only the server can say: a schema that is gone when the trial is over."""

from collections.abc import Iterator
from contextlib import contextmanager

from pgassay.pg.connection import Connection, sql

_SOMEWHERE = "pgassay_anywhere"


@contextmanager
def trial(connection: Connection) -> Iterator[str]:
    """Give the name of a fresh schema; whatever is done in the block is undone with it."""
    with connection.transaction(force_rollback=True):
        connection.execute(sql.SQL("create schema {}").format(sql.Identifier(_SOMEWHERE)))
        yield _SOMEWHERE
