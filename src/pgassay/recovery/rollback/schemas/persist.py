"""Takes locks that others are kept waiting by: with little patience, and again and again.

When one is not to be had, what was done since is undone, up to a savepoint, and others go on; then it is
tried again. What was done before stays meanwhile.
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import random

from pgassay.pg.clock import monotonic, pause
from pgassay.pg.connection import Connection, reason
from pgassay.pg.patience import Patience, lost_patience
from pgassay.recovery.contents import Stopped
from pgassay.recovery.rollback.course import NotSwapped


@dataclass(frozen=True, slots=True, kw_only=True)
class Had:
    """The locks are had: since when at the earliest, by the monotonic clock, and in which try."""

    since: float
    tries: int


def until_had(
    connection: Connection, patience: Patience, work: Callable[[], None], *, stopped: Callable[[], bool]
) -> Had:
    """Do what takes the locks, and keep them.

    Raises:
        NotSwapped: a lock was not to be had, or something else went wrong: the work is undone.
        Stopped: the user asked for an end.
    """
    pauses = [*patience.pauses(random), None]
    said = ""
    for number, rest in enumerate(pauses, start=1):
        if stopped():
            raise Stopped
        started = monotonic()
        try:
            with connection.transaction():
                work()
        except Connection.Error as error:
            if stopped():
                raise Stopped from error
            if not lost_patience(error.sqlstate or ""):
                raise NotSwapped(reason(str(error)).rstrip(".")) from error
            said = reason(str(error)).rstrip(".")
            if rest is not None:
                pause(rest)
            continue
        return Had(since=started, tries=number)
    raise NotSwapped(f"A lock was not to be had in {len(pauses)} tries: {said}")
