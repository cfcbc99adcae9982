from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pgassay.model.assertion import Assertion, Directive
from pgassay.model.events.suite import RunFinished, SuiteEvent
from pgassay.model.exits import Exit
from pgassay.model.suite import FileResult, Outcome, Problem, TestFile, Trouble
from pgassay.report.record import Collector, RunRecord
from pgassay.report.sentences import ending, own_problems, title_of, verdict_sentence, verdict_word
from pgassay.report.summary import summarise, verdict

AT = datetime(2025, 3, 4, tzinfo=UTC)
END = RunFinished(at=AT, elapsed_s=2.0)

Events = tuple[SuiteEvent, ...]


def ended(outcome: Outcome, *, failed: int = 0, path: str = "a.sql", category: str = "unit") -> FileResult:
    return FileResult(
        file=TestFile(path=path, category=category),
        outcome=outcome,
        started_at=AT,
        elapsed_s=1.5,
        assertions=tuple(
            Assertion(position=number, number=number, ok=False, description="")
            for number in range(1, failed + 1)
        ),
    )


PASSED, FAILED = ended(Outcome.PASSED), ended(Outcome.FAILED)
TIMED_OUT, NOT_RUN = ended(Outcome.TIMED_OUT), ended(Outcome.NOT_RUN)


@pytest.mark.parametrize(
    ("results", "finished", "expected"),
    [
        ([PASSED], END, Exit.OK),
        ([PASSED, ended(Outcome.SKIPPED), ended(Outcome.FLAKY)], END, Exit.OK),
        ([ended(Outcome.SKIPPED)], END, Exit.OK),
        ([], END, Exit.USAGE),
        ([PASSED, FAILED], END, Exit.RED),
        ([PASSED, TIMED_OUT], END, Exit.OUT_OF_TIME),
        ([FAILED, TIMED_OUT], END, Exit.RED),
        ([ended(Outcome.TIMED_OUT, failed=1)], END, Exit.RED),
        ([PASSED, NOT_RUN], END, Exit.RED),
        ([PASSED, NOT_RUN], replace(END, out_of_time=True), Exit.OUT_OF_TIME),
        ([NOT_RUN], replace(END, out_of_time=True), Exit.OUT_OF_TIME),
        ([FAILED, NOT_RUN], replace(END, out_of_time=True), Exit.RED),
        ([], replace(END, out_of_time=True), Exit.OUT_OF_TIME),
        ([PASSED], replace(END, bail_out=""), Exit.RED),
        ([FAILED], replace(END, interrupted=True), Exit.INTERRUPTED),
        ([PASSED], None, Exit.INTERRUPTED),
    ],
)
def test_the_verdict(results: list[FileResult], finished: RunFinished | None, expected: Exit) -> None:
    assert verdict(results, finished) is expected


def test_the_totals_of_a_run_with_everything_in_it(busy_run: Events) -> None:
    summary = summarise(recorded(busy_run))
    totals = summary.totals

    assert (totals.tests, totals.passed, totals.failed) == (17, 12, 5)
    assert (totals.files, totals.files_red, totals.timed_out, totals.not_run) == (9, 5, 1, 1)
    assert (totals.flaky, totals.skipped_files, totals.skipped, totals.todo) == (1, 1, 1, 2)
    assert (totals.todo_passed, totals.warnings) == (1, 2)
    assert summary.elapsed_s == 3.21
    assert [each.category for each in summary.categories] == [
        "unit",
        "security",
        "performance",
        "integration",
        "migration",
    ]
    assert sum(each.totals.tests for each in summary.categories) == totals.tests
    assert [group.trouble for group in summary.warnings] == [Trouble.COMMITTED, Trouble.TODO_PASSED]


def test_the_slowest_come_first_and_are_five(busy_run: Events) -> None:
    summary = summarise(recorded(busy_run))

    files = [result.elapsed_s for result in summary.slowest_files]
    tests = [each.elapsed_ms for each in summary.slowest_assertions]
    assert files == [600.2, 1.204, 0.31, 0.087, 0.05]
    assert tests == [48.0, 2.5, 2.5, 2.5, 2.5]


def test_results_are_in_the_order_of_the_plan_whatever_came_first(busy_run: Events) -> None:
    begin, *middle, end = busy_run
    shuffled = recorded((begin, *reversed(middle), end))
    assert shuffled.results == recorded(busy_run).results


def test_an_unknown_category_runs_before_migration() -> None:
    results = tuple(ended(Outcome.PASSED, category=name) for name in ("migration", "own", "unit"))
    summary = summarise(RunRecord(results=results, finished=END))
    assert [each.category for each in summary.categories] == ["unit", "own", "migration"]


def test_a_run_without_an_end_lasted_as_long_as_it_was_seen() -> None:
    late = replace(PASSED, started_at=AT + timedelta(seconds=5))
    assert summarise(RunRecord(results=(PASSED, late))).elapsed_s == 6.5
    assert summarise(RunRecord()).elapsed_s == 0.0


def test_sentences() -> None:
    green = summarise(RunRecord(results=(PASSED,), finished=END))
    red = summarise(RunRecord(results=(PASSED, ended(Outcome.FAILED, failed=2)), finished=END))
    nothing = summarise(RunRecord(finished=END))

    assert (verdict_word(green), verdict_sentence(green)) == ("PASS", "0 tests in 1 file, 2.0 s")
    assert (verdict_word(red), verdict_sentence(red)) == (
        "FAIL",
        "2 of 2 tests failed, 1 of 2 files red, 2.0 s",
    )
    assert verdict_word(nothing) == "NOTHING RUN"


@pytest.mark.parametrize(
    ("finished", "expected"),
    [
        (END, ""),
        (None, "The end of this run was never recorded: pgassay was stopped."),
        (replace(END, bail_out="no disk\x07"), "Bailed out: no disk\\x07."),
        (replace(END, bail_out=""), "Bailed out: no reason given."),
        (replace(END, interrupted=True), "Interrupted before all files had run."),
        (replace(END, out_of_time=True), "The time for the whole run was used up."),
    ],
)
def test_why_a_run_ended_early(finished: RunFinished | None, expected: str) -> None:
    assert ending(RunRecord(finished=finished)) == expected


def test_a_red_file_always_says_why() -> None:
    failed = Problem(trouble=Trouble.FAILED_TESTS, message="1 test failed.")
    died = Problem(trouble=Trouble.DIED, message="gone")
    with_tests = replace(ended(Outcome.FAILED, failed=1), problems=(failed, died))

    assert own_problems(with_tests) == (died,)
    assert own_problems(replace(FAILED, problems=(failed,))) == (failed,)
    assert own_problems(PASSED) == ()
    (invented,) = own_problems(NOT_RUN)
    assert title_of(invented, NOT_RUN) == "not run"
    assert [each.trouble for each in own_problems(TIMED_OUT)] == [Trouble.TIMED_OUT]


def test_a_failing_todo_is_no_failure() -> None:
    todo = Assertion(position=1, number=1, ok=False, description="", directive=Directive.TODO)
    totals = summarise(RunRecord(results=(replace(PASSED, assertions=(todo,)),), finished=END)).totals
    assert (totals.passed, totals.failed, totals.todo, totals.todo_passed) == (1, 0, 1, 0)


def recorded(events: Events) -> RunRecord:
    collector = Collector()
    for event in events:
        collector.see(event)
    return collector.record()
