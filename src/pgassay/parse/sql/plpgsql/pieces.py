"""What a PL/pgSQL body consists of, for who judges it."""

from dataclasses import dataclass, field
from enum import Enum


class PieceKind(Enum):
    """What a piece of text is."""

    STATEMENT = "a statement"
    EXPRESSION = "an expression, as it would stand behind SELECT"
    DYNAMIC = "an expression whose value is executed"
    CONTROL = "COMMIT or ROLLBACK"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Something that the body runs; ``line`` counts from 0 within the body."""

    kind: PieceKind
    text: str
    line: int


@dataclass(slots=True)
class Body:
    """A body taken apart.

    ``values`` has, for each variable in lower case, the expressions that it is given; ``None`` stands for
    a value that comes from elsewhere. ``types`` has the type that it was declared with, ``aliases`` the
    number of the parameter (from 1) or the name that it is another name for. ``declared`` are all types
    that any variable is declared with.
    ``columns_first`` says that a column wins over a variable of its name.
    """

    pieces: list[Piece] = field(default_factory=list)
    values: dict[str, list[str | None]] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    declared: set[str] = field(default_factory=set)
    columns_first: bool = False

    def assign(self, variable: str, expression: str | None) -> None:
        """Note a value that a variable is given."""
        self.values.setdefault(plain(variable), []).append(expression)


def plain(name: str) -> str:
    """Give a name as the server keeps it: folded to lower case, unless quoted."""
    name = name.strip()
    if name.startswith('"') and name.endswith('"') and len(name) > 1:
        return name[1:-1].replace('""', '"')
    return name.lower()
