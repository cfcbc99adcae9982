"""The texts that an expression can have, as far as they can be told without running it.

``None`` is "cannot be told". What only becomes a quoted name or a quoted literal is told as a hole (see
``holes``): whatever it is, it stays within its quotes.
"""

from collections.abc import Callable, Iterable

from pgassay.parse.sql import holes
from pgassay.parse.sql.grammar import Node, kind, unwrap
from pgassay.parse.sql.holes import Texts
from pgassay.parse.sql.nodes import last_name, strings
from pgassay.parse.sql.scope import Scope
from pgassay.parse.sql.text_functions import TEXT_FUNCTIONS, joined

_TEXT_TYPES = frozenset({"text", "varchar", "bpchar", "name", "unknown", "cstring", "citext", "char"})
_SAFE_TYPES: dict[str, Texts] = {
    **dict.fromkeys(("int2", "int4", "int8", "oid", "numeric", "float4", "float8"), holes.NUMBER),
    **dict.fromkeys(
        ("integer", "bigint", "smallint", "int", "real", "double precision", "decimal"), holes.NUMBER
    ),
    **dict.fromkeys(("bool", "boolean", "uuid", "date"), (holes.VALUE,)),
    **dict.fromkeys(("regclass", "regrole", "regnamespace"), (holes.IDENTIFIER,)),
}
TRUSTED_TYPES = _TEXT_TYPES | _SAFE_TYPES.keys()
"""Types whose names are taken to mean the server's own; a file must not make others of these names."""


def texts_of(node: Node, scope: Scope) -> Texts | None:
    """Give all texts that an argument may have, row by row of the lists of VALUES in its statement."""
    node = unwrap(node)
    if kind(node) == "A_Const":
        return fold(node, scope)
    found: list[str] = []
    for each in scope.by_row(node):
        texts = fold(node, each)
        if texts is None:
            return None
        found += texts
    return tuple(dict.fromkeys(found))


def fold(node: Node, scope: Scope) -> Texts | None:
    """Give all texts that an expression may have, or ``None``."""
    node = unwrap(node)
    reader = _READERS.get(kind(node))
    found = reader(node, scope) if reader else None
    return None if found is None or len(found) > holes.MOST_TEXTS else found


def safe_texts(type_name: str) -> Texts | None:
    """Give texts that stand for any value of a type, where none can do harm within a statement."""
    return _SAFE_TYPES.get(type_name.lower().removeprefix("pg_catalog."))


def _constant(node: Node, _scope: Scope) -> Texts | None:
    which = node.WhichOneof("val")
    if node.isnull or which is None:
        return ("",)
    value = getattr(node, which)
    if which == "sval":
        return None if holes.has_holes(value.sval) else (value.sval,)
    if which == "ival":
        return (str(value.ival),)
    if which == "fval":
        return (value.fval,)
    return (str(value.boolval).lower(),) if which == "boolval" else None


def _cast(node: Node, scope: Scope) -> Texts | None:
    names = strings(node.type_name.names)
    if node.type_name.array_bounds or not names:
        return None
    found = fold(node.arg, scope)
    if names[-1] in _TEXT_TYPES:
        return found
    if found is not None and not any(map(holes.has_holes, found)):
        return found
    return safe_texts(names[-1])


def _operation(node: Node, scope: Scope) -> Texts | None:
    if strings(node.name)[-1:] != ["||"] or not node.HasField("lexpr"):
        return None
    return joined([fold(node.lexpr, scope), fold(node.rexpr, scope)])


def _any_of(nodes: Iterable[Node], scope: Scope) -> Texts | None:
    found: list[str] = []
    for node in nodes:
        texts = fold(node, scope)
        if texts is None:
            return None
        found += texts
    return tuple(dict.fromkeys(found))


def _case(node: Node, scope: Scope) -> Texts | None:
    results = [unwrap(each).result for each in node.args]
    default = [node.defresult] if node.HasField("defresult") else []
    return _any_of([*results, *default], scope)


def _column(node: Node, scope: Scope) -> Texts | None:
    names = strings(node.fields)
    if len(names) != len(node.fields):
        return None
    candidates = scope.column(tuple(names))
    if candidates is None or isinstance(candidates, tuple):
        return candidates
    return _any_of(candidates.nodes, candidates.scope)


def _parameter(node: Node, scope: Scope) -> Texts | None:
    variable = scope.variables.get(f"${node.number}")
    return variable(f"${node.number}") if variable else None


def _subquery(node: Node, scope: Scope) -> Texts | None:
    """Deal with a scalar subquery of one column."""
    query = unwrap(node.subselect)
    if kind(query) != "SelectStmt" or query.HasField("larg") or len(query.target_list) != 1:
        return None
    return fold(unwrap(query.target_list[0]).val, scope.inside(query))


def _function(node: Node, scope: Scope) -> Texts | None:
    name = last_name(node.funcname)
    arguments = [unwrap(each) for each in node.args]
    if not arguments or node.func_variadic or scope.shadows(name):
        return None
    if name == "unnest":
        return _elements(arguments[0], scope)
    reader = TEXT_FUNCTIONS.get(name)
    return reader([fold(each, scope) for each in arguments]) if reader else None


def _elements(node: Node, scope: Scope) -> Texts | None:
    while kind(node) == "TypeCast":
        node = unwrap(node.arg)
    return _any_of(node.elements, scope) if kind(node) == "A_ArrayExpr" else None


_READERS: dict[str, Callable[[Node, Scope], Texts | None]] = {
    "A_Const": _constant,
    "TypeCast": _cast,
    "A_Expr": _operation,
    "CaseExpr": _case,
    "CoalesceExpr": lambda node, scope: _any_of(node.args, scope),
    "ColumnRef": _column,
    "ParamRef": _parameter,
    "SubLink": _subquery,
    "FuncCall": _function,
    "CollateClause": lambda node, scope: fold(node.arg, scope),
    "NamedArgExpr": lambda node, scope: fold(node.arg, scope),
}
