"""Commands that write a table anew as a whole, while nobody can use it."""

from collections.abc import Iterator

from pgassay.migrate.hazard import Case, Hazard, commands, shown
from pgassay.model.migration_plan import HazardFound
from pgassay.parse.sql.grammar import Node, kind, unwrap
from pgassay.parse.sql.nodes import enum_name, options

_ANEW = {
    "AT_SetLogged": "SET LOGGED",
    "AT_SetUnLogged": "SET UNLOGGED",
    "AT_SetAccessMethod": "SET ACCESS METHOD",
    "AT_SetTableSpace": "SET TABLESPACE",
}


def _judge(node: Node, case: Case) -> Iterator[HazardFound]:
    for relation, what in _written(node):
        yield from case.by_size(
            relation, f"{what} writes {shown(relation)} anew, and nobody can use it meanwhile."
        )


def _written(node: Node) -> Iterator[tuple[Node, str]]:
    match kind(node):
        case "AlterTableStmt":
            for command, _ in commands(node, *_ANEW):
                yield node.relation, _ANEW[enum_name(command, "subtype")]
        case "VacuumStmt" if any(name == "full" for name, _ in options(node.options)):
            yield from ((unwrap(each).relation, "VACUUM FULL") for each in node.rels)
        case "ClusterStmt" if node.HasField("relation"):
            yield node.relation, "CLUSTER"
        case "RefreshMatViewStmt" if not node.concurrent:
            yield node.relation, "REFRESH MATERIALIZED VIEW"


HAZARD = Hazard(
    title="a table written anew as a whole",
    kinds=("AlterTableStmt", "VacuumStmt", "ClusterStmt", "RefreshMatViewStmt"),
    judge=_judge,
)
