"""Changing every row in the migration's transaction locks all of them until its end."""

from collections.abc import Iterator

from pgassay.migrate.hazard import Case, Hazard, shown
from pgassay.model.migration_plan import HazardFound
from pgassay.parse.sql.grammar import Node, kind


def _judge(node: Node, case: Case) -> Iterator[HazardFound]:
    relation = node.relation
    if kind(node) == "DeleteStmt" and not node.HasField("where_clause") and case.existed(relation):
        yield case.danger(f"Every row of {shown(relation)} is deleted; no statement brings them back.")
    elif kind(node) == "UpdateStmt" and not node.HasField("where_clause"):
        yield from case.by_size(
            relation,
            f"Every row of {shown(relation)} is locked until the transaction ends.",
            "Change them in batches, outside of the migration.",
        )


HAZARD = Hazard(title="every row changed or deleted", kinds=("UpdateStmt", "DeleteStmt"), judge=_judge)
