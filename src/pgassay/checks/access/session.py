"""The session in which everything is tried: one transaction a relation, one savepoint a statement.

Statements go out many at a time. Becoming somebody and doing something are two messages of one batch: where
the first fails, the transaction is aborted, so that the second is never done as whoever connected.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from pgassay.model.errors import Unavailable
from pgassay.model.identity import Identity
from pgassay.model.message import ServerMessage
from pgassay.pg.connection import sql
from pgassay.pg.query import load
from pgassay.pg.reply import Reply
from pgassay.pg.wire import Wire, WireError

Row = tuple[str | None, ...]
_PACKAGE = "pgassay.checks.access"
_BATCH = 400
_UNDO = "rollback to savepoint pgassay"
_REPLICA = "set local session_replication_role = replica"
SAMPLE = "pgassay.sample"
"""The setting that the policies of a limited statement read: the places of rows, as an array of tid."""


class Failed(Exception):
    """The server refused a question of our own."""

    def __init__(self, message: ServerMessage) -> None:
        super().__init__(message.message)
        self.message = message


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """A statement to try as somebody. ``sample`` are places of rows, ``before`` is done first, as ourselves.

    ``unguarded``: without triggers and foreign keys. ``after`` is done behind it: then what counts is the
    answer to the last of these.
    """

    statement: str
    identity: Identity
    sample: str = "{}"
    before: str = ""
    unguarded: bool = False
    after: tuple[str, ...] = ()


class Session:
    """A connection on which things are tried. ``statement_ms`` and ``lock_ms`` bound each statement."""

    def __init__(self, wire: Wire, *, statement_ms: int, lock_ms: int) -> None:
        self._wire = wire
        self._limits = {
            "statement_timeout": f"{statement_ms}ms",
            "lock_timeout": f"{lock_ms}ms",
            "idle_in_transaction_session_timeout": "60s",
            "row_security": "on",
            "client_min_messages": "error",
        }

    @property
    def major(self) -> int:
        """The server's major version."""
        return self._wire.version // 10_000

    def ask(self, name: str, **values: str) -> list[Row]:
        """Run a named query; parameters are texts.

        Raises:
            Unavailable: the server does not answer it.
        """
        query = load(_PACKAGE, name, major=self.major)
        try:
            return self.rows(query.text, *(values[each] for each in query.parameters))
        except Failed as error:
            raise Unavailable(f"The catalogs cannot be read: {error.message.message}") from error

    def rows(self, statement: str, *parameters: str) -> list[Row]:
        """Run a statement of our own.

        Raises:
            Failed: the server refuses it.
            Unavailable: the connection is lost.
        """
        try:
            replies = list(self._wire.ask_alone(statement, *parameters))
        except WireError as error:
            raise _lost(error) from error
        for reply in replies:
            if reply.error is not None:
                raise Failed(reply.error)
        return [row for reply in replies for row in reply.rows]

    @contextmanager
    def transaction(self, *, read_only: bool = False) -> Iterator[None]:
        """Open a transaction with our limits; undo it, whatever happens.

        Raises:
            Failed, Unavailable: it cannot be opened, or undone.
        """
        self.rows("begin isolation level repeatable read read only" if read_only else "begin")
        try:
            pairs = (
                sql.SQL("pg_catalog.set_config({}, {}, true)").format(name, value)
                for name, value in self._limits.items()
            )
            self.rows(sql.SQL("select {}").format(sql.SQL(", ").join(pairs)).as_string())
            self.rows("savepoint pgassay")
            yield
        finally:
            self.rows("rollback")

    def keep(self) -> None:
        """Make what was done so far in this transaction the state that tries are undone to."""
        self.rows("release savepoint pgassay")
        self.rows("savepoint pgassay")

    def undo(self) -> None:
        """Undo what was done since then."""
        self.rows(_UNDO)

    def tries(self, tries: Sequence[Try]) -> list[Reply]:
        """Try statements, each undone before the next; give what the server said to each.

        Raises:
            Unavailable: the connection is lost.
        """
        replies: list[Reply] = []
        for start in range(0, len(tries), _BATCH):
            replies += self._batch(tries[start : start + _BATCH])
        return replies

    def _batch(self, tries: Sequence[Try]) -> list[Reply]:
        groups = [_messages(each) for each in tries]
        try:
            self._wire.post(tuple(message for group in groups for message in group))
            said = iter(self._wire.collect())
        except WireError as error:
            raise _lost(error) from error
        replies = []
        for group in groups:
            answers = [next(said) for _ in group]
            failed = next((each for each in answers if each.error is not None), None)
            replies.append(failed or answers[-2])
        return replies


def become(identity: Identity, sample: str = "{}") -> str:
    """Give the statement that makes the session somebody's, as PostgREST does, until the transaction ends."""
    pairs = [(SAMPLE, sample), ("request.jwt.claims", identity.claims), *identity.settings]
    if identity.claims:
        pairs += [("request.jwt.claim.sub", identity.subject), ("request.jwt.claim.role", identity.role)]
    pairs.append(("role", identity.role))
    calls = (
        sql.SQL("pg_catalog.set_config({}, {}, true)").format(sql.Literal(name), sql.Literal(value))
        for name, value in pairs
    )
    return sql.SQL("select {}").format(sql.SQL(", ").join(calls)).as_string()


def array(values: Sequence[str]) -> str:
    """Write texts as an array's text."""
    quoted = ('"' + each.replace("\\", "\\\\").replace('"', '\\"') + '"' for each in values)
    return "{" + ",".join(quoted) + "}"


def _messages(wanted: Try) -> tuple[str, ...]:
    first = (wanted.before, _REPLICA if wanted.unguarded else "")
    prelude = tuple(each for each in first if each)
    return (*prelude, become(wanted.identity, wanted.sample), wanted.statement, *wanted.after, _UNDO)


def _lost(error: WireError) -> Unavailable:
    return Unavailable(f"The connection was lost while access was tried: {error}")
