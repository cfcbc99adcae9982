"""The watchdog's connection: it asks the server, and another thread can give it up when no answer comes."""

from contextlib import suppress
from typing import Any

from pgassay.model.errors import Unavailable
from pgassay.pg.clock import monotonic
from pgassay.pg.connection import Connection, break_off, connect, reason
from pgassay.pg.query import load, major_version, rows
from pgassay.pg.target import Target
from pgassay.suite.safety.limits import IDLE_SESSION_MS

APPLICATION = "pgassay watchdog"
ANSWER_S = 6.0
"""So long an answer is waited for."""
_PACKAGE = "pgassay.suite.safety"


class Lookout:
    """A connection of its own; nothing that a file does can change it.

    Raises:
        Unavailable: the target cannot be reached.
    """

    def __init__(self, target: Target) -> None:
        self._asked_at: float | None = None
        self._connection = connect(target, application=APPLICATION)
        try:
            if self._is_direct():
                self._settle()
        except Connection.Error as error:
            self._connection.close()
            raise Unavailable(f"The watchdog cannot look: {reason(str(error))}") from error

    def rows(self, name: str, **values: object) -> list[tuple[Any, ...]]:
        """Ask a query of this package. Raises Connection.Error, also when it was given up."""
        query = load(_PACKAGE, name, major=major_version(self._connection))
        self._asked_at = monotonic()
        try:
            return rows(self._connection, query, **values)
        finally:
            self._asked_at = None

    def end(self, pid: int) -> None:
        """End a session. Raises Connection.Error."""
        self._connection.execute("select pg_catalog.pg_terminate_backend(%s)", [pid])

    def give_up_if_late(self) -> bool:
        """Whether an answer is due for too long; then whoever waits for it gets an error. From any thread."""
        asked_at = self._asked_at
        if asked_at is None or monotonic() - asked_at <= ANSWER_S:
            return False
        with suppress(Connection.Error):
            break_off(self._connection.fileno())
        return True

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _is_direct(self) -> bool:
        """Whether the session is this connection's alone, and not one that a pooler lends to it."""
        found = self._connection.execute("select pg_catalog.pg_backend_pid()").fetchone()
        return found == (self._connection.info.backend_pid,)

    def _settle(self) -> None:
        """Let the server plan each query once, and end the session when it is not heard of any more.

        To plan a query takes several times as long as to answer it, and a plan that is made for any list of
        processes is the same as for a certain one.
        """
        self._connection.execute("set plan_cache_mode = force_generic_plan")
        self._connection.prepare_threshold = 0
        self._connection.execute(f"set idle_session_timeout = {IDLE_SESSION_MS}".encode())
