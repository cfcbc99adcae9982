"""Migrations as every row speaks of them: the files, what is done with them, and what came of it.

How a file is read is for ``migrate``, what is remembered for the store.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pgassay.model.finding import Finding
from pgassay.model.fingerprint import Difference
from pgassay.model.place import Place

_LONGEST_NAME = 63


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
class ScriptFile:
    """A file of SQL as it was read. ``sha256`` is of its bytes."""

    path: str
    sha256: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """A migration: a file, its place in the order of all, and perhaps the file that takes it back."""

    version: str
    name: str
    up: ScriptFile
    down: ScriptFile | None = None

    @property
    def label(self) -> str:
        """The version and the name, as the file has them."""
        return f"{self.version}_{self.name}" if self.name else self.version

    @property
    def id(self) -> str:
        """A name for this very content, fit for a restore point: label and the start of the SHA-256."""
        word = re.sub(r"[^A-Za-z0-9_]+", "_", self.label)
        return f"{word[: _LONGEST_NAME - 9]}_{self.up.sha256[:8]}"


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
    """What a step found: one sentence, and lines of detail."""

    step: Step
    finding: Finding
    sentence: str
    detail: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True, kw_only=True)
class TableChange:
    """A table whose content is not what it was. ``columns`` are those whose values differ, or are gone."""

    table: str
    rows_before: int
    rows_after: int | None
    columns: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What was lost."""
        if self.rows_after is None:
            return f"{self.table} is gone, with {self.rows_before} rows"
        if self.rows_after != self.rows_before:
            return f"{self.table} had {self.rows_before} rows and has {self.rows_after}"
        named = ", ".join(self.columns) or "which values belong together"
        return f"{self.table} has other values than before: {named}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two states that a rehearsal held against each other; they should be equal.

    ``what`` names them. ``tables`` is how many tables' content was compared, 0 where only catalogs were.
    """

    what: str
    differences: tuple[Difference, ...] = ()
    lost: tuple[TableChange, ...] = ()
    tables: int = 0

    @property
    def equal(self) -> bool:
        """Whether nothing differs but, at most, the order of columns."""
        return not self.lost and all(each.slight for each in self.differences)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """What is remembered of a green rehearsal.

    ``fingerprint`` is the target's before, ``changes`` what the migration did to the catalogs. ``exact``: the
    copy's catalogs were the target's own, so the target must come to differ in exactly that.
    """

    at: datetime
    up_sha256: str
    down_sha256: str
    fingerprint: str
    changes: tuple[Difference, ...]
    exact: bool
    irreversible: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """A row of the history that the target itself keeps. What a format does not keep is ``None``.

    ``adopted`` says what could be verified of one that was applied by other means.
    """

    version: str
    name: str
    statements: tuple[str, ...] | None = None
    sha256: str | None = None
    at: datetime | None = None
    adopted: str | None = None


class Standing(StrEnum):
    """Where a migration stands on a target."""

    APPLIED = "applied"
    ADOPTED = "adopted"
    PENDING = "pending"
    CHANGED = "changed after it was applied"
    MISSING = "applied, but its file is missing"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrationStanding:
    """Where one migration stands. ``note`` completes it with a sentence where there is more to say."""

    version: str
    name: str
    standing: Standing
    note: str = ""
    at: datetime | None = None
    reversible: bool | None = None
    rehearsed: datetime | None = None


class Severity(StrEnum):
    """How much a hazard matters."""

    REFUSED = "refused"
    """It is not sent at all."""
    DANGER = "danger"
    """It destroys data, opens access, or stops the application for as long as a table takes to be written."""
    CAUTION = "caution"
    """It may, depending on the size of things and on who is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardFound:
    """Something in a statement that deserves a look before it is sent; ``instead`` is how to write it."""

    hazard: str
    severity: Severity
    place: Place
    sentence: str
    instead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStatement:
    """A statement as it will be sent. ``alone`` says why it cannot be in a transaction, if it cannot."""

    number: int
    command: str
    place: Place
    summary: str
    alone: str = ""
    locks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedBatch:
    """What is committed together: a transaction, or one statement by itself."""

    number: int
    in_transaction: bool
    statements: tuple[PlannedStatement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrationPlan:
    """What would be done to apply a migration; nothing was sent."""

    migration: Migration
    batches: tuple[PlannedBatch, ...]
    hazards: tuple[HazardFound, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether something in it is not sent at all."""
        return any(each.severity is Severity.REFUSED for each in self.hazards)
