"""The system's own tables, written to directly."""

from collections.abc import Iterator

from pgassay.parse.sql import holes
from pgassay.parse.sql.case import Case
from pgassay.parse.sql.finding import Finding
from pgassay.parse.sql.grammar import Node
from pgassay.parse.sql.memory import ObjectKind
from pgassay.parse.sql.rule import Rule

_NAME = "catalogs"
_SCHEMAS = ("pg_catalog", "information_schema", "pg_toast")


def _judge(node: Node, case: Case) -> Iterator[Finding]:
    relation = node.relation
    if holes.has_holes(relation.schemaname or relation.relname):
        yield case.unreadable(
            "It writes to a table that cannot be told, which may be one of the server's own.",
            "Name the table.",
        )
        return
    unqualified = not relation.schemaname and relation.relname.startswith("pg_")
    made = not case.existed(ObjectKind.RELATION, relation.schemaname, relation.relname)
    if relation.schemaname in _SCHEMAS or (unqualified and not made):
        yield case.refused(
            _NAME,
            f"{case.relation(relation)} is the server's own: writing to it can change settings, locks every "
            "definition, or breaks the database.",
            "Use the statement that is meant for the change.",
            object=case.relation(relation),
        )


RULE = Rule(
    name=_NAME,
    title="writes to system catalogs",
    judge=_judge,
    kinds=("InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt"),
)
