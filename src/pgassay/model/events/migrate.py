"""The events of an operation with a migration, in the order in which they come.

``MigrationStarted`` first and ``MigrationFinished`` last, each exactly once, also when the operation is
interrupted. In between, each step has a ``StepStarted`` and a ``StepFinished``. Within a step that sends the
file's statements there is a ``StatementFinished`` for each, also for those of a try that a ``LockWaited``
then gives up, and a ``BatchCommitted`` when the target has them for good. A rehearsal has a ``Compared`` for
each pair of states. The engine goes on only when the event was taken: what a sink writes down before it
returns is written before anything further happens.
"""

from dataclasses import dataclass, field
from datetime import datetime

from pgassay.model.fingerprint import Difference, Fingerprint
from pgassay.model.migrate import MigrationRun, Outcome, StatementResult, Step, StepResult
from pgassay.model.rehearsal import Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrationStarted:
    """The files are read, the target is reached and held; nothing has been changed."""

    run: MigrationRun


@dataclass(frozen=True, slots=True, kw_only=True)
class StepStarted:
    """A step begins."""

    step: Step
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementFinished:
    """A statement was executed."""

    step: Step
    statement: StatementResult
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LockWaited:
    """A lock was not to be had in time; everything of this try was rolled back, and the next one follows."""

    step: Step
    sentence: str
    attempt: int
    tries: int
    pause_s: float
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchCommitted:
    """What is committed together was; ``number`` of ``count`` such parts of the file."""

    step: Step
    number: int
    count: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFinished:
    """A step ended."""

    result: StepResult
    at: datetime
    elapsed_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two states were held against each other."""

    comparison: Comparison
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrationWarned:
    """Something that the user should know and that changes no verdict."""

    sentence: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrationFinished:
    """Nothing more will come. ``before`` are the target's catalogs before it, ``after`` those behind it.

    ``changes`` are what it did to the catalogs. ``exact``: of a rehearsal, on a copy whose catalogs were the
    target's own. ``interrupted`` is set by Ctrl-C or SIGTERM.
    """

    outcome: Outcome
    sentence: str
    at: datetime
    elapsed_s: float
    before: Fingerprint | None = None
    after: Fingerprint | None = None
    changes: tuple[Difference, ...] = field(default=())
    exact: bool = False
    interrupted: bool = False


MigrationEvent = (
    MigrationStarted
    | StepStarted
    | StatementFinished
    | LockWaited
    | BatchCommitted
    | StepFinished
    | Compared
    | MigrationWarned
    | MigrationFinished
)
