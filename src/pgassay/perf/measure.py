"""Measures a workload in rounds: each statement once a round, in an order drawn anew.

What disturbs the machine for a moment then touches one sample of each statement, and not all samples of one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from pgassay.model.events.perf import Measured, MeasuringStarted, PerfEvent, RoundFinished
from pgassay.model.perf import Measurement, WorkloadQuery
from pgassay.perf.session import Session, Unmeasurable
from pgassay.perf.usage import usage_of


@dataclass(slots=True)
class _Series:
    """The times of one statement, in their order."""

    query: WorkloadQuery
    times: list[float] = field(default_factory=list)
    problem: str = ""


def measure(
    session: Session, queries: Sequence[WorkloadQuery], *, warmup: int, rounds: int, random: Random
) -> Iterator[PerfEvent]:
    """Measure the statements; one that fails is not tried again and has its problem in the end.

    Raises:
        Unavailable: the connection was lost.
    """
    yield MeasuringStarted(queries=tuple(queries), rounds=warmup + rounds)
    series = [_Series(each) for each in queries]
    for number in range(1, warmup + rounds + 1):
        for each in random.sample(series, len(series)):
            _sample(session, each)
        yield RoundFinished(number=number)
    for each in series:
        yield Measured(measurement=_measurement(session, each, warmup))


def measure_pairs(
    base: Session, candidate: Session, query: WorkloadQuery, *, count: int, random: Random
) -> tuple[tuple[float, float], ...]:
    """Measure a statement on two databases in turns, which of them first being drawn; times of both.

    Raises:
        Unmeasurable: it fails on one of them.
    """
    pairs = []
    for _ in range(count):
        if random.random() < 0.5:
            one = base.time(query)
            pairs.append((one, candidate.time(query)))
        else:
            other = candidate.time(query)
            pairs.append((base.time(query), other))
    return tuple(pairs)


def _sample(session: Session, series: _Series) -> None:
    if not series.problem:
        try:
            series.times.append(session.time(series.query))
        except Unmeasurable as error:
            series.problem = str(error)


def _measurement(session: Session, series: _Series, warmup: int) -> Measurement:
    if series.problem:
        return Measurement(query=series.query, problem=series.problem)
    try:
        plan = session.plan(series.query)
    except Unmeasurable as error:
        return Measurement(query=series.query, problem=str(error))
    return Measurement(
        query=series.query,
        cold_ms=series.times[0],
        samples=tuple(series.times[warmup:]),
        plan=plan,
        pages=tuple(sorted(session.pages(plan.relations).items())),
        usage=usage_of(session, series.query),
    )
