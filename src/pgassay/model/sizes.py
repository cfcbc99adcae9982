"""How large a database is, or was."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationSize:
    """A table with its indexes and what is stored beside it, in bytes; ``name`` is quoted as SQL needs it."""

    name: str
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """A database as it is now. ``largest`` are its largest tables, the largest first."""

    size_bytes: int
    largest: tuple[RelationSize, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeSample:
    """How large a database was."""

    at: datetime
    sizes: Sizes
