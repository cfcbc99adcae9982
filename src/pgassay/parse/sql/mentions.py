"""Functions that a statement names without calling them: something that it makes will."""

from collections.abc import Callable, Iterator

from pgassay.parse.sql.calls import judge_reference
from pgassay.parse.sql.case import Case
from pgassay.parse.sql.definitions import shadowing
from pgassay.parse.sql.finding import Finding
from pgassay.parse.sql.grammar import Node, kind
from pgassay.parse.sql.nodes import options, strings


def _trigger(node: Node, case: Case) -> Iterator[Finding]:
    yield from judge_reference(strings(node.funcname), case)


def _definition(node: Node, case: Case) -> Iterator[Finding]:
    yield from shadowing(node, case)
    for _, value in options(node.definition):
        if kind(value) == "TypeName":
            yield from judge_reference(strings(value.names), case)


def _cast(node: Node, case: Case) -> Iterator[Finding]:
    yield from judge_reference(strings(node.func.objname), case)


def _item(node: Node, case: Case) -> Iterator[Finding]:
    yield from judge_reference(strings(node.name.objname), case)


def _handler(node: Node, case: Case) -> Iterator[Finding]:
    yield from judge_reference(strings(node.handler_name), case)


def _conversion(node: Node, case: Case) -> Iterator[Finding]:
    yield from judge_reference(strings(node.func_name), case)


MENTIONS: dict[str, Callable[[Node, Case], Iterator[Finding]]] = {
    "CreateTrigStmt": _trigger,
    "CreateEventTrigStmt": _trigger,
    "CreateCastStmt": _cast,
    "CreateOpClassItem": _item,
    "CreateAmStmt": _handler,
    "CreateConversionStmt": _conversion,
    "DefineStmt": _definition,
}
"""By type of node."""
