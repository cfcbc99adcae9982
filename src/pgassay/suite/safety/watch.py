"""What the watchdog knows of one file that is running: whom it makes wait, which locks it holds."""

from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf

from pgassay.model.evidence import Wait
from pgassay.model.suite import Problem, Trouble

_BLUNT_AFTER = 10
"""So many cancels are sent in vain before the session itself is ended."""


@dataclass(slots=True)
class Watch:
    """One session of ours. ``halt`` stops its file; it is called from the watchdog's thread.

    ``waits`` are the longest waits behind it, by process; ``strong`` the locks that no policy allows.
    ``looked_at`` is when the last look for who waits began, on the monotonic clock, and ``longest_gap_ms``
    how long a wait can at most have been that no look saw. ``enough_in_s`` is when somebody will have waited
    for as long as the patience lasts. ``pooled``: the session is a pooler's, and stays.
    """

    pid: int
    halt: Callable[[Problem], None]
    pooled: bool = False
    waits: dict[int, Wait] = field(default_factory=dict)
    strong: dict[str, str] = field(default_factory=dict)
    reason: Problem | None = None
    looked_at: float | None = None
    longest_gap_ms: int = 0
    enough_in_s: float = inf
    over: bool = False
    in_vain: int = 0

    def note_look(self, began: float, ended: float) -> None:
        """Take note of a look for who waits; whoever came and left between two looks was missed."""
        if self.looked_at is not None:
            self.longest_gap_ms = max(self.longest_gap_ms, round((ended - self.looked_at) * 1000))
        self.looked_at = began
        self.enough_in_s = inf

    def note_wait(self, wait: Wait, *, patience_ms: int) -> None:
        """Take note of somebody who waits; longer than the patience, and the file is stopped."""
        known = self.waits.get(wait.pid)
        if known is None or wait.waited_ms > known.waited_ms:
            self.waits[wait.pid] = wait
        if wait.waited_ms <= patience_ms:
            self.enough_in_s = min(self.enough_in_s, (patience_ms + 1 - wait.waited_ms) / 1000)
        elif self.reason is None:
            self.reason = Problem(
                trouble=Trouble.IN_THE_WAY,
                message=f"Stopped: another session waited {wait.waited_ms} ms behind it for {wait.relation}.",
                detail=(
                    f"The session with process {wait.pid} ({wait.application or 'no application name'})"
                    f" wanted {wait.mode}; the patience is {patience_ms} ms.",
                    "Touch fewer rows, or rows that nobody else uses; or run it on a copy.",
                ),
            )

    def note_lock(self, relation: str, mode: str, *, allowed: bool) -> None:
        """Take note of a strong lock on a relation that was there before."""
        self.strong.setdefault(relation, mode)
        if not allowed and self.reason is None:
            self.reason = Problem(
                trouble=Trouble.IN_THE_WAY,
                message=f"Stopped: it locked {relation}, which was there before, in {mode}.",
                detail=("That makes others wait until it ends. Do it to an object that the file creates.",),
            )

    def note_age(self, age: int, *, most: int) -> None:
        """Take note of how many transactions began since the oldest snapshot that the file still needs."""
        if age > most:
            self._stop(
                f"it kept the server from vacuuming for {age:,} transactions",
                f"[safety] max_transaction_age is {most:,}.",
            )

    def note_rows(self, rows: int, *, most: int) -> None:
        """Take note of how many rows the file has written, which are dead ones in the end."""
        if rows > most:
            self._stop(
                f"it wrote {rows:,} rows, which stay as dead ones after its rollback",
                f"[safety] max_dead_rows is {most:,}.",
            )

    def note_temporary(self, size: int, *, most_mb: int) -> None:
        """Take note of how many bytes the file's temporary files take."""
        if size > most_mb * 1_000_000:
            self._stop(
                f"its temporary files took {size / 1_000_000:,.0f} MB of the server's disk",
                f"[safety] max_temporary_mb is {most_mb:,}.",
            )

    @property
    def to_be_ended(self) -> bool:
        """Whether it goes on though it was cancelled again and again."""
        return self.in_vain >= _BLUNT_AFTER

    def enforce(self) -> None:
        """Stop the file, and once more if it has not stopped yet."""
        if self.reason is not None and not self.over:
            self.in_vain += 1
            self.halt(self.reason)

    def _stop(self, why: str, *detail: str) -> None:
        if self.reason is None:
            self.reason = Problem(trouble=Trouble.IN_THE_WAY, message=f"Stopped: {why}.", detail=detail)
