"""What a client sees while something is done to a database: how long it got no answer."""

from contextlib import suppress
from threading import Event, Thread
from typing import Self

import psycopg

from pgassay.pg.clock import monotonic
from pgassay.pg.target import Target

EVERY_S = 0.005
_LOCKED_S = 30.0


class Prober:
    """A client that connects anew every five milliseconds, and asks what an application would.

    ``longest_s`` is the longest time from one right answer to the next; up to the end of the block, where
    none came any more. An answer without a row is none: so answers a table that is there, and empty.
    ``refused`` is how many tries got no answer, for whatever reason.
    """

    def __init__(self, target: Target, question: str) -> None:
        self._target, self._question = target, question
        self._over, self._first = Event(), Event()
        self._thread = Thread(target=self._ask)
        self._last = 0.0
        self.longest_s = 0.0
        self.refused = 0

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._first.wait(20):
            raise SystemExit("There is nothing to probe: no answer comes.")
        return self

    def __exit__(self, *_: object) -> None:
        """Ask on until there is an answer again, or it is plain that there will be none."""
        end = monotonic()
        while self._last < end and monotonic() < end + 1.0:
            self._over.wait(EVERY_S)
        self._over.set()
        self._thread.join()
        if self._last < end:
            self.longest_s = max(self.longest_s, end - self._last)

    def _ask(self) -> None:
        self._last = monotonic()
        while not self._over.is_set():
            if self._answered():
                moment = monotonic()
                self.longest_s = max(self.longest_s, moment - self._last)
                self._last = moment
                self._first.set()
            else:
                self.refused += 1
            self._over.wait(EVERY_S)

    def _answered(self) -> bool:
        options = f"-c statement_timeout={round(_LOCKED_S * 1000)}"
        with (
            suppress(psycopg.Error),
            psycopg.connect(
                self._target.conninfo, autocommit=True, connect_timeout=10, options=options
            ) as one,
        ):
            return one.execute(self._question.encode()).fetchone() is not None
        return False
