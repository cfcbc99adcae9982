"""SET NOT NULL reads the whole table while nobody can use it, unless a valid check says that it holds."""

from collections.abc import Iterator

from pgassay.migrate.hazard import Case, Hazard, commands, shown
from pgassay.model.migration_plan import HazardFound
from pgassay.parse.sql.grammar import Node


def _judge(node: Node, case: Case) -> Iterator[HazardFound]:
    for command, _ in commands(node, "AT_SetNotNull"):
        yield from case.by_size(
            node.relation,
            f"Nobody can use {shown(node.relation)} while all of it is read for a null in {command.name}.",
            f"ADD CHECK ({command.name} IS NOT NULL) NOT VALID; VALIDATE it and SET NOT NULL later.",
        )


HAZARD = Hazard(title="SET NOT NULL without a validated check", kinds=("AlterTableStmt",), judge=_judge)
