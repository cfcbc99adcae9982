"""The events of a backup, of a drill and of a proof of point-in-time recovery, in their order.

``RecoveryStarted`` first and ``RecoveryFinished`` last, each exactly once, also when the operation is
interrupted. In between, each step has a ``RecoveryStepStarted`` and a ``RecoveryStepFinished``. The engine
goes on only when the event was taken: what a sink writes down before it returns is written before anything
further happens.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pgassay.model.backup import BackupState, Manifest
from pgassay.model.recovery import Measured, Outcome, RecoveryRun, RecoveryStep, StepResult


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryStarted:
    """What is needed is there; nothing has been made."""

    run: RecoveryRun


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryStepStarted:
    """A step begins."""

    step: RecoveryStep
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryStepFinished:
    """A step ended."""

    result: StepResult
    at: datetime
    elapsed_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceReady:
    """The database that is restored into is there: its address without secrets, and what it is in words."""

    address: str
    place: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupMade:
    """The backup has its name: it is whole. ``manifest_sha256`` is of the manifest beside the archive."""

    id: UUID
    manifest: Manifest
    location: str
    manifest_sha256: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryWarned:
    """Something that the user should know and that changes no verdict."""

    sentence: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryFinished:
    """Nothing more will come; what the operation made for itself is gone.

    ``standing`` is what is known of the backup now, ``None`` where nothing new is. ``asked`` is false where
    all that is not verified was not wanted to be.
    """

    outcome: Outcome
    sentence: str
    at: datetime
    elapsed_s: float
    measured: Measured = Measured()
    standing: BackupState | None = None
    asked: bool = True


RecoveryEvent = (
    RecoveryStarted
    | RecoveryStepStarted
    | RecoveryStepFinished
    | PlaceReady
    | BackupMade
    | RecoveryWarned
    | RecoveryFinished
)
