"""Verdicts on benchmarks: what is certain, what stands out, and what cannot be judged."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random
from statistics import median

import pytest

from perf_samples import INDEXED, MOMENT, SCANNED, SEARCH, benchmark, measured
from pgassay.judge.baseline import baselines_of
from pgassay.judge.regression import ENOUGH_RUNS, judge
from pgassay.model.perf import Aspect, Baseline, Grade, Measurement, PastRun, Plan

STEADY = (10.0, 10.1, 9.9, 10.0, 10.2)
NORMAL = {each.category: each for each in baselines_of(benchmark(measured(*STEADY)), actor="kim", reason="r")}


def grades(
    found: Measurement, history: Sequence[PastRun] = (), normal: dict[str, Baseline] = NORMAL
) -> dict[Aspect, Grade]:
    verdict = judge(benchmark(found), normal, history)
    return {each.aspect: each.grade for each in verdict.judgements}


def past(*times: float, names: tuple[str, ...] = ("crm.search",)) -> tuple[PastRun, ...]:
    return tuple(
        PastRun(at=MOMENT - timedelta(hours=number), medians=tuple((name, time) for name in names))
        for number, time in enumerate(times, 1)
    )


def test_what_is_as_it_was_is_good() -> None:
    assert grades(measured(*STEADY), past(*[10.0, 10.1] * 6)) == dict.fromkeys(
        (Aspect.SLA, Aspect.BLOCKS, Aspect.TEMPORARY, Aspect.PLAN, Aspect.TIME), Grade.OK
    )


@pytest.mark.parametrize(
    ("took", "grade"),
    [(50.0, Grade.OK), (50.1, Grade.WARNING), (75.0, Grade.WARNING), (75.1, Grade.CRITICAL)],
)
def test_a_declared_limit_is_taken_as_it_is(took: float, grade: Grade) -> None:
    assert grades(measured(*[took] * 5))[Aspect.SLA] is grade


def test_one_slow_sample_is_no_breach() -> None:
    assert grades(measured(10, 10, 10, 10, 900))[Aspect.SLA] is Grade.OK


@pytest.mark.parametrize(
    ("blocks", "grade"),
    [
        (209, Grade.OK),
        (221, Grade.INFO),
        (249, Grade.INFO),
        (250, Grade.WARNING),
        (399, Grade.WARNING),
        (400, Grade.CRITICAL),
    ],
)
def test_blocks_are_judged_by_the_baseline(blocks: int, grade: Grade) -> None:
    found = measured(*STEADY, plan=replace(INDEXED, shared_blocks=blocks))
    assert grades(found)[Aspect.BLOCKS] is grade


def test_few_blocks_more_are_nothing_however_large_the_share() -> None:
    small = replace(INDEXED, shared_blocks=3)
    normal = {
        each.category: each
        for each in baselines_of(benchmark(measured(*STEADY, plan=small)), actor="", reason="")
    }
    found = measured(*STEADY, plan=replace(INDEXED, shared_blocks=12))
    assert grades(found, normal=normal)[Aspect.BLOCKS] is Grade.OK


def test_a_table_that_has_grown_may_be_read_as_much_more() -> None:
    found = measured(*STEADY, plan=replace(INDEXED, shared_blocks=400), pages=10_000)
    assert grades(found)[Aspect.BLOCKS] is Grade.OK


def test_temporary_files_that_were_not_there_are_a_warning() -> None:
    found = measured(*STEADY, plan=replace(INDEXED, temp_blocks=100))
    assert grades(found)[Aspect.TEMPORARY] is Grade.WARNING


@pytest.mark.parametrize(("pages", "grade"), [(1_001, Grade.CRITICAL), (1_000, Grade.INFO)])
def test_a_large_table_that_is_read_as_a_whole_now_is_critical(pages: int, grade: Grade) -> None:
    assert grades(measured(*STEADY, plan=SCANNED, pages=pages))[Aspect.PLAN] is grade


def test_what_does_not_answer_is_critical() -> None:
    assert grades(Measurement(query=SEARCH, problem="permission denied")) == {Aspect.ANSWER: Grade.CRITICAL}


def test_what_has_too_little_to_go_by_is_not_judged() -> None:
    lone = replace(SEARCH, sla_ms=None)
    few = past(*[10.0] * (ENOUGH_RUNS - 1))
    assert set(grades(measured(*STEADY, query=lone), few, {}).values()) == {Grade.NOT_JUDGED}
    verdict = judge(benchmark(measured(*STEADY, query=lone)), {}, few)
    assert (verdict.red, verdict.judged) == (False, 0)


@pytest.mark.parametrize(
    ("factor", "grade"),
    [(1.2, Grade.OK), (1.3, Grade.WARNING), (2.1, Grade.CRITICAL), (0.5, Grade.OK)],
)
def test_a_time_that_stands_out_is_found(factor: float, grade: Grade) -> None:
    names = tuple(f"q{number}" for number in range(6))
    history = past(*[10.0, 10.1, 9.9, 10.2] * 3, names=("crm.search", *names))
    others = [measured(*STEADY, query=replace(SEARCH, name=name)) for name in names]
    slow = measured(*[each * factor for each in STEADY])
    verdict = judge(benchmark(slow, *others), NORMAL, history)
    found = {each.query: each.grade for each in verdict.judgements if each.aspect is Aspect.TIME}
    assert found == dict.fromkeys(names, Grade.OK) | {"crm.search": grade}


def test_a_time_below_a_millisecond_never_pages() -> None:
    history = past(*[0.3] * 12, names=("crm.search", "a", "b"))
    others = [measured(*[0.3] * 5, query=replace(SEARCH, name=name)) for name in ("a", "b")]
    verdict = judge(benchmark(measured(*[0.9] * 5), *others), {}, history)
    assert not verdict.red


def test_when_everything_is_slower_at_once_times_are_not_judged() -> None:
    names = ("crm.search", "a", "b")
    slow = [measured(*[14.0] * 5, query=replace(SEARCH, name=name)) for name in names]
    verdict = judge(benchmark(*slow), {}, past(*[10.0] * 12, names=names))
    assert verdict.noisy
    assert not verdict.red
    assert {each.grade for each in verdict.judgements if each.aspect is Aspect.TIME} == {Grade.NOT_JUDGED}


def test_a_machine_that_is_a_little_slower_raises_nothing() -> None:
    """What all statements have in common is taken off: 20 % on each is no finding on any."""
    random = Random(7)
    names = tuple(f"q{number}" for number in range(12))
    history = tuple(
        PastRun(at=MOMENT, medians=tuple((name, 10 * random.lognormvariate(0, 0.04)) for name in names))
        for _ in range(20)
    )
    found = [
        measured(*[12 * random.lognormvariate(0, 0.05) for _ in range(15)], query=replace(SEARCH, name=name))
        for name in names
    ]
    assert not judge(benchmark(*found), {}, history).red


def test_unchanged_statements_raise_no_alarm_over_many_runs() -> None:
    """Noise as machines make it, with heavy tails and shifts of the whole run; 12 statements, 100 runs."""
    random = Random(11)
    names = tuple(f"q{number}" for number in range(12))
    runs: list[PastRun] = []
    alarms = 0
    for _ in range(100):
        machine = random.lognormvariate(0, 0.06)
        found = [
            measured(*_noisy(random, machine * (4 + number)), query=replace(SEARCH, name=name, sla_ms=None))
            for number, name in enumerate(names)
        ]
        verdict = judge(benchmark(*found), {}, runs[-20:])
        alarms += sum(each.grade.red for each in verdict.judgements)
        runs.append(
            PastRun(at=MOMENT, medians=tuple((each.query.name, median(each.samples)) for each in found))
        )
    assert alarms <= 12  # one percent of 1,200 decisions


def _noisy(random: Random, middle: float) -> list[float]:
    return [
        middle * random.lognormvariate(0, 0.08) * (random.uniform(1.5, 4) if random.random() < 0.04 else 1)
        for _ in range(15)
    ]


def test_a_plan_that_is_unknown_is_not_judged() -> None:
    nothing: Plan | None = None
    found = grades(measured(*STEADY, plan=nothing))
    assert (found[Aspect.PLAN], found[Aspect.BLOCKS]) == (Grade.NOT_JUDGED, Grade.NOT_JUDGED)
