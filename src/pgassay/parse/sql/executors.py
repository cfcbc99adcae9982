"""Functions that execute the texts they are given."""

import re
from collections.abc import Callable, Iterator

from pgassay.parse.sql import holes
from pgassay.parse.sql.case import Case
from pgassay.parse.sql.execute import WRITE_OUT, execute
from pgassay.parse.sql.finding import Finding
from pgassay.parse.sql.fold import fold, texts_of
from pgassay.parse.sql.grammar import Node, kind, unwrap
from pgassay.parse.sql.summary import Template
from pgassay.parse.sql.touch import Touch, TouchKind

_ARRAY_SUBLINK = 7
_ONE, _TWO = (0,), (0, 1)
_PGTAP = {
    **dict.fromkeys(
        ("throws_ok", "throws_like", "throws_ilike", "throws_matching", "throws_imatching"), _ONE
    ),
    **dict.fromkeys(("lives_ok", "performs_ok", "performs_within", "is_empty", "isnt_empty", "row_eq"), _ONE),
    **dict.fromkeys(("results_eq", "results_ne", "set_eq", "set_ne", "set_has", "set_hasnt"), _TWO),
    **dict.fromkeys(("bag_eq", "bag_ne", "bag_has", "bag_hasnt"), _TWO),
    **dict.fromkeys(("_time_trials", "_query"), _ONE),
    **dict.fromkeys(("_relcomp", "_relne", "_temptable"), _TWO),
}
_PLAIN = {
    **dict.fromkeys(("query_to_xml", "query_to_xmlschema", "query_to_xml_and_xmlschema", "ts_stat"), _ONE),
    **dict.fromkeys(("crosstab", "crosstab2", "crosstab3", "crosstab4", "crosstabn"), _TWO),
    "ts_rewrite": (1,),
}
_ASSEMBLERS = frozenset({
    "connectby", "xpath_table", "_docomp", "_do_ne", "_def_is", "_runem", "_runner", "_temptypes", "_get_tap",
})  # fmt: skip
_OPERATOR = re.compile(
    r"\s*(?:[-+*/<>=~!@#%^&|`?]+|(?:not\s+)?(?:i?like|similar\s+to)|is(?:\s+not)?\s+distinct\s+from"
    r"|operator\s*\(\s*(?:\w+\.)?[-+*/<>=~!@#%^&|`?]+\s*\)|and|or)\s*",
    re.IGNORECASE,
)


def executes(name: str) -> Callable[[str, Node, Case], Iterator[Finding]] | None:
    """Give what judges the arguments of a function, if it executes any."""
    if name in _PGTAP or name in _PLAIN:
        return _judge_texts
    if name in _ASSEMBLERS:
        return _judge_assembler
    return _judge_operator if name == "cmp_ok" else None


def _judge_texts(name: str, node: Node, case: Case) -> Iterator[Finding]:
    query = name in _PGTAP
    named = any(kind(unwrap(each)) == "NamedArgExpr" for each in node.args)
    for position in range(len(node.args)) if named else _PGTAP.get(name) or _PLAIN[name]:
        if position >= len(node.args):
            continue
        argument = unwrap(node.args[position])
        texts = texts_of(argument, case.scope)
        if texts is None:
            if position and _is_no_text(argument):
                continue
            yield case.unreadable(f"What {name}() executes cannot be told before it runs.", WRITE_OUT)
            continue
        provoked = name.startswith("throws_")
        inner = case.inside(f"{name}('…')", provoked=provoked)
        for text in texts:
            yield from execute(Template(text, query=query, provoked=provoked), inner)


def _is_no_text(node: Node) -> bool:
    """Tell whether an argument is an array, a number or a cursor rather than a statement."""
    name = kind(node)
    if name == "TypeCast":
        return bool(node.type_name.array_bounds) or _type(node) in ("refcursor", "int4", "numeric")
    return name == "A_ArrayExpr" or (name == "SubLink" and node.sub_link_type == _ARRAY_SUBLINK)


def _type(node: Node) -> str:
    names = [unwrap(each).sval for each in node.type_name.names]
    return names[-1] if names else ""


def _judge_assembler(name: str, _node: Node, case: Case) -> Iterator[Finding]:
    yield case.unreadable(
        f"{name}() puts a statement together that cannot be told before it runs.", WRITE_OUT
    )


def _judge_operator(name: str, node: Node, case: Case) -> Iterator[Finding]:
    texts = fold(node.args[1], case.scope) if len(node.args) > 1 else None
    if texts is None or any(holes.has_holes(each) or not _OPERATOR.fullmatch(each) for each in texts):
        yield case.unreadable(
            f"{name}() executes its second argument, which is more than an operator here.",
            "Give the operator as a constant, or use ok() with the comparison written out.",
        )
        return
    for text in texts:
        called = text.strip().removesuffix(")").rpartition("(")[2].rpartition(".")[2].strip()
        case.touch(Touch(kind=TouchKind.OPERATOR, name=called))
