"""What an access matrix is made of: who tried what on which relation, and how far it went.

A *reach* is proven by trying: it says which of the rows tried an identity got at, and nothing about what a
policy was meant to allow.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pgassay.model.exits import Exit
from pgassay.model.identity import Identity


class Action(StrEnum):
    """What is tried. ``MOVE`` is an UPDATE that makes of a row within reach one like those out of reach."""

    SELECT = "select"
    INSERT = "insert"
    UPDATE = "update"
    MOVE = "move"
    DELETE = "delete"
    TRUNCATE = "truncate"


class Reach(StrEnum):
    """How far an identity gets."""

    NO = "no"
    """It lacks the privilege."""
    NONE = "none"
    """It has the privilege, and row-level security lets it have none of the rows tried."""
    SOME = "some"
    """It gets at some of the rows tried, and not at others."""
    ALL = "all"
    """It gets at every row tried."""
    NOT_VERIFIED = "not verified"
    """It could not be tried, or what came of it proves nothing."""


class Ground(StrEnum):
    """Where it is tried."""

    COPY = "copy"
    """On a copy that is dropped afterwards."""
    IN_PLACE = "in place"
    """On the database itself, each relation in a transaction that is rolled back."""
    READ_ONLY = "read-only"
    """On production: reading is tried in READ ONLY transactions, nothing else is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One statement that was tried, on one row.

    ``row`` is a condition that finds the row, empty where none is meant. A ``limited`` statement names no
    row itself, so that it needs no privilege to read: a policy that lets through that row only stands in.
    Statements ``after`` a move look for the row again: where the last one finds none, it went out of reach.
    """

    statement: str
    row: str = ""
    limited: bool = False
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One action of an identity on a relation: ``reached`` of ``tried`` rows, and what stood in the way."""

    action: Action
    reach: Reach
    reached: int = 0
    tried: int = 0
    reason: str = ""
    attempts: tuple[Attempt, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationAccess:
    """One relation (its name quoted as SQL wants it): a row of cells for each identity, by its name.

    ``seed`` are the statements that made rows where there were none.
    """

    relation: str
    kind: str
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    seed: tuple[str, ...] = ()

    def cells(self) -> Iterator[tuple[str, Cell]]:
        """Give each cell with the name of its identity."""
        for identity, cells in self.rows:
            for cell in cells:
                yield identity, cell


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessPlan:
    """The identity of an access check. ``target`` is without secrets."""

    id: UUID
    started_at: datetime
    target: str
    database: str
    server_version: str
    ground: Ground
    identities: tuple[Identity, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A cell by its name, as a baseline keeps it."""

    relation: str
    identity: str
    action: Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A cell that is not as in the baseline."""

    entry: Entry
    before: Reach
    after: Reach

    @property
    def opened(self) -> bool:
        """Whether more is possible than before; where either is unknown, it is not said."""
        order = (Reach.NO, Reach.NONE, Reach.SOME, Reach.ALL)
        if Reach.NOT_VERIFIED in (self.before, self.after):
            return False
        return order.index(self.after) > order.index(self.before)

    @property
    def unverified(self) -> bool:
        """Whether it could be verified once, or now, and not both times."""
        return Reach.NOT_VERIFIED in (self.before, self.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessVerdict:
    """What a matrix adds up to. ``differences`` are ``None`` where there was no baseline.

    ``saved`` is the file that a baseline was written to; ``baseline`` the one that was compared with.
    """

    differences: tuple[Difference, ...] | None = None
    baseline: str = ""
    saved: str = ""
    verified: int = 0
    not_verified: int = 0
    strict: bool = False
    interrupted: bool = False

    @property
    def exit(self) -> Exit:
        """Red where a cell differs, where nothing could be verified, or, if strict, anything could not."""
        if self.interrupted:
            return Exit.INTERRUPTED
        if self.differences or not self.verified:
            return Exit.RED
        unsure = self.not_verified or (self.differences is None and not self.saved)
        return Exit.RED if self.strict and unsure else Exit.OK
