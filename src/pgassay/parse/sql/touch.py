"""What a statement sets off without saying so: whatever the database has attached to what it touches."""

from dataclasses import dataclass, field, replace
from enum import Enum


class TouchKind(Enum):
    """What is touched."""

    RELATION = "relation"
    TYPE = "type"
    OPERATOR = "operator"
    COMMAND = "command"
    """A statement that changes definitions, by its tag: event triggers see it."""
    ANYTHING = "anything"
    """Any statement at all: what casts, sorts and compares values may do so for each."""


class Occasion(Enum):
    """What is done to a relation."""

    READ = "read"
    INSERT = "insert"
    UPDATE = "update"
    DELETE = "delete"
    TRUNCATE = "truncate"
    REFRESH = "refresh"
    COPY_SHAPE = "copy shape"
    """Its columns, with their defaults and constraints, become those of another table."""


WRITES = frozenset({Occasion.INSERT, Occasion.UPDATE, Occasion.DELETE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """One thing that is touched.

    ``schema`` is empty where none was written, ``name`` is an operator, a type or a command's tag for the
    other kinds; an empty tag is any. ``columns`` are those that an UPDATE sets, ``None`` where that is not
    known. ``through`` is the way to it, outermost first, and no part of what it is.
    """

    kind: TouchKind
    name: str = ""
    schema: str = ""
    occasion: Occasion = Occasion.READ
    columns: frozenset[str] | None = None
    through: tuple[str, ...] = field(default=(), compare=False)

    def behind(self, through: tuple[str, ...]) -> "Touch":
        """Give the touch as seen from further outside."""
        return replace(self, through=(*through, *self.through)) if through else self


Touches = dict[Touch, None]
"""Touches in the order in which they were found, each once, with the way to it that was found first."""
