"""Benchmarks for tests of what judges and shows them."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from pgassay.model.perf import Benchmark, Measurement, Plan, PlanNode, WorkloadQuery

MOMENT = datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)
SEARCH = WorkloadQuery(
    name="crm.search",
    category="crm",
    title="Search",
    path="workload/search.sql",
    text="select 1",
    sla_ms=50.0,
)
INDEXED = Plan(
    digest="aaaa",
    nodes=(PlanNode(depth=0, what="Index Scan contacts_idx", relation="crm.contacts"),),
    shared_blocks=200,
    temp_blocks=0,
    rows=10,
)
SCANNED = replace(
    INDEXED, digest="bbbb", nodes=(PlanNode(depth=0, what="Seq Scan", relation="crm.contacts"),)
)


def measured(
    *times: float, query: WorkloadQuery = SEARCH, plan: Plan | None = INDEXED, pages: int = 5_000
) -> Measurement:
    """A statement that took these times."""
    return Measurement(
        query=query,
        cold_ms=2 * max(times),
        samples=times,
        plan=plan,
        pages=(("crm.contacts", pages),),
    )


def benchmark(*found: Measurement) -> Benchmark:
    """A benchmark of these statements."""
    return Benchmark(
        id=UUID(int=5), at=MOMENT, target="db.example.com/crm", server="18.0", measurements=found
    )
