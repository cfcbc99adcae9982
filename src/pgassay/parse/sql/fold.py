"""The texts that an expression can have, as far as they can be told without running it.

``None`` is "cannot be told". What only becomes a quoted name or a quoted literal is told as a hole (see
``holes``): whatever it is, it stays within its quotes.
"""

import re
from collections.abc import Callable, Iterable
from itertools import product

from pgassay.parse.sql import holes
from pgassay.parse.sql.grammar import Node, kind, unwrap
from pgassay.parse.sql.holes import Texts
from pgassay.parse.sql.nodes import last_name, strings
from pgassay.parse.sql.scope import Scope

_TEXT_TYPES = frozenset({"text", "varchar", "bpchar", "name", "unknown", "cstring", "citext", "char"})
_SAFE_TYPES = {
    **dict.fromkeys(("int2", "int4", "int8", "oid", "numeric", "float4", "float8"), "0"),
    **dict.fromkeys(("integer", "bigint", "smallint", "int", "real", "double precision", "decimal"), "0"),
    **dict.fromkeys(("bool", "boolean"), "true"),
    **dict.fromkeys(("regclass", "regproc", "regrole", "regtype", "regnamespace"), holes.IDENTIFIER),
    "uuid": "00000000-0000-0000-0000-000000000000",
    "date": "2000-01-01",
}
TRUSTED_TYPES = _TEXT_TYPES | _SAFE_TYPES.keys()
"""Types whose names are taken to mean the server's own; a file must not make others of these names."""
_REPEATABLE = re.compile(rf"[\w\s.,()=<>{holes.UNKNOWN}\"]*")
_FORMAT = re.compile(r"%(?:(%)|(\d+\$)?-?(?:\d+|\*(?:\d+\$)?)?([sIL]))")


def fold(node: Node, scope: Scope) -> Texts | None:
    """Give all texts that an expression may have, or ``None``."""
    node = unwrap(node)
    reader = _READERS.get(kind(node))
    found = reader(node, scope) if reader else None
    return None if found is None or len(found) > holes.MOST_TEXTS else found


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


def safe_text(type_name: str) -> str | None:
    """Give a text that stands for any value of a type, where no value of it can do harm in a statement."""
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
    safe = safe_text(names[-1])
    return None if safe is None else (safe,)


def _operation(node: Node, scope: Scope) -> Texts | None:
    if strings(node.name)[-1:] != ["||"] or not node.HasField("lexpr"):
        return None
    return _joined([fold(node.lexpr, scope), fold(node.rexpr, scope)])


def _joined(parts: Iterable[Texts | None], separator: str = "") -> Texts | None:
    known: list[Texts] = []
    count = 1
    for part in parts:
        if part is None:
            return None
        known.append(part)
        count *= len(part)
    if count > holes.MOST_TEXTS:
        return None
    return tuple(dict.fromkeys(separator.join(each) for each in product(*known)))


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
    if candidates is None:
        return None
    if isinstance(candidates, tuple):
        return candidates
    return _any_of(candidates.nodes, candidates.scope)


def _parameter(node: Node, scope: Scope) -> Texts | None:
    variable = scope.variables.get(f"${node.number}")
    return variable(f"${node.number}") if variable else None


def _subquery(node: Node, scope: Scope) -> Texts | None:
    """Deal with a scalar subquery of one column."""
    query = unwrap(node.subselect)
    if kind(query) != "SelectStmt" or query.larg.target_list or len(query.target_list) != 1:
        return None
    return fold(unwrap(query.target_list[0]).val, scope.inside(query))


def _function(node: Node, scope: Scope) -> Texts | None:
    name = last_name(node.funcname)
    arguments = [unwrap(each) for each in node.args]
    reader = _FUNCTIONS.get(name)
    if reader is None or not arguments or scope.shadows(name):
        return None
    return reader([each.arg if kind(each) == "NamedArgExpr" else each for each in arguments], scope)


def _concat(arguments: list[Node], scope: Scope) -> Texts | None:
    return _joined(fold(each, scope) for each in arguments)


def _concat_ws(arguments: list[Node], scope: Scope) -> Texts | None:
    separator = fold(arguments[0], scope)
    if separator is None or len(separator) != 1:
        return None
    return _joined([fold(each, scope) for each in arguments[1:]], separator[0])


def _format(arguments: list[Node], scope: Scope) -> Texts | None:
    patterns = fold(arguments[0], scope)
    if patterns is None:
        return None
    found: list[str] = []
    for pattern in patterns:
        texts = _formatted(pattern, arguments[1:], scope)
        if texts is None:
            return None
        found += texts
    return tuple(dict.fromkeys(found))


def _formatted(pattern: str, arguments: list[Node], scope: Scope) -> Texts | None:
    parts: list[Texts | None] = []
    end = at = 0
    for found in _FORMAT.finditer(pattern):
        parts.append((pattern[end : found.start()],))
        end = found.end()
        if found[1]:
            parts.append(("%",))
            continue
        at = int(found[2][:-1]) - 1 if found[2] else at
        if at >= len(arguments) or "*" in found[0]:
            return None
        parts.append(_formatted_value(found[3], fold(arguments[at], scope)))
        at += 1
    return _joined([*parts, (pattern[end:],)])


def _formatted_value(letter: str, texts: Texts | None) -> Texts | None:
    if letter == "s":
        return texts
    return _quoted_names(texts) if letter == "I" else _quoted_literals(texts)


def _quoted_names(texts: Texts | None) -> Texts:
    if texts is None or any(map(holes.has_holes, texts)):
        return (holes.IDENTIFIER,)
    return tuple(f'"{each.replace(chr(34), chr(34) * 2)}"' for each in texts)


def _quoted_literals(texts: Texts | None) -> Texts:
    if texts is None or any(map(holes.has_holes, texts)):
        return (holes.LITERAL,)
    return tuple(_literal(each) for each in texts)


def _literal(text: str) -> str:
    quoted = text.replace("'", "''")
    return "E'" + quoted.replace("\\", "\\\\") + "'" if "\\" in text else f"'{quoted}'"


def _aggregated(arguments: list[Node], scope: Scope) -> Texts | None:
    """Tell ``string_agg``, where repeating its one text cannot end a statement or open a quote."""
    texts = _joined([fold(arguments[0], scope)])
    separator = fold(arguments[1], scope) if len(arguments) > 1 else None
    if texts is None or separator is None or len(texts) != 1 or len(separator) != 1:
        return None
    if not _REPEATABLE.fullmatch(texts[0] + separator[0]):
        return None
    return texts[0], texts[0] + separator[0] + texts[0]


def _one(change: Callable[[str], str]) -> Callable[[list[Node], Scope], Texts | None]:
    def changed(arguments: list[Node], scope: Scope) -> Texts | None:
        texts = fold(arguments[0], scope) if len(arguments) == 1 else None
        if texts is None or any(map(holes.has_holes, texts)):
            return None
        return tuple(map(change, texts))

    return changed


_FUNCTIONS: dict[str, Callable[[list[Node], Scope], Texts | None]] = {
    "concat": _concat,
    "concat_ws": _concat_ws,
    "format": _format,
    "quote_ident": lambda arguments, scope: _quoted_names(fold(arguments[0], scope)),
    "quote_literal": lambda arguments, scope: _quoted_literals(fold(arguments[0], scope)),
    "quote_nullable": lambda arguments, scope: _quoted_literals(fold(arguments[0], scope)),
    "string_agg": _aggregated,
    "unnest": lambda arguments, scope: _elements(arguments[0], scope),
    "lower": _one(str.lower),
    "upper": _one(str.upper),
    "btrim": _one(lambda text: text.strip(" ")),
    "chr": lambda arguments, scope: _character(arguments, scope),
    "reverse": _one(lambda text: text[::-1]),
}


def _character(arguments: list[Node], scope: Scope) -> Texts | None:
    texts = fold(arguments[0], scope) or ("",)
    if not all(text.isdecimal() and 0 < int(text) < 0x80 for text in texts):
        return None
    return tuple(chr(int(text)) for text in texts)


def _elements(node: Node, scope: Scope) -> Texts | None:
    node = unwrap(node)
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
