"""Emergency rollbacks as every row speaks of them: what asks for one, what it would cost, what it did.

How a backup takes the place of a database is for ``recovery``, what is remembered of it for the store.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pgassay.model.alert import Alert
from pgassay.model.finding import Finding


class Trigger(StrEnum):
    """What may ask for a rollback."""

    MANUAL = "manual"
    """Somebody put the trigger file where pgassay looks for it."""
    FAILURE_RATE = "failure rate"
    ALERTS = "critical alerts"


class Standing(StrEnum):
    """Whether a trigger asks for a rollback."""

    FIRED = "fired"
    QUIET = "quiet"
    NOT_VERIFIED = "not verified"


class Verdict(StrEnum):
    """What all triggers together say."""

    ROLL_BACK = "ROLL BACK"
    STAY = "STAY"
    NOT_VERIFIED = "NOT VERIFIED"


@dataclass(frozen=True, slots=True, kw_only=True)
class ManualFacts:
    """The trigger file. ``path`` is empty where none is looked for; ``problem`` says why it cannot be read.

    ``written_at`` is ``None`` where it is not there; ``reason`` is its text.
    """

    path: str = ""
    reason: str = ""
    written_at: datetime | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Execution:
    """One category of a run of tests that came to its end."""

    suite: str
    category: str
    ended_at: datetime
    failed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseFacts:
    """What is known. Executions and alerts are ``None`` where no store can be read; ``problem`` says why."""

    manual: ManualFacts = ManualFacts()
    executions: tuple[Execution, ...] | None = None
    alerts: tuple[Alert, ...] | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerResult:
    """How one trigger stands, and what shows it."""

    trigger: Trigger
    standing: Standing
    sentence: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """Whether what is deployed may stay."""

    target: str
    at: datetime
    verdict: Verdict
    triggers: tuple[TriggerResult, ...]

    @property
    def reason(self) -> str:
        """The sentences of the triggers that ask for a rollback."""
        return " ".join(each.sentence for each in self.triggers if each.standing is Standing.FIRED)


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
    """Which way it goes, and for schemas which of them; ``because`` is why the database cannot be swapped."""

    way: RollbackWay
    schemas: tuple[str, ...] = ()
    staying: tuple[StayingSchema, ...] = ()
    because: str = ""


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
    the way; ``aside`` then names one for each.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class RollbackResult:
    """What a step found: one sentence, and lines of detail."""

    step: RollbackStep
    finding: Finding
    sentence: str
    detail: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TableLoss:
    """The rows of one table in what would come and in what is there now.

    ``None``: there is no such table. ``exact`` is false where the rows of now are the server's estimate.
    """

    name: str
    then: int | None
    now: int | None
    exact: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What a rollback would take away: everything since ``since``; the tables whose number of rows differs.

    Rows that were only changed are not seen. ``problem`` says why nothing could be counted.
    """

    since: datetime
    tables: tuple[TableLoss, ...] = ()
    compared: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedTable:
    """A table of a schema as a publication has it; ``table`` is empty where it has the schema as a whole."""

    publication: str
    table: str = ""
    columns: tuple[str, ...] = ()
    where: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignKey:
    """A foreign key, by its names."""

    schema: str
    table: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AsideSchema:
    """A schema that was set aside from the name ``live``; an empty one where there was none (``absent``).

    ``comment`` is the one that it had. ``published`` is what was published of it, ``unvalidated`` are the
    foreign keys of the schema that took its place that are to be validated once others may go on.
    """

    live: str
    name: str
    size_bytes: int | None = None
    comment: str | None = None
    absent: bool = False
    published: tuple[PublishedTable, ...] = ()
    unvalidated: tuple[ForeignKey, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """What was set aside by an operation: a database, or ``schemas`` of it.

    ``finished``: what follows a swap was done, too.
    """

    name: str
    size_bytes: int | None
    run: RollbackRun
    comment: str | None
    finished: bool
    schemas: tuple[AsideSchema, ...] = ()


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
