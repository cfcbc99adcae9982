"""What of a run is still to be written."""

from dataclasses import replace

from pgassay.model.events.suite import SuiteEvent, Warned
from pgassay.model.suite import FileResult, Outcome
from pgassay.store.progress import Progress
from pgassay.store.totals import LogStatus
from sample_runs import MOMENT, events, result, run_of

A, B, S = result("a.sql"), result("b.sql"), result("s.sql", category="security")


def after(told: list[SuiteEvent]) -> Progress:
    progress = Progress()
    for event in told:
        progress.take(event)
    return progress


def unfinished(*results: FileResult, of: tuple[FileResult, ...]) -> Progress:
    return after(list(events(run_of(of), *results))[:-1])


def test_a_category_is_settled_when_its_last_file_ran() -> None:
    assert unfinished(A, S, of=(A, B, S)).settled().keys() == {"security"}
    assert unfinished(A, B, of=(A, B, S)).settled().keys() == {"unit"}


def test_a_category_with_a_file_that_did_not_run_waits_for_the_reason() -> None:
    left = result("b.sql", Outcome.NOT_RUN)

    assert unfinished(A, left, of=(A, left)).settled() == {}
    told = list(events(run_of((A, left)), A, left, interrupted=True))
    assert after(told).settled()["unit"].status is LogStatus.INTERRUPTED


def test_at_the_end_everything_is_settled() -> None:
    settled = after(list(events(run_of([A, B, S]), A))).settled()

    assert {name: totals.status for name, totals in settled.items()} == {
        "unit": LogStatus.CUT_SHORT,
        "security": LogStatus.NOT_STARTED,
    }


def test_what_was_written_is_not_written_again() -> None:
    progress = unfinished(A, S, of=(A, B, S))
    assert [each.result for each in progress.attempts] == [A, S]

    progress.written(1, ("security",))

    assert [(each.position, each.result) for each in progress.attempts] == [(2, S)]
    assert progress.settled() == {}
    assert progress.categories == ("unit",)


def test_attempts_know_when_they_were_taken_up_and_whether_they_are_final() -> None:
    first, second = replace(A, outcome=Outcome.FAILED), replace(A, attempt=2, outcome=Outcome.FLAKY)
    never = result("n.sql", Outcome.NOT_RUN)

    found = unfinished(first, second, never, of=(first, never)).attempts

    assert [(each.position, each.final, each.taken_up_at) for each in found] == [
        (1, False, MOMENT),
        (2, True, MOMENT),
        (3, True, None),
    ]


def test_dropped_results_still_count() -> None:
    progress = unfinished(A, B, of=(A, B))

    assert progress.drop_first().result == A

    assert [each.result for each in progress.attempts] == [B]
    assert progress.settled()["unit"].passed == 4


def test_warnings_are_due_until_they_are_written() -> None:
    progress = after([*list(events(run_of([A])))[:-1], Warned(sentence="hm")])
    assert progress.warnings_due

    progress.written(0, ())

    assert not progress.warnings_due
    assert progress.warnings == [Warned(sentence="hm")]
