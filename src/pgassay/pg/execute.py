"""Runs one statement of a user's script over a connection, and says what the server answered as a value.

For scripts that change a schema. Test files run over :mod:`pgassay.pg.wire`, which pipelines them.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import Connection
from psycopg.errors import Diagnostic
from psycopg.rows import TupleRow

from pgassay.model.message import ServerMessage
from pgassay.pg.connection import reason

_LOST = "08006"


class Rejected(Exception):
    """The server did not do it. ``lost``: nobody knows whether it did, because the connection ended."""

    def __init__(self, message: ServerMessage, *, lost: bool = False) -> None:
        super().__init__(message.message)
        self.message = message
        self.lost = lost


def execute(connection: Connection[TupleRow], text: str, *, data: str | None = None) -> str:
    """Run a statement, with ``data`` for a COPY from standard input; give its command tag.

    Raises:
        Rejected: the server refuses, or went away.
    """
    try:
        with connection.cursor() as cursor:
            if data is None:
                cursor.execute(text.encode())
            else:
                with cursor.copy(text.encode()) as copy:
                    copy.write(data)
            return cursor.statusmessage or ""
    except psycopg.Error as error:
        lost = connection.closed or error.sqlstate is None
        raise Rejected(_message(error), lost=lost) from error


@contextmanager
def hearing(connection: Connection[TupleRow]) -> Iterator[list[ServerMessage]]:
    """Collect what the server says besides results, until the block is left."""
    heard: list[ServerMessage] = []

    def hear(diagnostic: Diagnostic) -> None:
        heard.append(_read(diagnostic))

    connection.add_notice_handler(hear)
    try:
        yield heard
    finally:
        connection.remove_notice_handler(hear)


def _message(error: psycopg.Error) -> ServerMessage:
    if error.sqlstate is None:
        return ServerMessage(severity="FATAL", sqlstate=_LOST, message=reason(str(error)))
    return _read(error.diag)


def _read(diagnostic: Diagnostic) -> ServerMessage:
    return ServerMessage(
        severity=diagnostic.severity_nonlocalized or "ERROR",
        sqlstate=diagnostic.sqlstate or "",
        message=diagnostic.message_primary or "",
        detail=diagnostic.message_detail or "",
        hint=diagnostic.message_hint or "",
        context=diagnostic.context or "",
        position=int(diagnostic.statement_position or 0),
    )
