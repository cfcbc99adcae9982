"""Is a database slower than it was, or than it may be? What is certain first, times last.

Blocks and plans do not depend on how busy the machine is, so they are judged against the baseline as they
are, with an absolute floor. Times are compared with the medians of earlier runs: after what all statements
have in common was taken off, a statement has to stand out by more than ``3.5`` robust standard deviations
and by a quarter.
"""

from collections.abc import Mapping, Sequence
from math import exp, log
from statistics import median

from pgassay.judge.statistics import scale
from pgassay.model.perf import (
    Aspect,
    Baseline,
    Benchmark,
    Grade,
    Judgement,
    Measurement,
    PastRun,
    PerformanceVerdict,
    Plan,
    QueryBaseline,
)

ENOUGH_RUNS = 10
"""How many earlier runs times are compared with, at least."""
ENOUGH_SAMPLES = 5
_NOISY = 1.3
_OUTLYING = 3.5
_FLOOR_MS = 1.0
_LEAST_SCALE = 0.02
_SEVERE = ((2.0, Grade.CRITICAL), (1.25, Grade.WARNING), (1.1, Grade.INFO))
_SLA = ((1.5, Grade.CRITICAL), (1.0, Grade.WARNING))
_SMALL_TABLE = 1_000
"""Blocks; reading a smaller table as a whole is nobody's concern."""


def judge(
    benchmark: Benchmark, baselines: Mapping[str, Baseline], history: Sequence[PastRun]
) -> PerformanceVerdict:
    """Judge a benchmark by the active baseline of each category and by earlier runs, in any order."""
    shared = shared_slowdown(benchmark, history)
    noisy = shared is not None and exp(shared) > _NOISY
    normal = {query.name: query for each in baselines.values() for query in each.queries}
    found: list[Judgement] = []
    for each in benchmark.measurements:
        found += _one(each, normal.get(each.query.name), _Past(history=history, shared=shared, noisy=noisy))
    return PerformanceVerdict(benchmark=benchmark, judgements=tuple(found), noisy=noisy)


def shared_slowdown(benchmark: Benchmark, history: Sequence[PastRun]) -> float | None:
    """Give the logarithm of how much slower all statements are, in the median; ``None`` with few runs."""
    ratios = [
        log(median(each.samples) / median(past))
        for each in benchmark.measurements
        if each.samples and len(past := _medians(each.query.name, history)) >= ENOUGH_RUNS
    ]
    return median(ratios) if ratios else None


class _Past:
    """What times are compared with."""

    __slots__ = ("history", "noisy", "shared")

    def __init__(self, *, history: Sequence[PastRun], shared: float | None, noisy: bool) -> None:
        self.history = history
        self.shared = shared
        self.noisy = noisy


def _one(measured: Measurement, known: QueryBaseline | None, past: _Past) -> list[Judgement]:
    if measured.problem:
        return [_says(measured, Aspect.ANSWER, Grade.CRITICAL, f"does not answer: {measured.problem}")]
    found = [_sla(measured)]
    if known is None or known.plan is None or measured.plan is None:
        why = "it has no baseline yet"
        found.append(_says(measured, Aspect.BLOCKS, Grade.NOT_JUDGED, why))
        found.append(_says(measured, Aspect.PLAN, Grade.NOT_JUDGED, why))
    else:
        found.append(_blocks(measured, known, measured.plan, known.plan))
        found.append(_temporary(measured, measured.plan, known.plan))
        found.append(_plan(measured, measured.plan, known.plan))
    found.append(_time(measured, past))
    return found


def _sla(measured: Measurement) -> Judgement:
    limit = measured.query.sla_ms
    if limit is None:
        return _says(measured, Aspect.SLA, Grade.NOT_JUDGED, "no limit was declared")
    if len(measured.samples) < ENOUGH_SAMPLES:
        few = f"{len(measured.samples)} of {ENOUGH_SAMPLES} samples"
        return _says(measured, Aspect.SLA, Grade.NOT_JUDGED, few)
    actual = median(measured.samples)
    grade = next((each for factor, each in _SLA if actual > limit * factor), Grade.OK)
    return _says(
        measured, Aspect.SLA, grade, f"takes {actual:,.1f} ms, {limit:,.0f} are allowed", limit, actual
    )


def _blocks(measured: Measurement, known: QueryBaseline, now: Plan, then: Plan) -> Judgement:
    """Compare blocks, as many more as the tables have grown being allowed."""
    expected = max(then.shared_blocks, 1) * _growth(measured, known)
    ratio, more = now.shared_blocks / expected, now.shared_blocks - expected
    grade = Grade.OK
    if ratio >= 2 and more >= 100:
        grade = Grade.CRITICAL
    elif ratio >= 1.25 and more >= 10:
        grade = Grade.WARNING
    elif ratio >= 1.1 and more >= 10:
        grade = Grade.INFO
    sentence = f"reads {now.shared_blocks:,} blocks, {expected:,.0f} are normal"
    return _says(measured, Aspect.BLOCKS, grade, sentence, expected, now.shared_blocks)


def _growth(measured: Measurement, known: QueryBaseline) -> float:
    before = dict(known.pages)
    grown = [pages / before[name] for name, pages in measured.pages if before.get(name)]
    return max([1.0, *grown])


def _temporary(measured: Measurement, now: Plan, then: Plan) -> Judgement:
    more = now.temp_blocks - then.temp_blocks
    grade = Grade.WARNING if more >= 100 else Grade.OK
    sentence = f"writes {now.temp_blocks:,} blocks to temporary files, {then.temp_blocks:,} are normal"
    return _says(measured, Aspect.TEMPORARY, grade, sentence, then.temp_blocks, now.temp_blocks)


def _plan(measured: Measurement, now: Plan, then: Plan) -> Judgement:
    if now.digest == then.digest:
        return _says(measured, Aspect.PLAN, Grade.OK, "has the same plan")
    pages = dict(measured.pages)
    big = sorted(name for name in now.scanned - then.scanned if pages.get(name, 0) > _SMALL_TABLE)
    if big:
        sentence = f"reads all of {', '.join(big)} now, which it did not"
        return _says(measured, Aspect.PLAN, Grade.CRITICAL, sentence)
    return _says(measured, Aspect.PLAN, Grade.INFO, "has another plan")


def _time(measured: Measurement, past: _Past) -> Judgement:
    before = _medians(measured.query.name, past.history)
    if len(before) < ENOUGH_RUNS:
        return _says(measured, Aspect.TIME, Grade.NOT_JUDGED, f"{len(before)} of {ENOUGH_RUNS} runs")
    if past.noisy:
        return _says(measured, Aspect.TIME, Grade.NOT_JUDGED, "everything was slower at once")
    actual, normal = median(measured.samples), median(before)
    logs = [log(each) for each in before]
    deviation = log(actual) - median(logs) - (past.shared or 0.0)
    ratio = exp(deviation)
    outlying = deviation / max(scale(logs), _LEAST_SCALE) > _OUTLYING and actual - normal >= _FLOOR_MS
    grade = next((each for factor, each in _SEVERE if ratio >= factor), Grade.OK) if outlying else Grade.OK
    if grade is Grade.INFO:
        grade = Grade.OK  # less than a quarter is told from noise by interleaving with a base only
    sentence = (
        f"takes {ratio:.2f} times as long as in earlier runs ({actual:,.1f} ms, {normal:,.1f} are normal)"
    )
    return _says(measured, Aspect.TIME, grade, sentence, normal, actual)


def _medians(name: str, history: Sequence[PastRun]) -> list[float]:
    return [value for run in history for each, value in run.medians if each == name and value > 0]


def _says(
    measured: Measurement,
    aspect: Aspect,
    grade: Grade,
    sentence: str,
    *numbers: float,
) -> Judgement:
    limit, actual = numbers or (None, None)
    return Judgement(
        query=measured.query.name,
        category=measured.query.category,
        aspect=aspect,
        grade=grade,
        sentence=sentence,
        limit=limit,
        actual=actual,
    )
