"""Asks the session of a test file what it has read, written and called.

A look before a transaction ends sees also what is locked, which tells views; it is taken in a savepoint, so
that it cannot fail the file's transaction. What was rolled back is counted all the same.
"""

from pgassay.pg.clock import monotonic
from pgassay.pg.reply import Reply, Transaction
from pgassay.pg.touched import HANDS_ON_SINCE, NO_COUNTS, Counts, counting, read_counts, together
from pgassay.pg.wire import Wire, WireError
from pgassay.suite.gauge import Gauge

COUNT_CALLS = (
    "select pg_catalog.set_config('track_functions', 'all', false)"
    " where pg_catalog.has_parameter_privilege('track_functions', 'set')"
)
"""Has a session count calls of functions, if the role may ask for that; from PostgreSQL 15 on."""
COUNT_CALLS_14 = COUNT_CALLS.replace(
    "pg_catalog.has_parameter_privilege('track_functions', 'set')",
    "pg_catalog.current_setting('is_superuser') = 'on'",
)
_COUNTED = "select pg_catalog.current_setting('track_functions') <> 'none'"
_HELD = (
    "select distinct held.relation::bigint from pg_catalog.pg_locks as held"
    " where held.pid = pg_catalog.pg_backend_pid() and held.locktype = 'relation' and held.relation >= 16384"
)
_LOOK = "pgassay_meter"
_PATIENCE_S = 10.0


class Meter:
    """What one session's files touch, one file after the other: :meth:`begin`, :meth:`look`, :meth:`finish`.

    ``counts`` and ``held`` (numbers of relations) are those of the current file. ``unseen``: something of it
    could not be looked at. ``gauge`` may ask along.
    """

    def __init__(self, gauge: Gauge) -> None:
        self.counts: Counts = NO_COUNTS
        self.held: frozenset[int] = frozenset()
        self.calls_counted = False
        self.unseen = False
        self._before = NO_COUNTS
        self._last = NO_COUNTS
        self._gauge = gauge

    def begin(self, wire: Wire, *, fresh: bool) -> None:
        """Take note that a file is about to begin in this session, or in another one that is ``fresh``."""
        if fresh:
            self._last = NO_COUNTS
        starts_anew = wire.version >= HANDS_ON_SINCE and wire.transaction is Transaction.IDLE
        self._before = NO_COUNTS if starts_anew else self._last
        self.counts, self.held = NO_COUNTS, frozenset()
        self.calls_counted = False
        # Behind a pooler the session may be another one with each transaction.
        self.unseen = wire.pooled

    def look(self, wire: Wire) -> None:
        """Look at a transaction that is about to end."""
        asked = (counting(wire.version // 10_000), _HELD, _COUNTED)
        self._read(self._gauge.ride(wire, f"savepoint {_LOOK}", *asked, f"release savepoint {_LOOK}"))
        if wire.transaction is Transaction.INERROR:
            wire.run(f"rollback to savepoint {_LOOK}; release savepoint {_LOOK}")

    def finish(self, wire: Wire, *, same: bool, loose: bool) -> None:
        """Look once more, when the file is over: at what it did outside of a block, or in one that failed.

        ``same``: the session is the one that the file began in. ``loose``: something ran outside of a block.
        """
        if not same or not wire.idle:
            self.unseen = True
            return
        wire.on_notice, wire.deadline = None, monotonic() + _PATIENCE_S
        try:
            if wire.transaction is Transaction.INTRANS:
                self.look(wire)
            elif loose or wire.transaction is Transaction.INERROR:
                back = ("rollback",) if wire.transaction is Transaction.INERROR else ()
                self._read(self._gauge.ride(wire, *back, counting(wire.version // 10_000), _COUNTED))
        except WireError:
            self.unseen = True

    def _read(self, replies: tuple[Reply, ...]) -> None:
        tables = [reply for reply in replies if reply.columns]
        if any(reply.error is not None for reply in replies) or not tables:
            self.unseen = True
            return
        self._last = read_counts(tables[0].rows)
        self.counts = together(self.counts, self._last.since(self._before))
        if len(tables) > 2:
            self.held |= frozenset(int(str(oid)) for (oid,) in tables[1].rows)
        self.calls_counted = tables[-1].rows[0][0] == "t"
