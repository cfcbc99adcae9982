"""Rows of tables that were there before, locked until the test ends."""

from collections.abc import Iterator

from pgassay.parse.sql.case import Case
from pgassay.parse.sql.finding import Finding
from pgassay.parse.sql.grammar import Node, kind, unwrap, walk
from pgassay.parse.sql.rule import Rule

_NAME = "row_locks"
_INSTEAD = "Name the rows in a WHERE: best those that the test made itself."


def _judge(node: Node, case: Case) -> Iterator[Finding]:
    if kind(node) == "SelectStmt":
        yield from _select(node, case)
    elif not node.HasField("where_clause") and case.relation_existed(node.relation):
        name = case.relation(node.relation)
        yield case.note(
            _NAME,
            f"Every row of {name} that the role may change is locked until the end, and leaves a dead copy.",
            _INSTEAD,
            object=name,
        )


def _select(node: Node, case: Case) -> Iterator[Finding]:
    if not node.locking_clause:
        return
    relations = [
        each for source in node.from_clause for each in walk(unwrap(source)) if kind(each) == "RangeVar"
    ]
    names = [case.relation(each) for each in relations if case.relation_existed(each)]
    if not names:
        return
    what = f"Rows of {', '.join(names)} are locked until the test ends"
    if node.HasField("where_clause") or node.HasField("limit_count"):
        yield case.note(_NAME, f"{what}.", _INSTEAD, object=names[0])
    else:
        yield case.refused(_NAME, f"{what}: all of them.", _INSTEAD, object=names[0])


RULE = Rule(
    name=_NAME,
    title="locks every row of a table",
    judge=_judge,
    kinds=("SelectStmt", "UpdateStmt", "DeleteStmt"),
)
