"""What a statement selects from, as far as the columns can be told: lists of VALUES, above all."""

from dataclasses import dataclass, replace

from pgassay.parse.sql.grammar import Node, kind, unwrap, walk
from pgassay.parse.sql.nodes import strings


@dataclass(frozen=True, slots=True)
class Source:
    """Something in a FROM, or in a WITH; ``columns`` is ``None`` where its columns cannot be told."""

    alias: str
    columns: dict[str, tuple[Node, ...]] | None
    number: int = 0


def sources_of(statement: Node) -> list[Source]:
    """Give all sources in a statement, wherever they stand, each with a number."""
    nodes = list(walk(statement))
    found = [each for each in map(_source, nodes) if each is not None]
    relations = [node for node in nodes if kind(node) == "RangeVar"]
    listed = {each.alias: each for each in found}
    for node in relations:
        same = None if node.schemaname else listed.get(node.relname)
        if same is None:
            found.append(Source(node.alias.aliasname or node.relname, None))
        elif node.alias.aliasname:
            found.append(replace(same, alias=node.alias.aliasname))
    return [replace(each, number=at) for at, each in enumerate(found)]


def _source(node: Node) -> Source | None:
    """Make the source that a node is by itself: a WITH query, a subquery or a function."""
    name = kind(node)
    if name == "CommonTableExpr":
        return Source(node.ctename, _columns(node.ctequery, strings(node.aliascolnames)))
    if name == "RangeSubselect":
        return Source(node.alias.aliasname, _columns(node.subquery, strings(node.alias.colnames)))
    return Source(node.alias.aliasname, _function_columns(node)) if name == "RangeFunction" else None


def _function_columns(node: Node) -> dict[str, tuple[Node, ...]] | None:
    """Give the columns of a function in FROM: of numbers in a row, or of an array that is written out."""
    functions = [each for each in walk(node) if kind(each) == "FuncCall"]
    if len(functions) != 1:
        return None
    name, arguments = strings(functions[0].funcname)[-1:], [unwrap(each) for each in functions[0].args]
    if name == ["generate_series"]:
        return {}
    if name != ["unnest"] or len(arguments) != 1 or kind(arguments[0]) != "A_ArrayExpr":
        return None
    return {(strings(node.alias.colnames) or [node.alias.aliasname])[0]: tuple(arguments[0].elements)}


def _columns(query: Node, names: list[str]) -> dict[str, tuple[Node, ...]] | None:
    """Give the expressions of each column of a list of VALUES, or of a SELECT whose columns have names."""
    query = unwrap(query)
    if kind(query) != "SelectStmt" or query.larg.target_list or query.HasField("larg"):
        return None
    if query.values_lists:
        rows = [unwrap(row).items for row in query.values_lists]
        names = [*names, *(f"column{at + 1}" for at in range(len(names), len(rows[0])))]
        return {name: tuple(row[at] for row in rows) for at, name in enumerate(names) if at < len(rows[0])}
    targets = [unwrap(each) for each in query.target_list]
    if any(not each.name and at >= len(names) for at, each in enumerate(targets)):
        return None
    return {names[at] if at < len(names) else each.name: (each.val,) for at, each in enumerate(targets)}
