"""What is done with migrations, step by step, and what came of it.

How a file is read is for ``migrate``, what is remembered for the store.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pgassay.model.finding import Finding
from pgassay.model.migration import Migration
from pgassay.model.place import Place


class Operation(StrEnum):
    """What is done with a migration."""

    APPLY = "apply"
    ROLLBACK = "rollback"
    REHEARSE = "rehearse"
    ADOPT = "adopt"
    """Written into the history as applied, without being run."""


class Step(StrEnum):
    """The steps of an operation, in their order; UNDO comes only behind a MIGRATE that failed halfway."""

    LOOK = "look"
    """Read where the target stands; nothing is changed."""
    VALIDATE_BEFORE = "validate before"
    """The checks of the area pre-migration."""
    RESTORE_POINT = "restore point"
    """Name a point that a point-in-time recovery can go back to."""
    MIGRATE = "migrate"
    """The statements of the file, and the row in the history."""
    UNDO = "undo"
    """The rollback file, because some of the statements were committed before one failed."""
    VERIFY = "verify"
    """Read the catalogs again: what the file said exists."""
    VALIDATE_AFTER = "validate after"
    """The checks of the area post-migration."""
    TEST = "test"
    """The tests of the categories migration and integration."""


class Outcome(StrEnum):
    """How an operation ended, and so where the target is."""

    SUCCEEDED = "succeeded"
    """The target is as it should be after it, and everything that was looked at holds."""
    RED = "red"
    """The target is as it should be after it, but a check or a test says that this is not good."""
    UNCHANGED = "unchanged"
    """It failed, or was stopped, and the target is as before."""
    UNDONE = "undone"
    """It failed halfway, and the rollback file brought the target back to where it was."""
    BETWEEN = "between"
    """It failed halfway, and the target is neither as before nor as after."""
    INTERRUPTED = "interrupted"
    """The target is as it should be after it, but what should have been looked at was not: it was stopped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrationRun:
    """One operation on one target.

    ``place`` says where a rehearsal takes place. ``irreversible`` and ``unrehearsed`` are the reasons that
    were given for doing without a rollback that was proven, or without a rehearsal.
    """

    id: UUID
    operation: Operation
    migration: Migration
    target: str
    database: str
    started_at: datetime
    place: str = ""
    irreversible: str = ""
    unrehearsed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepResult:
    """What a step found: one sentence, and lines of detail.

    ``tables`` are those that something is wrong with, as far as that is known.
    """

    step: Step
    finding: Finding
    sentence: str
    detail: tuple[str, ...] = ()
    tables: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldLock:
    """A lock on a relation that was there before, as the server has it (``AccessExclusiveLock``)."""

    relation: str
    mode: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementResult:
    """A statement that was executed.

    ``phase`` is the direction in a rehearsal (``up``, ``down``, …). ``locks`` are those that it took anew,
    ``rewritten`` the tables whose files were written again; both ``None`` where nobody looked.
    """

    phase: str
    number: int
    count: int
    command: str
    place: Place
    elapsed_s: float
    locks: tuple[HeldLock, ...] | None = None
    rewritten: tuple[str, ...] | None = None
