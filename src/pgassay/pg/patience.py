"""The one door for waiting on locks: little patience each time, and many tries with growing pauses between.

A statement that waits for a lock makes everybody who comes behind it wait, too; so what an application feels
is one ``lock_timeout``, however often it is tried again. What is tried again is the caller's: a transaction
as a whole.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from psycopg import Connection
from psycopg.rows import TupleRow

from pgassay.pg.query import load, major_version, rows

_IMPATIENT = frozenset({"55P03", "40P01"})
_GROWTH = 1.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long to wait for a lock and for a statement, in seconds (0: without limit), and how often to try.

    Pauses between tries grow from ``first_pause_s`` to ``longest_pause_s``.
    """

    lock_timeout_s: float = 0.1
    statement_timeout_s: float = 300.0
    tries: int = 30
    first_pause_s: float = 0.05
    longest_pause_s: float = 2.0

    def pauses(self, chance: Callable[[], float]) -> Iterator[float]:
        """Give the pauses, one fewer than tries; ``chance`` gives numbers from 0 to 1.

        Each is between half of its length and all of it, so that two who wait for each other part.
        """
        length = self.first_pause_s
        for _ in range(self.tries - 1):
            yield length * (0.5 + 0.5 * chance())
            length = min(length * _GROWTH, self.longest_pause_s)


def lost_patience(sqlstate: str) -> bool:
    """Tell whether a statement failed for a lock that others hold, so that a later try may succeed."""
    return sqlstate in _IMPATIENT


def limit(connection: Connection[TupleRow], patience: Patience) -> None:
    """Set the session's limits. They hold until they are set anew, also after a rollback of later work."""
    query = load("pgassay.pg", "limits", major=major_version(connection))
    rows(
        connection,
        query,
        lock_timeout=_milliseconds(patience.lock_timeout_s),
        statement_timeout=_milliseconds(patience.statement_timeout_s),
    )


def _milliseconds(seconds: float) -> str:
    return f"{max(1, round(seconds * 1000))}ms" if seconds > 0 else "0"
