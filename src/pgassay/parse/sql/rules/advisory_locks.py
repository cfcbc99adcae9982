"""Advisory locks, whose keys the application may use."""

from collections.abc import Iterator

from pgassay.parse.sql.case import Case
from pgassay.parse.sql.finding import Finding
from pgassay.parse.sql.grammar import Node
from pgassay.parse.sql.nodes import last_name
from pgassay.parse.sql.rule import Rule

_NAME = "advisory_locks"


def _judge(node: Node, case: Case) -> Iterator[Finding]:
    name = last_name(node.funcname)
    if "_xact_" in name:
        yield case.note(
            _NAME, f"{name}() makes the application wait where it uses the same key.", object=name
        )
        return
    what = "gives back locks that the session holds" if "unlock" in name else "outlives the transaction"
    yield case.refused(
        _NAME,
        f"{name}() {what}; a rollback does not undo it.",
        "Use pg_advisory_xact_lock() or pg_try_advisory_xact_lock(), with keys of the test's own.",
        object=name,
    )


RULE = Rule(
    name=_NAME,
    title="takes or gives back advisory locks of the session",
    judge=_judge,
    functions=("pg_advisory_*", "pg_try_advisory_*"),
)
