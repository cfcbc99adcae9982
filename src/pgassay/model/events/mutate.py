"""The events of a mutation check, in the order in which they come.

``MutationStarted`` first and ``MutationFinished`` last, each exactly once, also when the check is
interrupted. The suite is tried on the unchanged database first: a ``BaselineFinished`` for each file. Where
one is red nothing is changed and the check ends. Else each mutant has one ``MutantFinished``, those
remembered from an earlier run first, and those of different workers in the order in which they end. Files
that turned red are then tried on the unchanged database again; one that is red there, too, takes back its
kills: such mutants have a second ``MutantFinished``, which counts.
"""

from dataclasses import dataclass
from datetime import datetime

from pgassay.model.mutate import Baseline, Mutant, MutantResult, MutationPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class MutationStarted:
    """The mutants are listed; nothing has been changed yet."""

    plan: MutationPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineFinished:
    """A file ran on the unchanged database. A ``flaky`` one was red and then green, or the reverse."""

    baseline: Baseline
    at: datetime
    flaky: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MutantStarted:
    """A worker took up a mutant."""

    mutant: Mutant
    worker: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MutantFinished:
    """A mutant was tried, or its result is remembered."""

    result: MutantResult
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MutationWarned:
    """Something that the user should know and that changes no verdict."""

    sentence: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MutationFinished:
    """Nothing more will come. ``interrupted`` is set by Ctrl-C or SIGTERM."""

    at: datetime
    elapsed_s: float
    interrupted: bool = False


MutationEvent = (
    MutationStarted | BaselineFinished | MutantStarted | MutantFinished | MutationWarned | MutationFinished
)
