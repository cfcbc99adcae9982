"""Backing up, and rehearsing the worst case, as every row speaks of it: the steps, and what was measured.

How a backup is made and restored is for ``recovery``, what is remembered of it for the store.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pgassay.model.finding import Finding


class RecoveryOperation(StrEnum):
    """What is done for a recovery, or to prove that one would succeed."""

    BACKUP = "backup"
    VERIFY = "verify"
    DRILL = "drill"
    POINT_IN_TIME = "pitr"


class RecoveryStep(StrEnum):
    """The steps of the operations, each in its order."""

    DUMP = "dump"
    """Of a backup: pg_dump, and every table counted and hashed in the same snapshot."""
    ROLES = "roles"
    """Of a backup: the server's roles, without passwords."""
    SEAL = "seal"
    """Of a backup: the SHA-256 of every file, the manifest, and what a backup must at least hold."""
    FILES = "files"
    """Every file is there and has the SHA-256 that it had."""
    ARCHIVE = "archive"
    """pg_restore reads the whole archive."""
    PLACE = "place"
    """An empty database that pgassay made, with the roles, and with nothing of the target in reach."""
    PRE_DATA = "restore pre-data"
    DATA = "restore data"
    POST_DATA = "restore post-data"
    ANALYZE = "analyze"
    CONTENT = "content"
    """Rows and content of each table, and of large objects, are those of the snapshot."""
    INVENTORY = "inventory"
    """Every object, owner, grant, policy, trigger, setting is as in the snapshot."""
    SEQUENCES = "sequences"
    """The next value of each sequence is beyond what its columns hold."""
    FOREIGN_KEYS = "foreign keys"
    INDEXES = "indexes"
    WRITE = "first write"
    """One row of each table is taken out and put back, and rolled back."""
    TESTS = "tests"
    """The pgTAP suite on the restored copy."""
    ARCHIVING = "archiving"
    """What can be seen of the target's archive of WAL."""
    BASE_BACKUP = "base backup"
    MARK = "mark"
    """A row before a named restore point, another behind it, and the WAL with both in the archive."""
    RECOVER = "recover"
    """The base backup recovers to the restore point: the first row is there, the second is not."""
    MUST_FAIL = "must fail"
    """A restore point that never was is not reached."""
    CLEAN = "clean up"


class Outcome(StrEnum):
    """How an operation ended."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_VERIFIED = "not verified"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryRun:
    """One operation. ``backup`` is the backup that is made or drilled, ``location`` its directory."""

    id: UUID
    operation: RecoveryOperation
    target: str
    database: str
    started_at: datetime
    backup: UUID | None = None
    location: str = ""
    server_version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepResult:
    """What a step found: one sentence, and lines of detail.

    ``asked`` is false where nobody wanted it to be verified: then it spoils no exit code. ``tables`` are
    those that something is wrong with, as far as that is known.
    """

    step: RecoveryStep
    finding: Finding
    sentence: str
    detail: tuple[str, ...] = ()
    asked: bool = True
    tables: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A part of the time that a recovery takes."""

    name: str
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a drill measured, in seconds; ``None`` where it was not measured, or no objective is set."""

    rto_s: float | None = None
    rpo_s: float | None = None
    rto_objective_s: float | None = None
    rpo_objective_s: float | None = None
    phases: tuple[Phase, ...] = field(default=())

    @property
    def missed(self) -> tuple[str, ...]:
        """A sentence for each objective that was measured and missed."""
        found = (
            ("The recovery took", self.rto_s, self.rto_objective_s),
            ("The work that would be lost is that of", self.rpo_s, self.rpo_objective_s),
        )
        return tuple(
            f"{what} {value:.1f} s; the objective is {limit:g} s."
            for what, value, limit in found
            if value is not None and limit is not None and value > limit
        )

    @property
    def unmeasured(self) -> bool:
        """Whether there is an objective for something that was not measured."""
        pairs = ((self.rto_s, self.rto_objective_s), (self.rpo_s, self.rpo_objective_s))
        return any(value is None and limit is not None for value, limit in pairs)
