"""What is known of the database around a statement, as values and callables: nothing here looks it up.

Whoever runs a file reads the catalogs once and gives what it found. ``None`` for a callable or a set
says that nothing is known; then a name is new only where the file itself was seen to make it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum
from threading import RLock

from pgassay.parse.sql.attached import Attached
from pgassay.parse.sql.memory import Memory
from pgassay.parse.sql.policy import Policy

_LONGEST_TEXT = 1000
_MOST_TEXTS = 10_000


class RelationKind(Enum):
    """What a relation is, as far as it matters here."""

    TABLE = "table"
    VIEW = "view"
    FOREIGN = "foreign table"
    SEQUENCE = "sequence"
    INDEX = "index"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A relation that existed before the file. ``sequences`` are those that its defaults advance."""

    schema: str
    name: str
    kind: RelationKind = RelationKind.TABLE
    sequences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter of a routine: its name, perhaps empty, and its type as the catalog prints it."""

    name: str = ""
    type: str = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine:
    """A function or procedure that existed before the file.

    ``body`` is ``prosrc``; ``standard`` tells that it is the text of ``pg_get_function_sqlbody`` instead.
    ``parameters`` are the input ones in order. ``extension`` names the extension that it belongs to:
    those are known by name, and their bodies are not read. ``settings`` are the names that it has of its
    own (``proconfig``). An aggregate has the language ``aggregate``, and ``calls``: a query that calls the
    functions that it consists of.
    """

    schema: str
    name: str
    language: str
    body: str
    volatility: str = "volatile"
    parameters: tuple[Parameter, ...] = ()
    extension: str = ""
    settings: tuple[str, ...] = ()
    standard: bool = False
    calls: str = ""


def _no_routines(_name: str) -> tuple[Routine, ...]:
    return ()


@dataclass(slots=True)
class Shared:
    """What was read of the database's own definitions, for all files: what one has read none reads again.

    ``lock`` is to be held while something is read into ``memory``. ``harmless`` are texts of which there is
    nothing to say, whatever the file has made before, as long as that is no routine.
    """

    memory: Memory = field(default_factory=Memory)
    lock: RLock = field(default_factory=RLock)
    harmless: set[str] = field(default_factory=set)

    def note_harmless(self, text: str) -> None:
        """Remember a text, if it is short and not one of too many."""
        if len(text) <= _LONGEST_TEXT and len(self.harmless) < _MOST_TEXTS:
            self.harmless.add(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a file's statements are judged against; one value a file, because ``memory`` is the file's.

    ``routines`` and ``relations`` give, by bare name, those of every schema but the system's (of relations,
    no temporary ones). ``routines_in`` gives all of one schema, the empty name those of the search path.
    ``patience`` is in seconds. ``restricted_role`` is the role that the session was restricted to, and
    ``lesser_roles`` those that it may become without gaining any right. ``attached`` is what runs unasked;
    ``shared`` may be given to the surroundings of several files of one database.
    """

    routines: Callable[[str], tuple[Routine, ...]] = _no_routines
    routines_in: Callable[[str], tuple[Routine, ...]] | None = None
    relations: Callable[[str], tuple[Relation, ...]] | None = None
    schemas: frozenset[str] | None = None
    types: frozenset[str] | None = None
    extensions: frozenset[str] = frozenset({"plpgsql"})
    restricted_role: str = ""
    lesser_roles: frozenset[str] = frozenset()
    patience: float = 0.2
    policy: Policy = Policy()
    attached: Attached | None = None
    shared: Shared = field(default_factory=Shared)
    memory: Memory = field(default_factory=Memory)

    def __post_init__(self) -> None:
        # What is read for all files calls what this file may make later on.
        self.memory.called = self.shared.memory.called

    @property
    def for_all(self) -> "Surroundings":
        """Give the surroundings of a file that made nothing."""
        return replace(self, memory=self.shared.memory)
