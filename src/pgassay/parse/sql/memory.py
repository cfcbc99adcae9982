"""What a file has made so far: objects, which a rollback takes away again, and routines.

Only plain statements of the file itself are remembered. What is made inside a function, a block or a
string argument may have failed there without anybody noticing, so it is not.
"""

from dataclasses import dataclass, field
from enum import Enum

from pgassay.parse.sql.finding import Finding
from pgassay.parse.sql.grammar import Node
from pgassay.parse.sql.summary import Summaries
from pgassay.parse.sql.touch import Touch


class ObjectKind(Enum):
    """The kinds of objects that are told apart."""

    RELATION = "relation"
    SCHEMA = "schema"
    TYPE = "type"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Name:
    """An object's name as written; the schema is empty where none was."""

    kind: ObjectKind
    schema: str
    name: str

    def __str__(self) -> str:
        return f"{self.schema}.{self.name}" if self.schema else self.name


@dataclass(slots=True)
class Memory:
    """The state that goes from one statement of a file to the next.

    ``routines`` are the definitions of those that the file made, by name; they are kept beyond a rollback,
    as one too many does no harm. ``summaries`` are of these and of the database's own, ``reached`` what
    comes of touching something. ``called`` are the names that routines call. ``uses`` counts what was
    remembered or recalled: a statement during which it stays what it is does not depend on those before it.
    """

    made: frozenset[Name] = frozenset()
    routines: dict[str, tuple[Node, ...]] = field(default_factory=dict)
    summaries: Summaries = field(default_factory=Summaries)
    reached: dict[Touch, tuple[Finding, ...]] = field(default_factory=dict)
    called: set[str] = field(default_factory=set)
    uses: int = 0
    _savepoints: list[tuple[str, frozenset[Name]]] = field(default_factory=list)

    def has_made(self, name: Name) -> bool:
        """Tell whether the file made it."""
        self.uses += 1
        return name in self.made

    def make(self, name: Name) -> None:
        """Remember that the file made it."""
        self.uses += 1
        self.made |= {name}

    @property
    def hides_any_called(self) -> bool:
        """Whether the file made a routine with the name of one that routines call."""
        return any(name in self.called for name in self.routines)

    def add_routine(self, name: str, node: Node) -> bool:
        """Remember a routine that the file made; there may be several of one name.

        Tells whether something that was read before calls a routine of this name: then it has to be read
        anew, and the summaries are forgotten.
        """
        before = name in self.called
        self.routines[name] = (*self.routines.get(name, ()), node)
        if before:
            self.summaries.forget()
            self.reached.clear()
        return before

    def savepoint(self, name: str) -> None:
        """Remember the state at a savepoint."""
        self.uses += 1
        self._savepoints.append((name, self.made))

    def release(self, name: str) -> None:
        """Forget a savepoint and those after it, not what was made since."""
        self.uses += 1
        at = self._find(name)
        if at is not None:
            del self._savepoints[at:]

    def back_to(self, name: str) -> None:
        """Forget what was made since a savepoint; all, where it is not known."""
        self.uses += 1
        at = self._find(name)
        if at is None:
            self.rollback()
        else:
            self.made = self._savepoints[at][1]
            del self._savepoints[at + 1 :]

    def rollback(self) -> None:
        """Forget all that was made."""
        self.uses += 1
        self.made = frozenset()
        self._savepoints.clear()

    def _find(self, name: str) -> int | None:
        for at in range(len(self._savepoints) - 1, -1, -1):
            if self._savepoints[at][0] == name:
                return at
        return None
