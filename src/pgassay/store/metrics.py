"""Keeps how fast statements were: benchmarks with their verdicts, and the baseline of each category."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby
from statistics import median

from pgassay.model.history import CategoryPerformance
from pgassay.model.perf import Baseline, Grade, PastRun, PerformanceVerdict
from pgassay.pg.connection import Connection
from pgassay.store.schema import opened
from pgassay.store.session import Transaction
from pgassay.store.values import cleaner, from_json, to_json

_REMEMBERED = 20


def record_benchmark(connection: Connection, verdict: PerformanceVerdict, *, production: bool) -> None:
    """Record a benchmark, its times, and how it was judged.

    Raises:
        Unavailable: the store cannot be written.
    """
    benchmark = verdict.benchmark
    clean = cleaner(connection.info.parameter_status("server_encoding") or "")
    left = sum(each.grade is Grade.NOT_JUDGED for each in verdict.judgements)
    with opened(connection) as begun:
        begun.run(
            "add_performance_run",
            id=benchmark.id,
            at=benchmark.at,
            target=clean(benchmark.target),
            server=benchmark.server,
            noisy=verdict.noisy,
            red=verdict.red if verdict.judged else None,
            judged=verdict.judged,
            not_judged=left,
            judgements=to_json(verdict.judgements, clean),
        )
        for each in benchmark.measurements:
            if each.samples:
                begun.run(
                    "add_measurement",
                    category=each.query.category,
                    name=each.query.name,
                    median_ms=median(each.samples),
                    memory_mb=each.usage.memory_mb,
                    cpu_percent=each.usage.cpu_percent,
                    samples=len(each.samples),
                    at=benchmark.at,
                    environment="production" if production else "other",
                    run_id=benchmark.id,
                )


def past_runs(connection: Connection, target: str) -> tuple[PastRun, ...]:
    """Give the medians of the latest benchmarks of a target that were not noisy, the newest first."""
    clean = cleaner(connection.info.parameter_status("server_encoding") or "")
    with opened(connection) as begun:
        rows = begun.run("past_performance", target=clean(target), most=_REMEMBERED)
    return tuple(
        PastRun(at=at, medians=tuple((name, value) for _, name, value in group))
        for at, group in groupby(rows, key=lambda row: row[0])
    )


def performance_summary(
    connection: Connection, *, hours: float, now: datetime
) -> tuple[CategoryPerformance, ...]:
    """Sum up what was measured in the ``hours`` before ``now``, by category."""
    with opened(connection) as begun:
        rows = begun.run("performance_summary", since=now - timedelta(hours=hours), until=now)
    return tuple(
        CategoryPerformance(
            category=category,
            count=count,
            average_ms=average,
            min_ms=least,
            max_ms=most,
            p95_ms=p95,
            average_memory_mb=memory,
            max_memory_mb=most_memory,
            average_cpu_percent=cpu,
            max_cpu_percent=most_cpu,
        )
        for category, count, average, least, most, p95, memory, most_memory, cpu, most_cpu in rows
    )


def baselines(connection: Connection, target: str | None) -> dict[str, Baseline]:
    """Give the active baseline of each category; ``target`` is ``None`` where the store is in it."""
    clean = cleaner(connection.info.parameter_status("server_encoding") or "")
    with opened(connection) as begun:
        rows = begun.run("active_baselines", target=clean(target) if target is not None else None)
    found = [
        replace(from_json(metrics, Baseline), established_at=at, established_by=established_by, reason=reason)
        for metrics, at, established_by, reason in rows
    ]
    return {each.category: each for each in found}


def establish(connection: Connection, found: tuple[Baseline, ...], target: str | None) -> None:
    """Make these the active baselines of their categories; the earlier ones stay known.

    ``target`` is ``None`` where the store is in it.

    Raises:
        Unavailable: the store cannot be written.
    """
    with opened(connection) as begun:
        for each in found:
            _establish(begun, each, target)


def _establish(begun: Transaction, baseline: Baseline, target: str | None) -> None:
    clean = cleaner(begun.connection.info.parameter_status("server_encoding") or "")
    whose = clean(target) if target is not None else None
    begun.run("take_turns", cause=f"baseline {baseline.category}")
    begun.run("retire_baseline", category=baseline.category, target=whose)
    begun.run(
        "add_baseline",
        category=baseline.category,
        metrics=to_json(baseline, clean),
        at=baseline.established_at,
        actor=baseline.established_by or None,
        reason=baseline.reason,
        target=whose,
    )
