"""Building an index keeps everybody from writing to the table, as long as it takes."""

from collections.abc import Iterator

from pgassay.migrate.hazard import Case, Hazard, shown
from pgassay.model.migration_plan import HazardFound
from pgassay.parse.sql.grammar import Node


def _judge(node: Node, case: Case) -> Iterator[HazardFound]:
    if not node.concurrent:
        yield from case.by_size(
            node.relation,
            f"Nobody can write to {shown(node.relation)} while the index is built.",
            "CREATE INDEX CONCURRENTLY",
        )


HAZARD = Hazard(title="CREATE INDEX without CONCURRENTLY", kinds=("IndexStmt",), judge=_judge)
