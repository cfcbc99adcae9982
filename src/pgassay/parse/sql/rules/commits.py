"""Transaction control that would make the work of a test last."""

from collections.abc import Iterator

from pgassay.parse.sql.case import Case
from pgassay.parse.sql.finding import Finding
from pgassay.parse.sql.grammar import Node
from pgassay.parse.sql.nodes import enum_name
from pgassay.parse.sql.rule import Rule

_NAME = "commits"
_PREPARED = {
    "TRANS_STMT_PREPARE": "PREPARE TRANSACTION",
    "TRANS_STMT_COMMIT_PREPARED": "COMMIT PREPARED",
    "TRANS_STMT_ROLLBACK_PREPARED": "ROLLBACK PREPARED",
}


def _judge(node: Node, case: Case) -> Iterator[Finding]:
    kind = enum_name(node, "kind")
    if kind == "TRANS_STMT_COMMIT":
        yield _commit(node, case)
    elif kind in _PREPARED:
        yield case.refused(
            _NAME,
            f"{_PREPARED[kind]} acts on a transaction that outlives the session; no rollback reaches it.",
            "Test what the transaction does, and end it with ROLLBACK.",
            object=node.gid,
        )


def _commit(node: Node, case: Case) -> Finding:
    word = "COMMIT AND CHAIN" if node.chain else "COMMIT"
    if case.alone and not case.through:
        return case.rewritten(
            _NAME,
            f"{word} would make everything that the test did last.",
            "End the file with ROLLBACK: what is behind a COMMIT sees none of what was before it here.",
        )
    return case.refused(
        _NAME,
        f"{word} would make everything that the test did last, from where it cannot be taken out.",
        "Leave it out; call what a procedure does between its commits instead of the procedure.",
    )


RULE = Rule(name=_NAME, title="would commit", judge=_judge, kinds=("TransactionStmt",))
