"""The one way in which the store talks to its database: short transactions with limited patience.

Settings hold for the transaction only, so a connection comes back as it was lent, and a transaction
pooler may sit in between. What a server refuses becomes an error that says what to do. What to read or
write is up to the callers.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pgassay.model.errors import Unavailable
from pgassay.pg import query
from pgassay.pg.connection import Connection, reason, sql

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long the store may wait: for a lock, and for a statement, in milliseconds."""

    lock_ms: int = 2_000
    statement_ms: int = 30_000


class Unstorable(Unavailable):
    """The database is there, but it does not take these very values."""


class Transaction:
    """An open transaction: runs the store's named statements."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def run(self, name: str, /, **parameters: object) -> list[Row]:
        """Execute ``sql/NAME.sql`` and give its rows, none for a statement that returns none."""
        return query.rows(self.connection, self._named(name), **parameters)

    def copy(self, name: str, rows: Iterable[Row]) -> None:
        """Send rows to the table that the COPY statement in ``sql/NAME.sql`` names."""
        statement = self._named(name).text.encode()
        with self.connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)

    def _named(self, name: str) -> query.Query:
        return query.load("pgassay.store", name, major=query.major_version(self.connection))


@contextmanager
def transaction(connection: Connection, patience: Patience | None = None) -> Iterator[Transaction]:
    """Open a transaction with the store's manners.

    Raises:
        Unavailable: the store is not there, or does not let us; the remedy is a command.
    """
    given = patience or Patience()
    place = _place(connection)
    try:
        with connection.transaction():
            opened = Transaction(connection)
            opened.run(
                "session",
                lock_timeout=f"{given.lock_ms}ms",
                statement_timeout=f"{given.statement_ms}ms",
            )
            yield opened
    except Connection.Error as error:
        raise _explained(error, place) from error


@dataclass(frozen=True, slots=True)
class _Place:
    """Names for messages, taken while the connection still works; ``role`` is a quoted identifier."""

    database: str
    role: str


def _place(connection: Connection) -> _Place:
    if connection.closed:
        raise Unavailable("The connection to the store is closed.")
    info = connection.info
    return _Place(info.dbname, sql.Identifier(info.user).as_string(connection))


def _explained(error: Exception, place: _Place) -> Unavailable:
    state = getattr(error, "sqlstate", None) or ""
    if state in ("42P01", "42703", "3F000"):
        return not_installed(place.database)
    if state == "42501":
        return Unavailable(
            f"The role {place.role} may not use the store in database {place.database}: {reason(str(error))}",
            remedy=_grants(place.role),
        )
    if state[:2] in ("22", "23", "54"):
        return Unstorable(
            f"The store in database {place.database} does not take a value: {reason(str(error))}"
        )
    sentence, remedy = _SENTENCES.get(state, ("The store in database {} failed", ""))
    return Unavailable(f"{sentence.format(place.database)}: {reason(str(error))}", remedy=remedy)


def not_installed(database: str) -> Unavailable:
    """Give the error for a database without a store, or with one that lacks something."""
    return Unavailable(
        f"The database {database} has no store of pgassay, or an older one.", remedy="pgassay store install"
    )


def _grants(role: str) -> str:
    schemas = "prod_test_schema, performance_monitoring"
    return (
        f"grant usage on schema {schemas} to {role}; "
        f"grant select, insert, update, delete on all tables in schema {schemas} to {role};"
    )


_SENTENCES = {
    "55P03": (
        "A table of the store in database {} is locked by another session",
        "Try again; pg_blocking_pids() names the session that holds the lock.",
    ),
    "57014": ("The store in database {} did not answer in time", "Try again when the server is less busy."),
    "25006": (
        "The store in database {} is read-only",
        "Put the store on a primary: [store] url in pgassay.toml.",
    ),
}
