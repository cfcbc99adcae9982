"""Measures what a file makes its session's server process spend: CPU time, and memory that the session holds.

CPU time is read from the operating system, where the process is one of this machine. Memory is what the
server says of the session, whose question goes out behind another one of ours, so that no file waits for
it alone; it takes the server a fraction of a millisecond, so it is not asked of files that are done soon.
"""

from dataclasses import replace

from pgassay.model.usage import NOT_MEASURED, Usage
from pgassay.pg.clock import monotonic
from pgassay.pg.reply import Reply, Transaction
from pgassay.pg.wire import Wire

LONG_ENOUGH_S = 0.25
"""How long a file has to run before its session is asked for its memory.

Many times what small files take, so that they are not asked on a busy machine either.
"""
_MEGABYTE = 1024 * 1024
_SAVEPOINT = "pgassay_gauge"
_HELD = (
    # A file may have become somebody who may not ask. Whoever logged in may; a rollback takes it back.
    "set local role none",
    "select pg_catalog.sum(total_bytes) from pg_catalog.pg_get_backend_memory_contexts()",
)
_HELD_IN_BLOCK = (
    f"savepoint {_SAVEPOINT}",
    *_HELD,
    f"rollback to savepoint {_SAVEPOINT}",
    f"release savepoint {_SAVEPOINT}",
)


class Gauge:
    """Measures one file after the other: :meth:`begin`, any number of :meth:`ride`, :meth:`end`."""

    def __init__(self) -> None:
        self.usage: Usage = NOT_MEASURED
        self._wire: Wire | None = None
        self._login = ""
        self._began_at = 0.0
        self._cpu_s: float | None = None

    def begin(self, wire: Wire) -> None:
        """Take note that a file begins."""
        self.usage = NOT_MEASURED
        if wire is not self._wire:
            # Here nothing of a file has run yet that could have made it somebody else's session.
            self._wire, self._login = wire, wire.parameter("session_authorization")
        self._began_at = monotonic()
        self._cpu_s = wire.process.cpu_s() if wire.process is not None else None

    def end(self, wire: Wire) -> None:
        """Take note that it is over; a file that went on in another session is not measured."""
        passed_s = monotonic() - self._began_at
        if wire is not self._wire:
            self.usage = NOT_MEASURED
        elif wire.process is not None and wire.process.tells(passed_s):
            now_s = wire.process.cpu_s()
            if self._cpu_s is not None and now_s is not None:
                spent_s = max(0.0, now_s - self._cpu_s)
                self.usage = replace(self.usage, cpu_ms=spent_s * 1000, cpu_percent=100 * spent_s / passed_s)

    def ride(self, wire: Wire, *statements: str) -> tuple[Reply, ...]:
        """Run statements of ours as one message, with the question behind them if it is time for that.

        Gives the replies to the statements; the question changes neither those nor the transaction.
        """
        question = self._question(wire)
        replies = wire.run("; ".join((*statements, *question)))
        own, others = replies[: len(statements)], replies[len(statements) :]
        if question and others:
            self._note(others)
            if wire.transaction is Transaction.INERROR:
                wire.run(f"rollback to savepoint {_SAVEPOINT}; release savepoint {_SAVEPOINT}")
        return own

    def _question(self, wire: Wire) -> tuple[str, ...]:
        asks = (
            wire is self._wire
            and wire.shows_memory
            and monotonic() - self._began_at >= LONG_ENOUGH_S
            and wire.parameter("session_authorization") == self._login
        )
        if not asks or wire.transaction is Transaction.INERROR:
            return ()
        return _HELD_IN_BLOCK if wire.transaction is Transaction.INTRANS else _HELD

    def _note(self, replies: tuple[Reply, ...]) -> None:
        held = next((each.rows[0][0] for each in replies if each.rows), None)
        if held is not None:
            most = max(int(held) / _MEGABYTE, self.usage.memory_mb or 0.0)
            self.usage = replace(self.usage, memory_mb=most)
