"""Gives one database the name of another, which is set aside, in one transaction.

The first rename takes the lock that everybody needs who connects, and waits a few seconds for those who
are in. They are ended meanwhile, from another connection; who comes now waits for the end of the transaction,
and then finds the other database. So nothing has to be forbidden beforehand, and whoever is killed at any
moment leaves both databases as they were, and open.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Event, Thread

from pgassay.model.errors import PgassayError, Unavailable
from pgassay.pg.clock import monotonic, pause
from pgassay.pg.connection import Connection, connect, reason, sql
from pgassay.pg.target import Target
from pgassay.recovery.rollback.course import NotSwapped
from pgassay.recovery.rollback.databases.aside import comment_on
from pgassay.recovery.rollback.databases.ask import ask
from pgassay.recovery.rollback.ground import APPLICATION

_GLANCE_S = 0.05
_BETWEEN_TRIES_S = 1.0
_AGAIN = frozenset({"55006", "55P03", "57014"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """``incoming`` gets the name ``live`` and the comment; what has that is marked, as ``aside``."""

    live: str
    incoming: str
    aside: str
    comment: str | None
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Swapped:
    """How long nobody could get in, in seconds, and how often it was tried."""

    outage_s: float
    tries: int


def swap(server: Target, order: Order, *, tries: int) -> Swapped:
    """Swap the names; while sessions do not end, try again.

    Raises:
        NotSwapped: it was not done.
    """
    said = ""
    for number in range(1, tries + 1):
        if number > 1:
            pause(_BETWEEN_TRIES_S)  # who waits to get in is let in meanwhile
        started = monotonic()
        try:
            with connect(server, application=APPLICATION) as connection:
                with _ending_sessions(server, order):
                    _rename(connection, order)
                return Swapped(outage_s=monotonic() - started, tries=number)
        except Connection.Error as error:
            said = reason(str(error)).rstrip(".")
            if error.sqlstate is None and _is_done(server, order):
                return Swapped(outage_s=monotonic() - started, tries=number)
            if error.sqlstate not in _AGAIN:
                break
        except PgassayError as error:
            said = error.sentence.rstrip(".")
            break
    raise NotSwapped(f"The names were not swapped: {said}.", _left(server, order))


def _rename(connection: Connection, order: Order) -> None:
    rename = sql.SQL("alter database {} rename to {}")
    with connection.transaction():
        ask(connection, "swap_limits")
        connection.execute(rename.format(sql.Identifier(order.live), sql.Identifier(order.aside)))
        connection.execute(rename.format(sql.Identifier(order.incoming), sql.Identifier(order.live)))
        connection.execute(comment_on(order.aside, order.mark))
        connection.execute(comment_on(order.live, order.comment))


@contextmanager
def _ending_sessions(server: Target, order: Order) -> Iterator[None]:
    done = Event()

    def end() -> None:
        with suppress(Connection.Error, Unavailable), connect(server, application=APPLICATION) as connection:
            while not done.is_set():
                found = ask(connection, "sessions", databases=[order.live, order.incoming])
                for pid in (pid for pid, _, _, may_end in found if may_end):
                    with suppress(Connection.DatabaseError):
                        ask(connection, "end_session", pid=pid)
                done.wait(_GLANCE_S)

    ender = Thread(target=end, name="pgassay swap", daemon=True)
    ender.start()
    try:
        yield
    finally:
        done.set()
        ender.join()


def _is_done(server: Target, order: Order) -> bool:
    """Whether a commit whose answer was lost took place."""
    with suppress(Connection.Error, PgassayError), connect(server, application=APPLICATION) as connection:
        return any(name == order.aside for name, *_ in ask(connection, "asides"))
    return False


def _left(server: Target, order: Order) -> tuple[str, ...]:
    """Name the sessions that did not end."""
    with suppress(Connection.Error, PgassayError), connect(server, application=APPLICATION) as connection:
        found = ask(connection, "sessions", databases=[order.live, order.incoming])
        return tuple(f"server process {pid}, role {role}, {name}" for pid, role, name, _ in found)[:5]
    return ()
