"""Where an operation of several steps is written down while it goes on, by the sink that knows its events.

The engine goes on only when an event was taken, so what is read here after a kill is where it was. That an
operation begins must be written, or it does not begin; what fails later is a warning, once.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

from pgassay.model.errors import PgassayError
from pgassay.pg.connection import Connection
from pgassay.pg.lasting import need_session
from pgassay.store.journal import LOCKED, run_lock
from pgassay.store.schema import opened
from pgassay.store.session import Transaction, transaction
from pgassay.store.values import Cleaner, cleaner

Warn = Callable[[str, str], None]


class Logbook:
    """Of one operation. The connection is its alone, and says by a lock that the process lives.

    ``clean`` makes a text fit for this store.
    """

    def __init__(self, connection: Connection, warn: Warn) -> None:
        self._connection = connection
        self._complain = warning_once(warn)
        self.clean: Cleaner = cleaner(connection.info.parameter_status("server_encoding") or "")

    @contextmanager
    def opened(self, identity: UUID) -> Iterator[Transaction]:
        """Take the lock, and begin the transaction that writes the first entry.

        Raises:
            Unavailable: it cannot be written, or the lock would not hold.
        """
        need_session(self._connection, subject=LOCKED)
        with transaction(self._connection) as begun:
            begun.run("hold_run_lock", run_lock=run_lock(identity))
        with opened(self._connection) as begun:
            yield begun

    def write(self, entry: Callable[[Transaction], None]) -> None:
        """Have one entry written, before anything further happens."""
        try:
            with opened(self._connection) as begun:
                entry(begun)
        except (PgassayError, Connection.Error) as error:
            self._complain(error)


def warning_once(warn: Warn) -> Callable[[Exception], None]:
    """Give what says of the first error that it is told that an operation is not wholly recorded."""
    told: list[Exception] = []

    def complain(error: Exception) -> None:
        if not told:
            sentence = error.sentence if isinstance(error, PgassayError) else str(error)
            warn(f"The operation is not wholly recorded: {sentence}", "pgassay store status")
            told.append(error)

    return complain
