"""What people read in the execution log."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from pgassay.model.events.suite import SuiteEvent
from pgassay.model.suite import Outcome
from pgassay.pg.connection import Connection
from sample_runs import MOMENT, events, result, run_of

Record = Callable[[Iterable[SuiteEvent]], None]


def rows(store: Connection, columns: str) -> list[tuple[Any, ...]]:
    query = f"select {columns} from prod_test_schema.prod_test_execution_log order by test_category"  # noqa: S608
    return store.execute(query.encode()).fetchall()


def test_each_category_of_a_run_is_one_row(record: Record, store: Connection) -> None:
    files = [
        result("u1.sql", passed=3),
        result("u2.sql", Outcome.FAILED, passed=2, failed=1),
        result("s.sql", category="security", passed=4),
    ]
    record(events(run_of(files), *files))

    assert rows(
        store,
        "test_suite, test_category, status, tests_planned, tests_passed, tests_failed, success_rate, "
        "start_time, end_time, duration",
    ) == [
        (
            "sample",
            category,
            "complete",
            *numbers,
            MOMENT,
            MOMENT + timedelta(seconds=1),
            timedelta(seconds=1),
        )
        for category, *numbers in [
            ("security", 4, 4, 0, Decimal("100.00")),
            ("unit", 6, 5, 1, Decimal("83.33")),
        ]
    ]


def test_timings_and_slow_files_are_in_the_metrics(record: Record, store: Connection) -> None:
    quick, slow = result("quick.sql"), replace(result("slow.sql", passed=20), elapsed_s=5.0)
    record(events(run_of([quick, slow]), quick, slow))

    ((metrics,),) = rows(store, "performance_metrics")
    assert metrics["slowest"][0] == {"path": "slow.sql", "elapsed_s": 5.0}
    assert metrics["files"] == {"passed": 2}
    assert (metrics["wall_s"], metrics["busy_s"]) == (5.0, 6.0)
    assert metrics["assertion_ms"]["max"] == 2.5
    assert metrics["assertion_ms"]["timed"] == 22


def test_no_password_is_stored_even_if_one_comes_along(record: Record, store: Connection) -> None:
    one = result("a.sql")
    for target in ("host=db password='geheim 1' user=u", "postgresql://u:geheim@db/x"):
        run = run_of([one])
        run = replace(run, environment=replace(run.environment, target=target))
        record(events(run, one))

    stored = str(rows(store, "environment_info, performance_metrics"))
    stored += str(store.execute("select test_runs::text from prod_test_schema.test_runs").fetchall())
    assert "geheim" not in stored
    assert "host=db" in stored


def test_what_timed_out_or_did_not_start_has_no_number_of_failures(record: Record, store: Connection) -> None:
    files = [
        result("slow.sql", Outcome.TIMED_OUT),
        result("never.sql", Outcome.NOT_RUN, category="security"),
        result("done.sql", category="performance"),
    ]
    record(events(run_of(files), *files, out_of_time=True))

    assert rows(store, "test_category, status, tests_failed, success_rate, end_time is not null") == [
        ("performance", "complete", 0, 100, True),
        ("security", "not started", -1, None, True),
        ("unit", "timed out", -1, None, True),
    ]


def test_a_retried_file_counts_once(record: Record, store: Connection) -> None:
    first = result("a.sql", Outcome.FAILED, passed=1, failed=1)
    second = replace(result("a.sql", Outcome.FLAKY), attempt=2)
    record(events(run_of([first]), first, second))

    assert rows(store, "tests_planned, tests_passed, tests_failed") == [(2, 2, 0)]
    attempts = store.execute(
        "select attempt, outcome, final from prod_test_schema.test_file_results order by position"
    )
    assert attempts.fetchall() == [(1, "failed", False), (2, "flaky", True)]


def test_what_is_deleted_goes_as_a_whole(record: Record, store: Connection) -> None:
    one = result("a.sql")
    run, other = run_of([one]), run_of([one])
    record(events(run, one))
    record(events(other, one))

    store.execute("delete from prod_test_schema.test_runs where id = %s", [run.id])

    for table in ("prod_test_execution_log", "test_file_results", "test_results"):
        left = store.execute(f"select distinct run_id from prod_test_schema.{table}".encode())  # noqa: S608
        assert left.fetchall() == [(other.id,)], table
