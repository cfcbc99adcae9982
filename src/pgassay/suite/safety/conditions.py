"""Whether the server is in a state in which tests may run: standbys, connections, transaction ids.

Asked before the first file and once a second while files run. What one file does to the server is told by
:mod:`pgassay.suite.safety.watch`.
"""

from collections.abc import Callable, Iterable
from typing import Any

from pgassay.suite.safety.settings import SafetySettings

Ask = Callable[..., list[tuple[Any, ...]]]
"""Gives the rows of a named query of this package, with a value for each of its parameters."""


class Conditions:
    """The limits on the server's state. :meth:`crossed` is to be asked again and again."""

    def __init__(self, settings: SafetySettings, ask: Ask) -> None:
        self._settings = settings
        self._ask = ask
        self._standbys: dict[int, Follower] = {}

    def crossed(self, moment: float) -> str:
        """Say which limit is crossed, as a clause; nothing where all is well.

        ``moment`` is now, on the monotonic clock.
        """
        ((free, age),) = self._ask("conditions")
        settings = self._settings
        if free < settings.min_free_connections:
            least = settings.min_free_connections
            return f"only {free} connections are left, and [safety] min_free_connections is {least}"
        if age > settings.max_database_age:
            most = settings.max_database_age
            limit = f"[safety] max_database_age is {most:,}"
            return f"the database was not frozen for {age:,} transactions, and {limit}"
        return self._behind(moment) if settings.max_replication_lag_s is not None else ""

    def _behind(self, moment: float) -> str:
        most = self._settings.max_replication_lag_s or 0.0
        found = self._ask("standbys")
        self._forget_all_but(pid for pid, *_ in found)
        for pid, name, hidden, written, replayed, said_s in found:
            if hidden:
                return "the role may not see how far behind the standbys are: grant pg_monitor to it"
            if replayed is None:  # a backup or an archiver, which replays nothing
                continue
            follower = self._standbys.setdefault(pid, Follower())
            lag_s = max(follower.lag_s(moment, written=written, replayed=replayed), said_s)
            if lag_s > most:
                limit = f"[safety] max_replication_lag is {most:g} s"
                return f"the standby {name} is {lag_s:.1f} s behind, and {limit}"
        return ""

    def _forget_all_but(self, pids: Iterable[int]) -> None:
        kept = set(pids)
        self._standbys = {pid: each for pid, each in self._standbys.items() if pid in kept}


class Follower:
    """One standby, and since when the server has had what it lacks.

    The server's own figure comes from the standby's messages: one that hangs sends none, and one that does
    not replay is noticed only every ten seconds. Positions are in bytes of the log.
    """

    def __init__(self) -> None:
        self._seen: list[tuple[float, int]] = []

    def lag_s(self, moment: float, *, written: int, replayed: int) -> float:
        """Give for how many seconds, at least, something has been there that is not replayed yet."""
        if not self._seen or written > self._seen[-1][1]:
            self._seen.append((moment, written))
        self._seen = [each for each in self._seen if each[1] > replayed]
        return moment - self._seen[0][0] if self._seen else 0.0
