"""Makes a baseline of a benchmark. Pure."""

from itertools import groupby
from statistics import median

from pgassay.judge.statistics import percentile, spread
from pgassay.model.perf import Baseline, Benchmark, Measurement, QueryBaseline


def baselines_of(benchmark: Benchmark, *, actor: str, reason: str) -> tuple[Baseline, ...]:
    """Give the baseline of each category; a limit that was declared is taken as it is."""
    ordered = sorted(benchmark.measurements, key=lambda each: (each.query.category, each.query.name))
    return tuple(
        Baseline(
            category=category,
            queries=tuple(_query(each) for each in group),
            server=benchmark.server,
            established_at=benchmark.at,
            established_by=actor,
            reason=reason,
        )
        for category, group in groupby(ordered, key=lambda each: each.query.category)
    )


def _query(measured: Measurement) -> QueryBaseline:
    return QueryBaseline(
        name=measured.query.name,
        median_ms=median(measured.samples),
        p95_ms=percentile(measured.samples, 0.95),
        spread_ms=spread(measured.samples),
        samples=len(measured.samples),
        sla_ms=measured.query.sla_ms,
        plan=measured.plan,
        pages=measured.pages,
        usage=measured.usage,
    )
