"""Sequences that were there before: what they give out is never given back."""

from collections.abc import Iterator

from pgassay.parse.sql import holes
from pgassay.parse.sql.case import Case
from pgassay.parse.sql.finding import Finding
from pgassay.parse.sql.fold import fold
from pgassay.parse.sql.grammar import Node, kind, unwrap
from pgassay.parse.sql.memory import ObjectKind
from pgassay.parse.sql.nodes import last_name
from pgassay.parse.sql.plpgsql.pieces import plain
from pgassay.parse.sql.rule import Rule

_NAME = "sequences"
_INSTEAD = "Make a sequence of your own, or give the key as a value."


def _judge(node: Node, case: Case) -> Iterator[Finding]:
    if kind(node) == "FuncCall":
        yield from _call(node, case)
        return
    sequences = [name for each in case.relations_before(node.relation) for name in each.sequences]
    if sequences:
        yield case.note(
            _NAME,
            f"Rows of {case.relation(node.relation)} take numbers from {', '.join(sequences)}, "
            "which are not given back: what was taken is told afterwards.",
            "Give the key as a value where the gap would matter.",
            object=case.relation(node.relation),
        )


def _call(node: Node, case: Case) -> Iterator[Finding]:
    name = last_name(node.funcname)
    does = "takes a number from" if name == "nextval" else "sets"
    argument = unwrap(node.args[0]) if node.args else None
    texts = None if argument is None else fold(argument, case.scope)
    if texts is None:
        yield case.refused(
            _NAME,
            f"{name}() {does} a sequence that cannot be told, which a rollback does not undo.",
            _INSTEAD,
            ordinary=name == "nextval",
        )
        return
    for text in texts:
        schema, sequence = _parts(text)
        if case.existed(ObjectKind.RELATION, schema, sequence):
            yield case.refused(
                _NAME, f"{name}() {does} the sequence {text}, which a rollback does not undo.", _INSTEAD,
                object=text, ordinary=name == "nextval",
            )  # fmt: skip


def _parts(text: str) -> tuple[str, str]:
    """Cut a name as ``regclass`` reads it."""
    if holes.has_holes(text) or text.isdecimal():
        # The number of some sequence, or a name that is not known.
        return "", holes.VALUE
    schema, dot, name = text.rpartition(".")
    return (plain(schema), plain(name)) if dot else ("", plain(text))


RULE = Rule(
    name=_NAME,
    title="uses up or sets sequences that were there before",
    judge=_judge,
    kinds=("InsertStmt",),
    functions=("nextval", "setval"),
)
