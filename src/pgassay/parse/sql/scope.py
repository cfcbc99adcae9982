"""What a name in an expression stands for: a variable, a parameter, or a column of a list of VALUES."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from pgassay.parse.sql.grammar import Node, kind, walk
from pgassay.parse.sql.holes import Texts
from pgassay.parse.sql.nodes import strings
from pgassay.parse.sql.sources import Source, sources_of

Variable = Callable[[str], Texts | None]


@dataclass(frozen=True, slots=True)
class Choices:
    """The expressions that a column takes row by row, and where their names are to be looked up."""

    nodes: tuple[Node, ...]
    scope: "Scope"


def _nothing_shadows(_function: str) -> bool:
    return False


Found = Texts | Choices | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Where names are looked up.

    ``statement`` is the one around the expression. ``variables`` are those of the routine, by lower-case
    name or ``$n``; they give ``None`` where a value cannot be told. With ``columns_first`` a column wins
    over a variable of its name, as in the language SQL. ``shadows`` tells of a function's name
    whether there is another one than the server's. ``open_columns`` guards against columns that are
    defined by each other. ``row`` binds a source, by its number, to one of its rows.
    """

    variables: Mapping[str, Variable] = field(default_factory=dict)
    statement: Node | None = None
    columns_first: bool = False
    shadows: Callable[[str], bool] = _nothing_shadows
    open_columns: frozenset[str] = frozenset()
    row: tuple[int, int] | None = None

    def inside(self, statement: Node) -> "Scope":
        """Give the scope of an expression in a statement; the outermost one counts."""
        return self if self.statement is not None else replace(self, statement=statement)

    def column(self, names: tuple[str, ...]) -> Found:
        """Give what a name stands for; ``None`` where that cannot be told."""
        name = names[-1]
        variable = self.variables.get(name) if len(names) == 1 else None
        if variable is not None and not (self.columns_first and self._may_have(name)):
            return variable(name)
        if self.statement is None or len(names) > 2 or name in self.open_columns:
            return None
        sources = sources_of(self.statement)
        if len(names) == 2:
            sources = [each for each in sources if each.alias == names[0]]
            if len(sources) != 1:
                return None
        elif any(each.columns is None for each in sources):
            return None
        nodes = tuple(node for each in sources for node in self._rows(each, name))
        return Choices(nodes, replace(self, open_columns=self.open_columns | {name})) if nodes else None

    def _rows(self, source: Source, name: str) -> tuple[Node, ...]:
        nodes = (source.columns or {}).get(name, ())
        if self.row is not None and self.row[0] == source.number:
            return nodes[self.row[1] : self.row[1] + 1]
        return nodes

    def by_row(self, node: Node) -> "tuple[Scope, ...]":
        """Give a scope for each row of the list of VALUES that an expression takes several columns of.

        Its columns belong together, so that not every combination of them has to be looked at. Where
        there is no such list, or there are several, this is the scope itself.
        """
        names = {name for each in walk(node) if kind(each) == "ColumnRef" for name in strings(each.fields)}
        if self.statement is None or self.row is not None or len(names) < 2:
            return (self,)
        used = [each for each in sources_of(self.statement) if len(names & (each.columns or {}).keys()) > 1]
        if len(used) != 1:
            return (self,)
        rows = max(map(len, (used[0].columns or {}).values()))
        return tuple(replace(self, row=(used[0].number, at)) for at in range(rows))

    def _may_have(self, name: str) -> bool:
        sources = [] if self.statement is None or name.startswith("$") else sources_of(self.statement)
        return any(each.columns is None or name in each.columns for each in sources)
