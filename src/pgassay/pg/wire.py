"""One warm libpq connection, driven without ever blocking the interpreter.

This is what test files run over. Statements go out either one message at a time, as psql sends them,
or pipelined: many in flight, one result each, nothing after an error executed (the server skips
everything up to the next Sync, which is what ``ON_ERROR_STOP`` means). What to send how is decided by
:mod:`pgassay.suite`; here is only the traffic.

libpq's ``PQgetResult`` waits while holding the interpreter's lock, so it is asked only once
``PQisBusy`` says that a whole result is there.
"""

import selectors
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

import psycopg
from psycopg import pq
from psycopg.conninfo import make_conninfo

from pgassay.model.message import ServerMessage
from pgassay.pg.backend import ABOUT, LocalProcess, find_process, told
from pgassay.pg.clock import monotonic
from pgassay.pg.connection import break_off, unreachable
from pgassay.pg.reply import Reply, Status, Transaction, read_message, read_reply
from pgassay.pg.target import Target

CLIENT_VERSION = pq.version()
"""libpq's own version as a number: 180001 for 18.1."""
_CONNECT_TIMEOUT_S = 10
_GRACE_S = 2.0
_CANCEL_S = 2.0
_TERMINATE = """
select pg_catalog.pg_terminate_backend(pid)
from pg_catalog.pg_stat_activity
where pid = %s and application_name like 'pgassay%%'
"""
"""Behind a pooler the number is not the server's, and must not hit anybody else."""


class WireError(Exception):
    """Root of what can go wrong on the wire below the level of a statement."""


class ConnectionLost(WireError):
    """The server went away in the middle of the conversation."""


class DeadlineReached(WireError):
    """The server did not answer before the deadline; the statement may still be running."""


class Wire:
    """A connection on which statements run one after the other.

    ``deadline`` (seconds on the monotonic clock, ``None`` for never) bounds every wait. After
    :class:`DeadlineReached` the caller may :meth:`give_up` the running statement and go on. ``pooled``
    is whether a pooler is in between, whose sessions are not ours alone; see :meth:`find_pooler`, which also
    finds ``process``, the server's, where that runs on this machine, and whether the role that logged in
    may ask what the session holds in memory (``shows_memory``).
    """

    def __init__(self, connection: "psycopg.Connection[tuple[object, ...]]", target: Target) -> None:
        self.target = target
        self.deadline: float | None = None
        self.pooled = False
        self.process: LocalProcess | None = None
        self.shows_memory = False
        self.on_notice: Callable[[ServerMessage], None] | None = None
        self._owner = connection
        self._pg = connection.pgconn
        self._pg.nonblocking = 1
        self._pg.notice_handler = self._noticed
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._pg.socket, selectors.EVENT_READ)
        self._writing = False
        self._syncs = 0

    @classmethod
    def connect(cls, target: Target, *, application: str, options: str = "") -> "Wire":
        """Open a connection. ``options`` are command-line options for the server, as in PGOPTIONS.

        Raises:
            Unavailable: the server cannot be reached, or refuses.
        """
        options = f"{target.options} {options}" if options else ""
        conninfo = make_conninfo(
            target.conninfo,
            application_name=application,
            connect_timeout=_CONNECT_TIMEOUT_S,
            client_encoding="UTF8",
            **({"options": options} if options else {}),
        )
        try:
            connection = psycopg.connect(conninfo, autocommit=True)
        except psycopg.Error as error:
            raise unreachable(target, str(error)) from error
        return cls(connection, target)

    # What is known without asking the server.

    @property
    def transaction(self) -> Transaction:
        """Where the session stands, as of the last complete answer."""
        return Transaction(self._pg.transaction_status)

    @property
    def usable(self) -> bool:
        """Whether the connection still stands."""
        return bool(self._pg.status == pq.ConnStatus.OK)

    @property
    def idle(self) -> bool:
        """Whether the server waits for us, and nothing of the conversation is outstanding."""
        return self.usable and self.transaction not in (Transaction.ACTIVE, Transaction.UNKNOWN)

    @property
    def backend_pid(self) -> int:
        """The server process's id."""
        return self._pg.backend_pid

    @property
    def encrypted(self) -> bool:
        """Whether TLS is used as far as the next hop, a pooler or the server."""
        return bool(self._pg.ssl_in_use)

    def parameter(self, name: str) -> str:
        """A value that the server reports by itself (``server_version``, ``client_encoding``, …)."""
        return (self._pg.parameter_status(name.encode()) or b"").decode()

    @property
    def version(self) -> int:
        """The server's version as a number: 150004 for 15.4."""
        return self._pg.server_version

    @property
    def conforming_strings(self) -> bool:
        """Whether a backslash in plain quotes is just a backslash."""
        return self.parameter("standard_conforming_strings") == "on"

    @property
    def identity(self) -> dict[str, str]:
        """psql's variables that say what the session is connected to."""
        pairs = {"DBNAME": self._pg.db, "USER": self._pg.user, "HOST": self._pg.host, "PORT": self._pg.port}
        return {name: value.decode() for name, value in pairs.items()}

    def find_pooler(self) -> None:
        """Find out whether a pooler is in between: it gives out process ids that are not the server's."""
        reply, *about = self.run(f"select pg_catalog.pg_backend_pid(); {ABOUT}")
        self.pooled = reply.error is None and reply.rows[0][0] != str(self.backend_pid)
        if not self.pooled and about and about[-1].error is None:
            said = told(self.backend_pid, about[-1].rows[0])
            self.process, self.shows_memory = find_process(self._pg.socket, said), said.shows_memory

    # One message at a time.

    def ask(self, sql: str) -> Iterator[Reply]:
        """Send one simple-protocol message and yield its results as they come.

        After a reply with ``COPY_IN`` the caller must :meth:`put_copy` before it asks for the next; after
        ``COPY_OUT`` it must read :meth:`copy_rows` to the end.
        """
        self._send(lambda: self._pg.send_query(sql.encode()))
        while (result := self._next_result()) is not None:
            yield read_reply(result)

    def ask_alone(self, sql: str, *parameters: str) -> Iterator[Reply]:
        """Send one statement by the extended protocol and yield what :meth:`ask` would.

        A second statement in the text is an error there, and never executed. ``parameters`` stand for
        ``$1`` and so on.
        """
        values = [each.encode() for each in parameters] or None
        self._send(lambda: self._pg.send_query_params(sql.encode(), values))
        while (result := self._next_result()) is not None:
            yield read_reply(result)

    def run(self, sql: str) -> tuple[Reply, ...]:
        """Send one simple-protocol message and give all its results."""
        return tuple(self.ask(sql))

    def put_copy(self, data: str) -> None:
        """Give the server the data that it is waiting for."""
        if data:
            self._pg.put_copy_data(data.encode())
            self._flush()
        self._pg.put_copy_end()
        self._flush()

    def refuse_copy(self, reason: str) -> None:
        """Tell the server that the data will not come."""
        self._pg.put_copy_end(reason.encode())
        self._flush()

    def copy_rows(self) -> Iterator[str]:
        """Yield the lines that the server copies out, each with its line end."""
        while True:
            size, data = self._pg.get_copy_data(1)
            if size == -1:
                return
            if size == 0:
                self._wait()
                self._pg.consume_input()
            else:
                yield bytes(data).decode(errors="replace")

    # Many in flight.

    def enter_pipeline(self) -> None:
        """From here on, statements are queued and answered in order."""
        self._pg.enter_pipeline_mode()

    def queue(self, sql: str, *parameters: str) -> None:
        """Put a statement on its way without waiting; ``parameters`` stand for ``$1`` and so on."""
        self._pg.send_query_params(sql.encode(), [each.encode() for each in parameters] or None)

    def push(self) -> None:
        """Ask the server to send what it has as soon as it has worked through what was queued so far."""
        self._pg.send_flush_request()
        self._flush()

    def sync(self) -> None:
        """End the pipeline: after an error, the server listens again from here on."""
        self._pg.pipeline_sync()
        self._syncs += 1
        self._flush()

    def next_reply(self) -> Reply:
        """Wait for the reply to the oldest statement in flight; ``PIPELINE_SYNC`` closes a pipeline."""
        while (result := self._next_result()) is None:
            # In a pipeline, libpq marks the end of each statement's results with a null; where the
            # connection is gone, nothing but nulls is to come.
            if not self.usable:
                raise ConnectionLost("the server closed the connection unexpectedly")
        reply = read_reply(result)
        self._syncs -= reply.status == Status.PIPELINE_SYNC
        return reply

    def exit_pipeline(self) -> None:
        """Leave pipeline mode, once ``PIPELINE_SYNC`` was seen."""
        self._pg.exit_pipeline_mode()

    def post(self, statements: Sequence[str | tuple[str, ...]]) -> None:
        """Send statements, each for itself, and wait for nothing; :meth:`collect` must come next.

        A statement with parameters is a tuple: its text, and then a value for each of ``$1`` and so on.
        """
        try:
            self.enter_pipeline()
            for each in statements:
                self.queue(*((each,) if isinstance(each, str) else each))
                self._pg.pipeline_sync()
                self._syncs += 1
        except psycopg.Error as error:
            raise self._lost(error) from error
        self._flush()

    def collect(self) -> tuple[Reply, ...]:
        """Wait for the replies to what was posted, one for each statement."""
        return tuple(self.replies())

    def replies(self) -> Iterator[Reply]:
        """Like :meth:`collect`, but give each as it comes; to be read to the end."""
        while self._syncs:
            reply = self.next_reply()
            if reply.status != Status.PIPELINE_SYNC:
                yield reply
        self.exit_pipeline()

    # The end.

    def cancel(self) -> None:
        """Ask the server to cancel what it is doing. May be called from another thread."""
        with suppress(psycopg.Error):
            self._owner.cancel_safe(timeout=_CANCEL_S)

    def break_off(self) -> None:
        """Break the connection, from another thread: whoever waits for the server gets ``ConnectionLost``."""
        if self.usable:
            break_off(self._pg.socket)

    def give_up(self) -> bool:
        """Cancel the running statement and wait a little; whether the connection can be used again."""
        if not self.usable:
            return False
        self.cancel()
        self.deadline = monotonic() + _GRACE_S
        try:
            self._drain()
        except (WireError, psycopg.Error):
            return False
        finally:
            self.deadline = None
        return True

    def terminate(self) -> None:
        """End the session from outside, for a statement that no cancel stops, and close."""
        conninfo = make_conninfo(self.target.conninfo, connect_timeout=_CONNECT_TIMEOUT_S)
        with suppress(psycopg.Error), psycopg.connect(conninfo, autocommit=True) as other:
            other.execute(_TERMINATE, [self.backend_pid])
        self.close()

    def close(self) -> None:
        """Close the connection; the server rolls back what was open."""
        if self.process is not None:
            self.process.close()
        self._selector.close()
        self._owner.close()

    def _drain(self) -> None:
        if self._pg.pipeline_status != pq.PipelineStatus.OFF:
            if not self._syncs:
                self.sync()
            while self._syncs:
                self.next_reply()
            self.exit_pipeline()
            return
        while (result := self._next_result()) is not None:
            if result.status == Status.COPY_IN:
                self.refuse_copy("cancelled")
            elif result.status == Status.COPY_OUT:
                deque(self.copy_rows(), maxlen=0)

    def _send(self, send: Callable[[], None]) -> None:
        try:
            send()
        except psycopg.Error as error:
            raise self._lost(error) from error
        self._flush()

    def _flush(self) -> None:
        """Send all that is queued, reading meanwhile so that the server never waits for us."""
        try:
            while self._pg.flush() == 1:
                readable = self._wait(writing=True)
                if readable:
                    self._pg.consume_input()
        except psycopg.Error as error:
            raise self._lost(error) from error

    def _next_result(self) -> pq.abc.PGresult | None:
        try:
            while self._pg.is_busy():
                self._wait()
                self._pg.consume_input()
            return self._pg.get_result()
        except psycopg.Error as error:
            raise self._lost(error) from error

    def _lost(self, error: psycopg.Error) -> ConnectionLost:
        """Say why the connection ended: in the server's last words, if there are any left to read."""
        with suppress(psycopg.Error):
            while (result := self._pg.get_result()) is not None:
                if result.error_field(pq.DiagnosticField.SQLSTATE):
                    return ConnectionLost(str(read_message(result)))
        return ConnectionLost(str(error))

    def _wait(self, *, writing: bool = False) -> bool:
        if writing != self._writing:
            mask = selectors.EVENT_READ | (selectors.EVENT_WRITE if writing else 0)
            self._selector.modify(self._pg.socket, mask)
            self._writing = writing
        patience = None if self.deadline is None else self.deadline - monotonic()
        if patience is not None and patience <= 0:
            raise DeadlineReached
        ready = self._selector.select(patience)
        if not ready:
            raise DeadlineReached
        return bool(ready[0][1] & selectors.EVENT_READ)

    def _noticed(self, result: pq.abc.PGresult) -> None:
        if self.on_notice is not None:
            self.on_notice(read_message(result))
