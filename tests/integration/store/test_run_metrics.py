"""What every run of tests says about time, where the people who watch performance look."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from pgassay.model.events.suite import SuiteEvent
from pgassay.model.suite import Outcome, RunOptions
from pgassay.pg.connection import Connection
from sample_runs import assertions, events, result, run_of

ROWS = (
    "select test_category, test_name, execution_time_ms, query_count, slow_query_count, environment"
    " from performance_monitoring.test_performance_metrics order by test_name"
)


def test_a_file_and_its_slow_assertions_are_measured(
    store: Connection, record: Callable[[Iterable[SuiteEvent]], None]
) -> None:
    quick, slow = assertions(2)
    file = replace(
        result("unit/a.sql"),
        elapsed_s=0.5,
        queries=7,
        slow_queries=1,
        attempt=2,
        assertions=(replace(quick, elapsed_ms=20), replace(slow, elapsed_ms=51)),
    )
    failed = replace(file, outcome=Outcome.FAILED, attempt=1)
    left = result("unit/b.sql", Outcome.NOT_RUN)
    run = replace(run_of([failed, left]), options=RunOptions(slow_s=0.05))

    record(events(run, failed, file, left))

    assert store.execute(ROWS).fetchall() == [
        ("unit", "unit/a.sql", 500.0, 7, 1, "other"),
        ("unit", "unit/a.sql#2 test 2", 51.0, None, None, "other"),
    ]
