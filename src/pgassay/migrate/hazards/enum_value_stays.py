"""A value of an enum cannot be removed again; and it can be used only once it is committed."""

from collections.abc import Iterator

from pgassay.migrate.batches import uses_new_value
from pgassay.migrate.hazard import Case, Hazard
from pgassay.model.migration_plan import HazardFound
from pgassay.parse.sql.grammar import Node


def _judge(node: Node, case: Case) -> Iterator[HazardFound]:
    if not node.new_val or node.old_val:
        return
    yield case.caution(f"No statement takes {node.new_val!r} away again: the rollback cannot be exact.")
    if uses_new_value(case.statement, case.script.statements[case.statement.number :]):
        yield case.danger(
            f"The value {node.new_val!r} is used further down, so it is committed first, by itself.",
            "Put what uses it into a later migration: then each is all or nothing.",
        )


HAZARD = Hazard(title="ALTER TYPE … ADD VALUE", kinds=("AlterEnumStmt",), judge=_judge)
