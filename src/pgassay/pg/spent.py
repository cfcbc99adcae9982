"""What a statement makes the server's process spend, in the server's own words (``log_statement_stats``).

The server tells it as a LOG message, to the client too if that asks for them; from the server's own log it
is kept out. All of that needs a superuser, or a role that was granted these settings.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pgassay.pg.connection import Connection
from pgassay.pg.query import major_version

if TYPE_CHECKING:
    from psycopg.errors import Diagnostic

_ON = ("set log_min_messages = fatal", "set client_min_messages = log", "set log_statement_stats = on")
# The statement that switches it off is told of, too: one message each, lest the log have that.
_OFF = ("reset log_statement_stats", "reset client_min_messages", "reset log_min_messages")
_MAY = (
    "select pg_catalog.has_parameter_privilege('log_statement_stats', 'set')"
    " and pg_catalog.has_parameter_privilege('log_min_messages', 'set')"
)
_MAY_14 = "select pg_catalog.current_setting('is_superuser') = 'on'"
_PARAMETERS_SINCE = 15
_TITLE = "STATISTICS"
_TIMES = re.compile(r"([\d.]+) s user, ([\d.]+) s system, ([\d.]+) s elapsed")
_PEAK = re.compile(r"(\d+) kB max resident size")


def may_tell(connection: Connection) -> bool:
    """Whether the server would tell that to the role that is connected.

    Raises:
        Connection.Error: it does not answer.
    """
    asked = _MAY if major_version(connection) >= _PARAMETERS_SINCE else _MAY_14
    row = connection.execute(asked).fetchone()
    return row is not None and row[0] is True


@dataclass(slots=True)
class Spent:
    """Seconds of CPU time and of time that passed, over the messages of a statement; zero if none was heard.

    ``peak_mb`` is the largest resident set of the process since it began.
    """

    cpu_s: float = 0.0
    elapsed_s: float = 0.0
    peak_mb: float | None = None

    def read(self, title: str, detail: str) -> None:
        """Add what a message of the server says, if it is one of these."""
        times, peak = _TIMES.search(detail), _PEAK.search(detail)
        if title.endswith(_TITLE) and times is not None:
            user, system, elapsed = map(float, times.groups())
            self.cpu_s += user + system
            self.elapsed_s += elapsed
            self.peak_mb = int(peak[1]) / 1024 if peak is not None else None


@contextmanager
def telling(connection: Connection) -> Iterator[None]:
    """Have the server tell it of each statement in the block; no transaction may be open before or after.

    Raises:
        Connection.Error: it does not do that; see :func:`may_tell`.
    """
    try:
        for statement in _ON:
            connection.execute(statement)
        yield
    finally:
        for statement in () if connection.closed else _OFF:
            connection.execute(statement)


@contextmanager
def listening(connection: Connection) -> Iterator[Spent]:
    """Gather what the server tells in the block, which is within one of :func:`telling`."""
    spent = Spent()

    def hear(message: "Diagnostic") -> None:
        spent.read(message.message_primary or "", message.message_detail or "")

    connection.add_notice_handler(hear)
    try:
        yield spent
    finally:
        connection.remove_notice_handler(hear)
