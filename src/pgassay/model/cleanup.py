"""What becomes of the rows that tests committed and registered."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Fate(StrEnum):
    """What became of a registered row."""

    REMOVED = "removed"
    GONE = "already gone"
    """It was not there any more, and is noted so."""
    KEPT = "kept"
    """Its method says that it stays; it is not asked about again."""
    NOTED = "only noted"
    """Its method says that nobody removes it; it stays on the list."""
    IN_USE = "in use"
    """The run, or the session, that registered it still goes on."""
    TO_REMOVE = "would be removed"
    LEFT = "left"
    """It could not be removed without touching what is not registered, or not at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A registered row: its table, and its key as text."""

    id: UUID
    test_name: str
    type: str
    key: str
    method: str = "CASCADE"
    run_id: UUID | None = None

    def __str__(self) -> str:
        return f"{self.type} {self.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """What became of one row. ``reason`` says why it was left; ``notes`` what else happened by the way."""

    entity: Entity
    fate: Fate
    reason: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleanup:
    """A whole cleanup, in the order in which it went."""

    rows: tuple[Cleaned, ...] = ()
    dry: bool = False

    def count(self, *fates: Fate) -> int:
        """How many rows met one of these fates."""
        return sum(each.fate in fates for each in self.rows)

    @property
    def left(self) -> tuple[Cleaned, ...]:
        """The rows that should have been removed and were not."""
        return tuple(each for each in self.rows if each.fate is Fate.LEFT)


def together(parts: Iterable[Cleaned], *, dry: bool = False) -> Cleanup:
    """Gather what happened."""
    return Cleanup(rows=tuple(parts), dry=dry)
