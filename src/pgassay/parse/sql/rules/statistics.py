"""What the planner knows of tables that were there before."""

from collections.abc import Iterator

from pgassay.parse.sql.case import Case
from pgassay.parse.sql.finding import Finding
from pgassay.parse.sql.grammar import Node, unwrap
from pgassay.parse.sql.rule import Rule

_NAME = "statistics"
_INSTEAD = "Analyze tables that the test made; the others have the statistics of production, which count."


def _judge(node: Node, case: Case) -> Iterator[Finding]:
    if node.is_vacuumcmd:
        return
    if not node.rels:
        yield case.refused(
            _NAME, "ANALYZE reads every table, and overwrites what the planner knows.", _INSTEAD
        )
    for each in map(unwrap, node.rels):
        if case.relation_existed(each.relation):
            name = case.relation(each.relation)
            yield case.refused(
                _NAME,
                f"ANALYZE counts the test's rows into the size of {name}, for good: no rollback undoes it.",
                _INSTEAD,
                object=name,
            )


RULE = Rule(name=_NAME, title="analyzes tables that were there before", judge=_judge, kinds=("VacuumStmt",))
