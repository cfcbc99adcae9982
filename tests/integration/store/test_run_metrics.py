"""What every run of tests says about time, memory and CPU, where the people who watch performance look."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta

from pgassay.model.events.suite import SuiteEvent
from pgassay.model.suite import Outcome, RunOptions
from pgassay.model.usage import Usage
from pgassay.pg.connection import Connection
from pgassay.store.metrics import performance_summary
from sample_runs import MOMENT, assertions, events, result, run_of

ROWS = (
    "select test_category, test_name, execution_time_ms, memory_usage_mb, cpu_usage_percent,"
    " query_count, slow_query_count, environment"
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
        usage=Usage(memory_mb=12.5, cpu_percent=75.0, cpu_ms=375.0),
        assertions=(replace(quick, elapsed_ms=20), replace(slow, elapsed_ms=51)),
    )
    failed = replace(file, outcome=Outcome.FAILED, attempt=1)
    left = result("unit/b.sql", Outcome.NOT_RUN)
    run = replace(run_of([failed, left]), options=RunOptions(slow_s=0.05))

    record(events(run, failed, file, left))

    assert store.execute(ROWS).fetchall() == [
        ("unit", "unit/a.sql", 500.0, 12.5, 75.0, 7, 1, "other"),
        ("unit", "unit/a.sql#2 test 2", 51.0, None, None, None, None, "other"),
    ]


def test_a_period_knows_the_average_and_the_most_of_what_was_measured(
    store: Connection, record: Callable[[Iterable[SuiteEvent]], None]
) -> None:
    files = [
        replace(result("unit/a.sql"), usage=Usage(memory_mb=10.0, cpu_percent=20.0)),
        replace(result("unit/b.sql"), usage=Usage(memory_mb=30.0)),
        result("unit/c.sql"),
        result("security/d.sql", category="security"),
    ]
    record(events(run_of(files), *files))

    security, unit = performance_summary(store, hours=1, now=MOMENT + timedelta(minutes=1))

    assert (unit.category, unit.count) == ("unit", 3)
    assert (unit.average_memory_mb, unit.max_memory_mb) == (20.0, 30.0)
    assert (unit.average_cpu_percent, unit.max_cpu_percent) == (20.0, 20.0)
    assert (security.average_memory_mb, security.max_memory_mb) == (None, None)
    assert (security.average_cpu_percent, security.max_cpu_percent) == (None, None)
