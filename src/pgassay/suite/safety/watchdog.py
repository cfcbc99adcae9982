"""Looks at the server from a connection of its own while files run, and stops what is in anybody's way.

It depends on nothing that a file could change. While it cannot look, nothing may run: a watchdog that
has lost its connection stops the run.
"""

from collections.abc import Callable
from threading import Condition, Thread
from types import TracebackType
from typing import Self

from pgassay.model.errors import PgassayError, Unavailable
from pgassay.model.evidence import Wait
from pgassay.pg.clock import monotonic, pause
from pgassay.pg.connection import Connection, reason
from pgassay.pg.target import Target
from pgassay.suite.safety.conditions import Conditions
from pgassay.suite.safety.delayed import Delayed
from pgassay.suite.safety.lookout import ANSWER_S, Lookout
from pgassay.suite.safety.settings import Policy
from pgassay.suite.safety.watch import Watch

STRONG_LOCKS = "strong_locks"
"""The rule of the policy that allows strong locks."""
_EVERY_S = 0.05
_GLANCE_S = 0.01
_ALIVE_EVERY_S = 10.0
_CONDITIONS_EVERY_S = 1.0


class Watchdog:
    """A thread that watches; a context manager.

    Raises:
        Unavailable: the target cannot be reached, or the conditions cannot be seen, or do not allow a run.
    """

    def __init__(self, target: Target, policy: Policy) -> None:
        self._why = ""
        self._policy = policy
        self._watches: list[Watch] = []
        self._seen: dict[int, bool] = {}
        self._state = Condition()
        self._closing = False
        self._next_conditions = 0.0
        self._lookout = Lookout(target)
        self._rows = self._lookout.rows
        self._delayed = Delayed(self._rows)
        self._conditions = Conditions(policy.settings, self._rows)
        self._sees_temporary_files = False
        try:
            self._demand_conditions()
        except PgassayError:
            self._lookout.close()
            raise
        self._thread = Thread(target=self._work, name="pgassay watchdog", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._state:
            self._closing = True
            self._state.notify()
        while self._thread.is_alive():
            self._give_up_waiting()
            self._thread.join(_EVERY_S)
        self._lookout.close()

    @property
    def tripped(self) -> str:
        """Why the run has to stop, nothing while it may go on; to be asked now and then, from any thread."""
        self._give_up_waiting()
        return self._why

    def watch(self, watch: Watch) -> None:
        """Look after a session from now on."""
        with self._state:
            watch.looked_at = monotonic()
            self._watches.append(watch)
            self._seen[watch.pid] = watch.pooled
            self._state.notify()

    def let_through(self) -> None:
        """Wait until the transactions that waited behind a file are over, or have had their time."""
        while self._delays_anybody():
            pause(_GLANCE_S)

    def look_at_locks(self) -> None:
        """Look at once for locks that are too strong, while those who hold them still do."""
        with self._state:
            self._seeing(self._note_locks)

    def finish(self, watch: Watch) -> None:
        """Stop nothing of this session any more; waits are still noted."""
        with self._state:
            watch.over = True

    def dismiss(self, watch: Watch) -> None:
        """Look a last time for who waits, and then no more."""
        with self._state:
            self._seeing(self._note_waits)
            if watch in self._watches:
                self._watches.remove(watch)

    def left_sessions(self) -> tuple[int, ...] | None:
        """Give the processes of watched sessions that are still there; ``None`` where that is unknown."""
        with self._state:
            try:
                pooled = [pid for pid, of_a_pooler in self._seen.items() if of_a_pooler]
                found = self._rows("left_sessions", pids=list(self._seen), pooled=pooled)
            except Connection.Error as error:
                self._trip(error)
                return None
            return tuple(int(pid) for (pid,) in found)

    def _work(self) -> None:
        while True:
            with self._state:
                if self._closing:
                    return
                if not self._watches:
                    if not self._state.wait(_ALIVE_EVERY_S):
                        self._seeing(self._note_conditions)
                    continue
                self._seeing(self._look)
                self._state.wait(min(_EVERY_S, *(each.enough_in_s for each in self._watches)))

    def _look(self) -> None:
        self._note_waits()
        self._note_locks()
        if monotonic() >= self._next_conditions:
            self._note_conditions()
            self._note_strain()
        for each in self._watches:
            each.enforce()
            if each.to_be_ended:
                self._lookout.end(each.pid)

    def _give_up_waiting(self) -> None:
        """End a look that gets no answer, so that nobody waits for it for ever."""
        if self._lookout.give_up_if_late():
            self._why = self._why or f"the watchdog had no answer from the server for {ANSWER_S:g} s"

    def _seeing(self, look: Callable[[], None]) -> None:
        """Look, unless the watchdog is blind already; it is if it cannot."""
        if not self._why:
            try:
                look()
            except Connection.Error as error:
                self._trip(error)

    def _trip(self, error: Exception) -> None:
        why = reason(str(error)).partition(";")[0].rstrip(".")
        self._why = self._why or f"the watchdog cannot see the server any more: {why}"

    def _note_waits(self) -> None:
        by_pid = {each.pid: each for each in self._watches}
        began = monotonic()
        found = self._rows("waiting", ours=list(by_pid))
        ended = monotonic()
        for each in self._watches:
            each.note_look(began, ended)
        for pid, application, blocker, relation, mode, waited_ms, transaction in found:
            self._delayed.note(transaction)
            wait = Wait(pid=pid, application=application, relation=relation, mode=mode, waited_ms=waited_ms)
            by_pid[blocker].note_wait(wait, patience_ms=self._policy.settings.patience_ms)

    def _delays_anybody(self) -> bool:
        with self._state:
            self._seeing(self._delayed.look)
            return not self._why and self._delayed.due(monotonic())

    def _note_locks(self) -> None:
        by_pid = {each.pid: each for each in self._watches}
        allowed = self._policy.settings.allows(STRONG_LOCKS)
        for pid, relation, mode in self._rows("strong_locks", ours=list(by_pid)):
            by_pid[pid].note_lock(relation, mode, allowed=allowed)

    def _note_conditions(self) -> None:
        self._next_conditions = monotonic() + _CONDITIONS_EVERY_S
        self._why = self._conditions.crossed(monotonic())

    def _note_strain(self) -> None:
        by_pid, settings = {each.pid: each for each in self._watches}, self._policy.settings
        for pid, age in self._rows("ages", ours=list(by_pid)):
            by_pid[pid].note_age(age, most=settings.max_transaction_age)
        if self._sees_temporary_files:
            for pid, size in self._rows("temporary_files", ours=list(by_pid)):
                by_pid[pid].note_temporary(size, most_mb=settings.max_temporary_mb)

    def _demand_conditions(self) -> None:
        try:
            found = self._conditions.crossed(monotonic())
            ((self._sees_temporary_files,),) = self._rows("sees_temporary_files")
        except Connection.Error as error:
            found = f"the server's state cannot be seen: {reason(str(error))}"
        if found:
            raise Unavailable(f"Nothing was run, because {found}.")
