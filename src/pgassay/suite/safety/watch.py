"""What the watchdog knows of one file that is running: whom it makes wait, which locks it holds."""

from collections.abc import Callable
from dataclasses import dataclass, field

from pgassay.model.evidence import Wait
from pgassay.model.suite import Problem, Trouble

_BLUNT_AFTER = 10
"""So many cancels are sent in vain before the session itself is ended."""


@dataclass(slots=True)
class Watch:
    """One session of ours. ``halt`` stops its file; it is called from the watchdog's thread.

    ``waits`` are the longest waits behind it, by process; ``strong`` the locks that no policy allows.
    """

    pid: int
    halt: Callable[[Problem], None]
    waits: dict[int, Wait] = field(default_factory=dict)
    strong: dict[str, str] = field(default_factory=dict)
    reason: Problem | None = None
    over: bool = False
    in_vain: int = 0

    def note_wait(self, wait: Wait, *, patience_ms: int) -> None:
        """Take note of somebody who waits; longer than the patience, and the file is stopped."""
        known = self.waits.get(wait.pid)
        if known is None or wait.waited_ms > known.waited_ms:
            self.waits[wait.pid] = wait
        if wait.waited_ms > patience_ms and self.reason is None:
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
        if age > most and self.reason is None:
            self.reason = Problem(
                trouble=Trouble.IN_THE_WAY,
                message=f"Stopped: it kept the server from vacuuming for {age:,} transactions.",
                detail=(f"[safety] max_transaction_age is {most:,}.",),
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
