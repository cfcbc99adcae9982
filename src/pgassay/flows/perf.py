"""Measure a workload, set and move its baselines, and say whether something became slower."""

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from random import Random
from uuid import uuid4

from pgassay.config.settings import Settings
from pgassay.flows.around import Around
from pgassay.flows.regression import follow_up
from pgassay.flows.remembered import name_in_store, store_of
from pgassay.flows.retention import prune_daily
from pgassay.flows.sizes import note_size
from pgassay.judge.baseline import baselines_of
from pgassay.judge.comparison import CONFIRM, SCREEN, compare, suspicious, unsuspicious
from pgassay.judge.regression import judge
from pgassay.model.errors import Unavailable, UsageError
from pgassay.model.events.perf import Measured, PerfEvent
from pgassay.model.perf import Aspect, Benchmark, Judgement, PerformanceVerdict, WorkloadQuery
from pgassay.perf.measure import measure, measure_pairs
from pgassay.perf.session import Session, Unmeasurable, session
from pgassay.perf.workload import read_workload
from pgassay.pg.clock import now
from pgassay.pg.connection import Connection
from pgassay.pg.guard import Deed, check
from pgassay.store import metrics


@dataclass(frozen=True, slots=True, kw_only=True)
class PerfWish:
    """What is measured: which files (``()``: those of the settings), and compared with which base."""

    target: str | None
    paths: tuple[str, ...] = ()
    base: str | None = None
    seed: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """Who sets a baseline, and why."""

    actor: str = ""
    reason: str = ""


def establish_baselines(
    wish: PerfWish, accepted: Acceptance, settings: Settings, around: Around
) -> Benchmark:
    """Measure the workload, and make the result what is normal from now on.

    Raises:
        NothingToRun, UsageError: there is no workload, or it makes no sense.
        Unavailable: the target or the store cannot be reached, or a statement does not answer.
    """
    with store_of(settings, wish.target) as connection:
        benchmark = _benchmark(wish, settings, around)
        _demand_answers(benchmark)
        found = baselines_of(benchmark, actor=accepted.actor, reason=accepted.reason)
        metrics.establish(connection, found, name_in_store(settings, wish.target))
        verdict = PerformanceVerdict(benchmark=benchmark, judgements=())
        _record(connection, verdict, wish=wish, settings=settings, around=around)
    return benchmark


def collect(wish: PerfWish, settings: Settings, around: Around) -> Benchmark:
    """Measure the workload and remember the times, without judging them."""
    with store_of(settings, wish.target) as connection:
        benchmark = _benchmark(wish, settings, around)
        verdict = PerformanceVerdict(benchmark=benchmark, judgements=())
        _record(connection, verdict, wish=wish, settings=settings, around=around)
    return benchmark


def check_performance(wish: PerfWish, settings: Settings, around: Around) -> PerformanceVerdict:
    """Measure the workload, judge it, and raise and settle alerts.

    Raises:
        NothingToRun, UsageError: there is no workload, or it makes no sense.
        Unavailable: the target or the store cannot be reached.
    """
    with store_of(settings, wish.target) as connection:
        normal = metrics.baselines(connection, name_in_store(settings, wish.target))
        past = metrics.past_runs(connection, settings.target(wish.target).shown)
        verdict = judge(_benchmark(wish, settings, around), normal, past)
        if wish.base is not None:
            verdict = _compared(verdict, wish, settings)
        _record(connection, verdict, wish=wish, settings=settings, around=around)
        if settings.perf.alerts:
            follow_up(connection, verdict, settings)
    return verdict


def update_baselines(
    wish: PerfWish, accepted: Acceptance, settings: Settings, around: Around
) -> PerformanceVerdict:
    """Check, and make the result what is normal from now on if nothing became worse.

    Raises:
        UsageError: no reason is given.
    """
    if not accepted.reason:
        raise UsageError("A baseline is moved for a reason.", remedy='pgassay perf update --why "…"')
    verdict = check_performance(wish, settings, around)
    if verdict.acceptable:
        with store_of(settings, wish.target) as connection:
            found = baselines_of(verdict.benchmark, actor=accepted.actor, reason=accepted.reason)
            metrics.establish(connection, found, name_in_store(settings, wish.target))
    return verdict


def _benchmark(wish: PerfWish, settings: Settings, around: Around) -> Benchmark:
    target, perf = settings.target(wish.target), settings.perf
    check(target, Deed.LOOK)
    queries = read_workload(wish.paths or perf.workload)
    at, found = now(), []
    with session(target, timeout_s=perf.timeout_s) as opened:
        events = measure(opened, queries, warmup=perf.warmup, rounds=perf.rounds, random=Random(wish.seed))
        for event in _until_stopped(events, around):
            if isinstance(event, Measured):
                found.append(event.measurement)
        return Benchmark(
            id=uuid4(), at=at, target=target.shown, server=opened.server, measurements=tuple(found)
        )


def _until_stopped(events: Iterator[PerfEvent], around: Around) -> Iterator[PerfEvent]:
    for event in events:
        if around.stop.is_set():
            raise KeyboardInterrupt
        yield event


def _demand_answers(benchmark: Benchmark) -> None:
    silent = [each for each in benchmark.measurements if each.problem]
    if silent:
        raise Unavailable(
            f"No baseline was set: {silent[0].query.name} does not answer: {silent[0].problem}",
            remedy=f"Mend {silent[0].query.path}, or the database.",
        )


def _compared(verdict: PerformanceVerdict, wish: PerfWish, settings: Settings) -> PerformanceVerdict:
    """Replace what is said about times by what the base says, measured in turns with the target."""
    target, base, limit_s = settings.target(wish.target), settings.target(wish.base), settings.perf.timeout_s
    check(base, Deed.LOOK)
    queries = [each.query for each in verdict.benchmark.measurements if not each.problem]
    with session(base, timeout_s=limit_s) as normal, session(target, timeout_s=limit_s) as candidate:
        times = _times(normal, candidate, queries, Random(wish.seed))
    others = tuple(each for each in verdict.judgements if each.aspect is not Aspect.TIME)
    return PerformanceVerdict(benchmark=verdict.benchmark, judgements=others + times)


def _times(
    base: Session, candidate: Session, queries: list[WorkloadQuery], random: Random
) -> tuple[Judgement, ...]:
    found, suspects = [], []
    for query in queries:
        try:
            pairs = measure_pairs(base, candidate, query, count=SCREEN, random=random)
            if suspicious(pairs):
                fresh = measure_pairs(base, candidate, query, count=CONFIRM, random=random)
                suspects.append((query, fresh))
            else:
                found.append(unsuspicious(query, pairs))
        except Unmeasurable as error:
            raise Unavailable(f"{query.name} does not answer on the base: {error}") from error
    return (*found, *compare(suspects))


def _record(
    connection: Connection, verdict: PerformanceVerdict, *, wish: PerfWish, settings: Settings, around: Around
) -> None:
    target = settings.target(wish.target)
    metrics.record_benchmark(connection, verdict, production=target.production)
    note_size(target, connection)
    prune_daily(lambda: nullcontext(connection), settings, around.warn)
