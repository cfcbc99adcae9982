"""Emergency rollbacks as every row speaks of them: which way one goes, its steps, and how it ended.

How a backup takes the place of a database is for ``recovery``, what is remembered of it for the store.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pgassay.model.finding import Finding


class RollbackOperation(StrEnum):
    """What is done."""

    RUN = "run"
    """The newest tested backup takes the place of the database."""
    UNDO = "undo"
    """The database that was set aside takes its place again."""


class RollbackWay(StrEnum):
    """How a backup takes the place of what is there."""

    DATABASE = "database"
    """Restored into a database beside, whose name is swapped with that of the one in use."""
    SCHEMAS = "schemas"
    """Restored inside the database in use, whose schemas are renamed in the same transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StayingSchema:
    """A schema that stays as it is, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RollbackPlan:
    """Which way it goes, and for schemas which of them; ``because`` is why the database cannot be swapped.

    ``waits`` says for each schema whose users have to wait meanwhile why that is so.
    """

    way: RollbackWay
    schemas: tuple[str, ...] = ()
    staying: tuple[StayingSchema, ...] = ()
    because: str = ""
    waits: tuple[str, ...] = ()


class RollbackStep(StrEnum):
    """The steps of a rollback, in their order; an undo has some of them."""

    BACKUP = "backup files"
    """Every file of the backup has the SHA-256 that it had."""
    REFERENCES = "references"
    """Of schemas: what is outside of them and bound to them."""
    RENAME = "rename"
    """Of an undo of schemas."""
    RESTORE = "restore"
    """Into a database of its own, beside the one in use; or into new schemas that nobody sees yet."""
    ANALYZE = "analyze"
    CONTENT = "content"
    """Rows and content of each restored table are those of the snapshot."""
    INVENTORY = "inventory"
    SEQUENCES = "sequences"
    ATTRIBUTES = "attributes"
    """The settings, grants, limit and owner of the database in use."""
    CARRY = "carry over"
    """What the store has come to know since the backup."""
    SWAP = "swap"
    """Both names in one transaction; or, of schemas, what others wait for, and the commit."""
    REST = "carry the rest"
    """What the store came to know in the moments before the swap."""
    VALIDATE = "foreign keys"
    """Of schemas: foreign keys to and from tables outside, looked at when everybody can go on."""
    SMOKE = "smoke"
    """Who connects by the name gets the database that was meant, and can read it."""
    TELL = "tell"
    """The incident, and the people."""
    TRIGGER = "trigger file"


class RollbackOutcome(StrEnum):
    """How an operation ended, and so where the target is."""

    SUCCEEDED = "succeeded"
    RED = "red"
    """The target is as after it, and something behind the swap is wrong."""
    UNCHANGED = "unchanged"
    """The target is as before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RollbackRun:
    """One operation. ``live`` is the name in use, ``aside`` the one that the present database will get.

    ``database`` is what the target is remembered by. ``backup`` and ``location`` name the backup,
    ``undoes`` the operation that an undo takes back. ``schemas`` are those that are swapped where that is
    the way; ``aside`` then names one for each. ``tables`` are those that are known to come to have another
    number of rows.
    """

    id: UUID
    operation: RollbackOperation
    target: str
    database: str
    live: str
    aside: str
    reason: str
    started_at: datetime
    backup: UUID | None = None
    location: str = ""
    undoes: UUID | None = None
    way: RollbackWay = RollbackWay.DATABASE
    schemas: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RollbackResult:
    """What a step found: one sentence, and lines of detail."""

    step: RollbackStep
    finding: Finding
    sentence: str
    detail: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LastRollback:
    """An operation as the store remembers it; ``status`` is its outcome, ``running`` or ``interrupted``."""

    id: UUID
    operation: RollbackOperation
    status: str
    step: str
    reason: str
    sentence: str
    backup: str
    aside: str
    started_at: datetime
    finished_at: datetime | None
    outage_s: float | None = None
    way: RollbackWay = RollbackWay.DATABASE
    schemas: tuple[str, ...] = ()
