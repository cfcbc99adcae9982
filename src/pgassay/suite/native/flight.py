"""Statements in flight: sent ahead of their answers, inside a transaction block, in order.

Two sizes rule the traffic. At most ``_AHEAD`` statements are unanswered. Of these, the server is asked
to answer a *burst* at a time: about two milliseconds of work as the last bursts went, so that slow
statements are timed one by one and fast ones do not cost a system call each. Time within a burst
cannot be told apart and is shared out equally.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from pgassay.model.place import Place
from pgassay.parse.psql.steps import Print, Query
from pgassay.pg.clock import monotonic
from pgassay.pg.reply import Reply, Status
from pgassay.pg.wire import Wire

_AHEAD = 64
_LARGEST_BURST = 16
_BURST_S = 0.002


@dataclass(slots=True)
class _Burst:
    size: int = 0
    sent_at: float = 0.0
    share_ms: float | None = None


@dataclass(frozen=True, slots=True)
class Landed:
    """A step that is done: a statement with its reply, or a line to print in its turn.

    What is sent in one burst is answered in one, so ``elapsed_ms`` is an equal share of the burst's time. The
    first of a burst has the whole of it in ``burst_ms``.
    """

    step: Query | Print
    reply: Reply | None
    elapsed_ms: float | None
    burst_ms: float | None = None


class Flight:
    """A pipeline over one wire; empty and closed most of the time."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._queue: deque[tuple[Query | Print, _Burst]] = deque()
        self._burst = _Burst()
        self._burst_size = 4
        self._unanswered = 0
        self._last_arrival = 0.0
        self._synced = False
        self.open = False
        self.place: Place | None = None

    @property
    def full(self) -> bool:
        """Whether some must land before another may start."""
        return self._unanswered >= _AHEAD

    @property
    def empty(self) -> bool:
        """Whether nothing waits for its turn."""
        return not self._queue

    def start(self, query: Query) -> None:
        """Send a statement ahead."""
        if not self.open:
            self._wire.enter_pipeline()
            self.open = True
        self._wire.queue(query.text)
        self._queue.append((query, self._burst))
        self._unanswered += 1
        self._burst.size += 1
        if self._burst.size >= self._burst_size:
            self._close_burst()
            self._wire.push()

    def hold(self, line: Print) -> None:
        """Keep a line back until what was sent before it has landed."""
        self._queue.append((line, self._burst))

    def land_some(self) -> Iterator[Landed]:
        """Wait until half of what is in flight has landed."""
        if self._burst.size:
            self._close_burst()
            self._wire.push()
        while self._unanswered > _AHEAD // 2:
            yield self._land_one()

    def land_all(self) -> Iterator[Landed]:
        """End the pipeline and wait for everything. Replies after a failed one are ``PIPELINE_ABORTED``."""
        if not self.open:
            return
        self._close_burst()
        if not self._synced:
            self._synced = True
            self._wire.sync()
        while self._queue:
            yield self._land_one()
        self._finish()

    def abandon(self) -> None:
        """Forget what is in flight, after a statement failed; the server has skipped it already."""
        if not self._synced:
            self._wire.sync()
        self._queue.clear()
        self._finish()

    def _finish(self) -> None:
        while self._wire.next_reply().status != Status.PIPELINE_SYNC:
            pass
        self._wire.exit_pipeline()
        self._burst, self._unanswered = _Burst(), 0
        self.open = self._synced = False

    def _close_burst(self) -> None:
        self._burst.sent_at = monotonic()
        self._burst = _Burst()

    def _land_one(self) -> Landed:
        step, burst = self._queue[0]
        if isinstance(step, Print):
            self._queue.popleft()
            return Landed(step, None, None)
        self.place = step.place  # of what is awaited, should it never come
        reply = self._wire.next_reply()
        # Only now: a deadline may have come in between, and then the reply is still to be read.
        self._queue.popleft()
        self._unanswered -= 1
        if burst.share_ms is None:
            share_ms = self._time(burst)
            return Landed(step, reply, share_ms, burst_ms=share_ms * burst.size)
        return Landed(step, reply, burst.share_ms)

    def _time(self, burst: _Burst) -> float:
        arrival = monotonic()
        each = max(0.0, arrival - max(self._last_arrival, burst.sent_at)) / burst.size
        self._last_arrival = arrival
        burst.share_ms = each * 1000
        self._burst_size = max(1, min(_LARGEST_BURST, int(_BURST_S / max(each, 1e-6))))
        return burst.share_ms
