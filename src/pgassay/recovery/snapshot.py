"""Transactions that read a database as a whole: one that exports its snapshot, and others that share it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from pgassay.model.errors import Unavailable
from pgassay.pg.clone import maker
from pgassay.pg.connection import Connection, connect, reason, sql
from pgassay.pg.target import Target
from pgassay.recovery.ask import ask


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """An exported snapshot, which lasts as long as its transaction, the one of ``connection``."""

    connection: Connection
    id: str
    taken_at: datetime
    lsn: str


@contextmanager
def exported(target: Target, *, lock_timeout_s: float) -> Iterator[Snapshot]:
    """Begin a transaction that others can share the snapshot of.

    Raises:
        Unavailable: the server cannot be reached, or does not export snapshots.
    """
    with reading(target, lock_timeout_s=lock_timeout_s) as connection:
        try:
            ((number, taken_at, lsn),) = ask(connection, "export_snapshot")
        except Connection.Error as error:
            raise Unavailable(
                f"The server exports no snapshot: {reason(str(error))}",
                remedy="Connect to the server itself, or to a pooler in session mode.",
            ) from error
        yield Snapshot(connection=connection, id=number, taken_at=taken_at, lsn=lsn)


@contextmanager
def reading(target: Target, *, lock_timeout_s: float, snapshot: str | None = None) -> Iterator[Connection]:
    """Begin a transaction that only reads, in a snapshot of its own or in one that was exported.

    Raises:
        Unavailable: the server cannot be reached, or the snapshot is gone.
    """
    with connect(target, application=maker()) as connection:
        try:
            connection.execute("begin isolation level repeatable read, read only")
            if snapshot is not None:
                shared = sql.SQL("set transaction snapshot {}").format(sql.Literal(snapshot))
                connection.execute(shared)
            ask(connection, "session", lock_timeout=f"{max(1, round(lock_timeout_s * 1000))}ms")
        except Connection.Error as error:
            raise Unavailable(f"The snapshot cannot be read: {reason(str(error))}") from error
        yield connection
        connection.execute("rollback")
