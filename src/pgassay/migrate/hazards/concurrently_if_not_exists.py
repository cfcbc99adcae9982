"""An index that failed to be built once stays, invalid; IF NOT EXISTS then takes it for built."""

from collections.abc import Iterator

from pgassay.migrate.hazard import Case, Hazard
from pgassay.model.migration_plan import HazardFound
from pgassay.parse.sql.grammar import Node


def _judge(node: Node, case: Case) -> Iterator[HazardFound]:
    if node.concurrent and node.if_not_exists:
        yield case.caution(
            f"IF NOT EXISTS passes over an index {node.idxname} that an earlier try left invalid.",
            "Leave IF NOT EXISTS out; pgassay removes what a failed try leaves.",
        )


HAZARD = Hazard(
    title="CREATE INDEX CONCURRENTLY IF NOT EXISTS keeps an invalid index", kinds=("IndexStmt",), judge=_judge
)
