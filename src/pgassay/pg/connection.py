"""Opens connections for pgassay's own queries (the store, catalog look-ups, clones).

Test files do not run through here but over :mod:`pgassay.pg.wire`.
"""

import os
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg
from psycopg import Connection, IsolationLevel, sql

from pgassay.model.errors import Unavailable
from pgassay.pg.target import Target

__all__ = ["Connection", "break_off", "connect", "reason", "sql"]

_CONNECT_TIMEOUT_S = 10


def connect(
    target: Target, *, application: str = "pgassay", timeout_s: int = _CONNECT_TIMEOUT_S
) -> Connection:
    """Open an autocommit connection.

    Raises:
        Unavailable: the server cannot be reached, or refuses; the sentence says why.
    """
    try:
        connection = psycopg.connect(
            target.conninfo,
            autocommit=True,
            application_name=application,
            connect_timeout=timeout_s,
            # PGCLIENTENCODING or the database may say otherwise, and then not every name could be read.
            client_encoding="UTF8",
        )
    except psycopg.Error as error:
        raise unreachable(target, str(error)) from error
    connection.prepare_threshold = None  # transaction poolers lose prepared statements
    return connection


def break_off(descriptor: int) -> None:
    """Break a connection's socket, from another thread: whoever waits for an answer on it gets an error."""
    with suppress(OSError), socket.socket(fileno=os.dup(descriptor)) as line:
        line.shutdown(socket.SHUT_RDWR)


@contextmanager
def one_snapshot(connection: Connection) -> Iterator[None]:
    """Let each transaction that begins in here see the database as it is at one moment."""
    connection.isolation_level = IsolationLevel.REPEATABLE_READ
    try:
        yield
    finally:
        if not connection.closed:
            connection.isolation_level = None


def unreachable(target: Target, message: str) -> Unavailable:
    """Turn libpq's words about a failed connection into our error."""
    return Unavailable(
        f"Cannot connect to {target.shown or 'the default server'}: {reason(message)}",
        remedy="Check host, port, role and database; `psql` with the same settings gives the same answer.",
    )


# Where in a statement the server found something: the statement is our own, or shown by whoever sent it.
_QUOTED = re.compile(r"^LINE \d+: .*\n *\^ *$", re.MULTILINE)


def reason(message: str) -> str:
    """Give libpq's message as one line, without what it repeats, what it quotes, and any password."""
    lines = [line.strip() for line in _QUOTED.sub("", message).splitlines() if line.strip()]
    text = "; ".join(dict.fromkeys(lines))
    text = re.sub(r"(?i)(password\s*=\s*)('[^']*'|\S+)", r"\1***", text)
    return re.sub(r"(://[^:/@\s]+):[^@/\s]+@", r"\1:***@", text)
