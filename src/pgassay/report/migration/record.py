"""An operation with a migration as far as it was seen, and what it adds up to."""

from dataclasses import dataclass

from pgassay.model.events.migrate import (
    BatchCommitted,
    Compared,
    LockWaited,
    MigrationEvent,
    MigrationFinished,
    MigrationStarted,
    MigrationWarned,
    StatementFinished,
    StepFinished,
)
from pgassay.model.exits import Exit
from pgassay.model.migrate import MigrationRun, Outcome, StatementResult, StepResult
from pgassay.model.rehearsal import Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class Waited:
    """How often locks were waited for in vain, and what for."""

    times: int = 0
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrationRecord:
    """What was said. ``finished`` is ``None`` where its end was never told."""

    run: MigrationRun | None = None
    steps: tuple[tuple[StepResult, float], ...] = ()
    statements: tuple[StatementResult, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    warnings: tuple[MigrationWarned, ...] = ()
    waited: Waited = Waited()
    parts: int = 0
    finished: MigrationFinished | None = None

    @property
    def exit(self) -> Exit:
        """The exit code: only what succeeded as a whole is 0."""
        if self.finished is None or self.finished.interrupted:
            return Exit.INTERRUPTED
        return Exit.OK if self.finished.outcome is Outcome.SUCCEEDED else Exit.RED

    @property
    def failed(self) -> bool:
        """Whether it came to an end that nobody asked for."""
        return self.exit is Exit.RED


class MigrationCollector:
    """Gathers a :class:`MigrationRecord` from events."""

    def __init__(self) -> None:
        self._run: MigrationRun | None = None
        self._steps: list[tuple[StepResult, float]] = []
        self._statements: list[StatementResult] = []
        self._comparisons: list[Comparison] = []
        self._warnings: list[MigrationWarned] = []
        self._waited = Waited()
        self._parts = 0
        self._kept = 0
        self._finished: MigrationFinished | None = None

    def see(self, event: MigrationEvent) -> None:
        """Take note of an event."""
        match event:
            case MigrationStarted(run=run):
                self._run = run
            case StepFinished(result=result, elapsed_s=elapsed_s):
                self._steps.append((result, elapsed_s))
            case Compared(comparison=comparison):
                self._comparisons.append(comparison)
            case MigrationWarned():
                self._warnings.append(event)
            case MigrationFinished():
                self._finished = event
            case _:
                self._see_statements(event)

    def _see_statements(self, event: MigrationEvent) -> None:
        match event:
            case StatementFinished(statement=statement):
                self._statements.append(statement)
            case LockWaited(sentence=sentence):
                del self._statements[self._kept :]  # that try was rolled back
                self._waited = Waited(times=self._waited.times + 1, sentence=sentence)
            case BatchCommitted():
                self._parts += 1
                self._kept = len(self._statements)
            case _:
                return

    def record(self) -> MigrationRecord:
        """Give what was seen so far."""
        return MigrationRecord(
            run=self._run,
            steps=tuple(self._steps),
            statements=tuple(self._statements),
            comparisons=tuple(self._comparisons),
            warnings=tuple(self._warnings),
            waited=self._waited,
            parts=self._parts,
            finished=self._finished,
        )
