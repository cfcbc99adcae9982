"""The events of an emergency rollback and of its undoing, in their order.

``RollbackStarted`` first and ``RollbackFinished`` last, each exactly once. In between, each step has a
``RollbackStepStarted`` and a ``RollbackStepFinished``, and the swap a ``RollbackSwapped`` right behind it.
The engine goes on only when the event was taken: what a sink writes down before it returns is written before
anything further happens.
"""

from dataclasses import dataclass
from datetime import datetime

from pgassay.model.rollback import RollbackOutcome, RollbackResult, RollbackRun, RollbackStep


@dataclass(frozen=True, slots=True, kw_only=True)
class RollbackStarted:
    """Nothing has been made or changed. ``resumed``: the swap was done already, and what follows was not."""

    run: RollbackRun
    resumed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RollbackStepStarted:
    """A step begins."""

    step: RollbackStep
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RollbackStepFinished:
    """A step ended."""

    result: RollbackResult
    at: datetime
    elapsed_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RollbackSwapped:
    """The names are swapped, for good.

    ``outage_s`` is how long nobody could get in; of schemas, how long others may have waited for locks.
    """

    outage_s: float
    tries: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RollbackWarned:
    """Something that the user should know and that changes no verdict."""

    sentence: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RollbackFinished:
    """Nothing more will come."""

    outcome: RollbackOutcome
    sentence: str
    at: datetime
    elapsed_s: float
    interrupted: bool = False


RollbackEvent = (
    RollbackStarted
    | RollbackStepStarted
    | RollbackStepFinished
    | RollbackSwapped
    | RollbackWarned
    | RollbackFinished
)
