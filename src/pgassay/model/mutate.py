"""What a mutation check is made of: the faults put into a database, and what the suite made of each."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pgassay.model.suite import Environment, FileResult, TestFile


class Verdict(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"
    """A test file turned red."""
    SURVIVED = "survived"
    """Every test file stayed green."""
    NOT_APPLICABLE = "not applicable"
    """The server refused the change, so that there was nothing to notice."""
    TIMED_OUT = "timed out"
    """A file took much longer than it does without the change, and was cancelled."""
    UNDECIDED = "undecided"
    """Something other than the change got in the way: a lost connection, a flaky file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """An object of the database that statements act upon, named as ``schema.name``.

    A ``relation`` is a table; anything else is a function, with its argument types.
    """

    name: str
    relation: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One fault that can be put into a database.

    ``id`` is ``KIND:SUBJECT`` and stays the same while the schema does; ``object`` is the table,
    function, type or schema that it belongs to; ``name`` is what a test would call the changed thing,
    without its schema. ``ddl`` makes the change; ``touching`` is what statements have to act upon to
    meet it.
    """

    id: str
    kind: str
    object: str
    name: str
    description: str
    ddl: str
    touching: frozenset[Touched] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of fault: ``section`` groups kinds in reports, ``title`` says in a few words what is done."""

    name: str
    section: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Killer:
    """What noticed a mutant: a file, and the assertion or the error that turned it red."""

    path: str
    reason: str
    assertion: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MutantResult:
    """What is known of one mutant after it was tried.

    ``message`` is the server's where the change was refused, else what got in the way. ``files_run``
    counts the files that ran on it. A ``remembered`` result is that of an earlier run.
    """

    mutant: Mutant
    verdict: Verdict
    elapsed_s: float = 0.0
    files_run: int = 0
    killer: Killer | None = None
    message: str = ""
    remembered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """A file on the unchanged database: how it went, and what its statements acted upon."""

    result: FileResult
    touched: frozenset[Touched] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Excuse:
    """A mutant that may survive, and why."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MutationPlan:
    """The identity of a check. ``at_least`` is the share of mutants to be noticed, in percent."""

    id: UUID
    started_at: datetime
    environment: Environment
    files: tuple[TestFile, ...]
    mutants: tuple[Mutant, ...]
    kinds: tuple[Kind, ...]
    jobs: int = 1
    at_least: float = 95.0
    excuses: tuple[Excuse, ...] = ()
