"""The score of a check, and the exit code that follows from it."""

from dataclasses import replace

import pytest

from mutation_samples import BEGAN, sample_baseline, sample_mutant, sample_plan
from pgassay.model.events.mutate import BaselineFinished
from pgassay.model.exits import Exit
from pgassay.model.mutate import Excuse, MutantResult, Verdict
from pgassay.model.suite import Outcome
from pgassay.report.mutation.record import MutationRecord, score

K, S, T, U, N = (
    Verdict.KILLED,
    Verdict.SURVIVED,
    Verdict.TIMED_OUT,
    Verdict.UNDECIDED,
    Verdict.NOT_APPLICABLE,
)


def results(*verdicts: Verdict) -> tuple[MutantResult, ...]:
    return tuple(
        MutantResult(mutant=sample_mutant("drop_check", "app.note", f"c{number}"), verdict=verdict)
        for number, verdict in enumerate(verdicts)
    )


def record(*verdicts: Verdict, at_least: float = 95.0, excused: tuple[int, ...] = ()) -> MutationRecord:
    found = results(*verdicts)
    plan = sample_plan(
        tuple(each.mutant for each in found),
        "t/a.sql",
        excuses=tuple(Excuse(id=found[number].mutant.id, reason="known") for number in excused),
    )
    return MutationRecord(plan=replace(plan, at_least=at_least), results=found, elapsed_s=1.0)


@pytest.mark.parametrize(
    ("verdicts", "excused", "expected"),
    [
        ((K, K, K, S), (), 75.0),
        ((K, K, K, S), (3,), 100.0),
        ((K, S, N, N), (), 50.0),
        ((K, T), (), 100.0),
        ((K, U), (), 50.0),
        ((K, U), (1,), 50.0),
        ((K, K), (1,), 100.0),
        ((N,), (), None),
        ((), (), None),
    ],
)
def test_the_share_that_was_noticed(
    verdicts: tuple[Verdict, ...], excused: tuple[int, ...], expected: float | None
) -> None:
    found = record(*verdicts, excused=excused)
    assert score(found.results, found.reasons).noticed == expected


@pytest.mark.parametrize(
    ("verdicts", "at_least", "expected"),
    [
        ((K, K, K, S), 75.0, Exit.OK),
        ((K, K, K, S), 75.1, Exit.RED),
        ((K,), 100.0, Exit.OK),
        ((N,), 0.0, Exit.RED),
        ((), 0.0, Exit.RED),
        ((S,), 0.0, Exit.OK),
    ],
)
def test_the_exit_says_whether_enough_was_noticed(
    verdicts: tuple[Verdict, ...], at_least: float, expected: Exit
) -> None:
    assert record(*verdicts, at_least=at_least).exit is expected


def test_a_suite_that_is_red_by_itself_is_red_whatever_else() -> None:
    red = BaselineFinished(baseline=sample_baseline("t/a.sql", outcome=Outcome.FAILED), at=BEGAN)
    assert replace(record(K), baselines=(red,)).exit is Exit.RED


def test_an_interrupted_check_is_interrupted_however_good() -> None:
    assert replace(record(K), interrupted=True).exit is Exit.INTERRUPTED
    assert replace(record(K), elapsed_s=None).exit is Exit.INTERRUPTED
