"""What the row of a category says about its files."""

from dataclasses import replace

import pytest

from pgassay.model.events.suite import RunFinished
from pgassay.model.suite import FileResult, Outcome
from pgassay.store.totals import LogStatus, Totals, failures, totals
from sample_runs import MOMENT, assertions, result

GREEN, RED = result("g.sql", passed=3), result("r.sql", Outcome.FAILED, passed=2, failed=1)
SLOW, NEVER = result("t.sql", Outcome.TIMED_OUT), result("n.sql", Outcome.NOT_RUN)

ENDED = RunFinished(at=MOMENT, elapsed_s=9.0)
INTERRUPTED = replace(ENDED, interrupted=True)
OUT_OF_TIME = replace(ENDED, out_of_time=True)


def add(*results: FileResult, missing: int = 0, finished: RunFinished | None = ENDED) -> Totals:
    return totals(results, missing=missing, fallback=MOMENT, finished=finished)


@pytest.mark.parametrize(
    ("results", "missing", "finished", "status"),
    [
        ([GREEN], 0, None, LogStatus.COMPLETE),
        ([GREEN, RED], 0, ENDED, LogStatus.COMPLETE),
        ([GREEN, RED], 0, INTERRUPTED, LogStatus.COMPLETE),
        ([GREEN, RED], 0, OUT_OF_TIME, LogStatus.COMPLETE),
        ([GREEN, SLOW], 0, ENDED, LogStatus.TIMED_OUT),
        ([GREEN, NEVER], 0, OUT_OF_TIME, LogStatus.TIMED_OUT),
        ([GREEN, NEVER], 0, INTERRUPTED, LogStatus.INTERRUPTED),
        ([GREEN], 1, INTERRUPTED, LogStatus.INTERRUPTED),
        ([RED, NEVER], 0, ENDED, LogStatus.CUT_SHORT),
        ([RED], 1, ENDED, LogStatus.CUT_SHORT),
        ([NEVER], 0, ENDED, LogStatus.NOT_STARTED),
        ([], 2, ENDED, LogStatus.NOT_STARTED),
        ([NEVER], 0, INTERRUPTED, LogStatus.NOT_STARTED),
    ],
)
def test_how_a_category_ended(
    results: list[FileResult], missing: int, finished: RunFinished | None, status: LogStatus
) -> None:
    assert add(*results, missing=missing, finished=finished).status is status


@pytest.mark.parametrize(
    ("added", "failed", "rate"),
    [
        (add(GREEN), 0, 100.0),
        (add(GREEN, RED), 1, 83.33),
        (add(RED, NEVER), 1, 66.67),
        (add(GREEN, SLOW), -1, None),
        (add(NEVER), -1, None),
        (add(GREEN, NEVER, finished=INTERRUPTED), -1, None),
        (add(result("s.sql", Outcome.SKIPPED, passed=0)), 0, None),
    ],
)
def test_failures_are_counted_or_said_to_be_unknown(added: Totals, failed: int, rate: float | None) -> None:
    assert (added.failed, added.success_rate) == (failed, rate)


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (GREEN, 0),
        (RED, 1),
        (replace(RED, planned=10), 8),
        (replace(RED, planned=10, assertions=()), 10),
        (replace(RED, planned=None, assertions=()), 1),
        (replace(RED, assertions=assertions(3)), 1),
        (result("f.sql", Outcome.FLAKY, passed=3), 0),
    ],
)
def test_a_red_file_never_counts_for_nothing(file: FileResult, expected: int) -> None:
    assert failures(file) == expected


def test_tests_without_a_plan_count_as_planned() -> None:
    assert add(GREEN, replace(RED, planned=None)).planned == 6


def test_the_number_of_failures_stays_readable_where_the_column_says_unknown() -> None:
    assert add(RED, SLOW).metrics.tests_failed == 2


def test_a_category_that_never_ran_takes_no_time() -> None:
    added = add(NEVER)

    assert (added.start, added.end) == (MOMENT, MOMENT)
    assert added.metrics.slowest == ()
    assert added.metrics.assertion_ms is None


def test_timings_are_percentiles_of_what_was_timed() -> None:
    timed = replace(GREEN, assertions=assertions(101))
    untimed = replace(GREEN, assertions=tuple(replace(each, elapsed_ms=None) for each in assertions(3)))

    found = add(timed, untimed).metrics.assertion_ms

    assert found is not None
    assert (found.timed, found.p50, found.p95, found.max) == (101, 51 / 8, 96 / 8, 101 / 8)


def test_one_timing_is_its_own_percentile() -> None:
    found = add(result("a.sql", passed=1)).metrics.assertion_ms

    assert found is not None
    assert (found.timed, found.p50, found.p95, found.max) == (1, 0.125, 0.125, 0.125)
