"""Benchmarks and verdicts for people and programs: as tables, and as JSON documents."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

import msgspec

from pgassay.model.perf import Benchmark, Grade, Judgement, Measurement, PerformanceVerdict
from pgassay.model.usage import NOT_MEASURED, Usage
from pgassay.report.layout import Cell, Line, Span, Style, ansi, columns, line
from pgassay.report.words import plural, visible

FORMAT = "pgassay.perf/1"
_HEADINGS = ("statement", "median", "allowed", "cold", "blocks", "temporary")
_USED = ("cpu", "memory")
_STYLES = {
    Grade.OK: Style.GOOD,
    Grade.INFO: Style.NOTE,
    Grade.WARNING: Style.WARN,
    Grade.CRITICAL: Style.BAD_BOLD,
    Grade.NOT_JUDGED: Style.DIM,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """One statement, as ``--json`` prints it; times in milliseconds, memory in MB, ``null``: not measured.

    ``memory_mb`` is the largest resident set of a process that ran only this statement, ``cpu_ms`` its CPU
    time and ``cpu_percent`` that by the time that passed.
    """

    query: str
    category: str
    median_ms: float | None
    cold_ms: float
    samples: tuple[float, ...]
    sla_ms: float | None
    shared_blocks: int | None
    temp_blocks: int | None
    plan: str | None
    memory_mb: float | None
    cpu_percent: float | None
    cpu_ms: float | None
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformanceDocument:
    """A benchmark, and its verdict where there is one, as ``--json`` prints them."""

    id: str
    at: datetime
    target: str
    server: str
    queries: tuple[Timed, ...]
    judgements: tuple[Judgement, ...]
    red: bool
    noisy: bool
    format: str = FORMAT


def benchmark_document(benchmark: Benchmark) -> str:
    """Write a benchmark as JSON."""
    return verdict_document(PerformanceVerdict(benchmark=benchmark, judgements=()))


def verdict_document(verdict: PerformanceVerdict) -> str:
    """Write a verdict as JSON."""
    benchmark = verdict.benchmark
    document = PerformanceDocument(
        id=str(benchmark.id),
        at=benchmark.at,
        target=benchmark.target,
        server=benchmark.server,
        queries=tuple(_timed(each) for each in benchmark.measurements),
        judgements=verdict.judgements,
        red=verdict.red,
        noisy=verdict.noisy,
    )
    return msgspec.json.encode(document).decode()


def benchmark_text(benchmark: Benchmark, *, colour: bool = False) -> str:
    """Draw a line for each statement; what nothing is known of has no column."""
    used = any(each.usage != NOT_MEASURED for each in benchmark.measurements)
    words = (*_HEADINGS, *(_USED if used else ()))
    rows = [_row(each, used=used) for each in benchmark.measurements]
    head: list[Cell] = [Span(word, Style.DIM) for word in words]
    drawn = columns([head, *rows], right=frozenset(range(1, len(words))))
    return _text([*drawn, Line(), line(f"{plural(len(rows), 'statement')} measured.")], colour=colour)


def verdict_text(verdict: PerformanceVerdict, *, colour: bool = False) -> str:
    """Draw a table of the times, then everything that is not simply good, then the sum."""
    notable = [each for each in verdict.judgements if each.grade not in (Grade.OK, Grade.NOT_JUDGED)]
    lines = [
        line(Span(f"{each.grade}", _STYLES[each.grade]), f" {visible(each.query)} {visible(each.sentence)}")
        for each in notable
    ]
    lines += _unjudged(verdict.judgements)
    if verdict.noisy:
        lines.append(line("Everything was slower at once: times are not judged, nor remembered as normal."))
    lines.append(line(_closing(verdict)))
    return benchmark_text(verdict.benchmark, colour=colour) + "\n\n" + _text(lines, colour=colour)


def _unjudged(judgements: Sequence[Judgement]) -> list[Line]:
    left = [each for each in judgements if each.grade is Grade.NOT_JUDGED]
    reasons: dict[tuple[str, str], int] = {}
    for each in left:
        key = (each.aspect, each.sentence)
        reasons[key] = reasons.get(key, 0) + 1
    return [
        line(Span("not judged", Style.DIM), f" {aspect} of {plural(count, 'statement')}: {visible(sentence)}")
        for (aspect, sentence), count in reasons.items()
    ]


def _closing(verdict: PerformanceVerdict) -> str:
    worse = sum(each.grade.red for each in verdict.judgements)
    left = len(verdict.judgements) - verdict.judged
    said = f"{plural(worse, 'regression')}, {verdict.judged} judged"
    return f"{said}, {left} not judged." if left else f"{said}."


def _timed(measured: Measurement) -> Timed:
    plan = measured.plan
    return Timed(
        query=measured.query.name,
        category=measured.query.category,
        median_ms=median(measured.samples) if measured.samples else None,
        cold_ms=measured.cold_ms,
        samples=measured.samples,
        sla_ms=measured.query.sla_ms,
        shared_blocks=plan.shared_blocks if plan else None,
        temp_blocks=plan.temp_blocks if plan else None,
        plan=plan.digest if plan else None,
        memory_mb=measured.usage.memory_mb,
        cpu_percent=measured.usage.cpu_percent,
        cpu_ms=measured.usage.cpu_ms,
        problem=measured.problem,
    )


def _row(measured: Measurement, *, used: bool) -> list[Cell]:
    name = visible(measured.query.name)
    if measured.problem or measured.plan is None:
        blank = [""] * (len(_HEADINGS) - 3 + (len(_USED) if used else 0))
        return [name, Span("–", Style.BAD), *blank, visible(measured.problem)]
    middle, limit = median(measured.samples), measured.query.sla_ms
    over = limit is not None and middle > limit
    return [
        name,
        Span(f"{middle:,.1f} ms", Style.BAD if over else Style.PLAIN),
        f"{limit:,.0f} ms" if limit is not None else "–",
        f"{measured.cold_ms:,.1f} ms",
        f"{measured.plan.shared_blocks:,}",
        f"{measured.plan.temp_blocks:,}",
        *(_used(measured.usage) if used else ()),
    ]


def _used(usage: Usage) -> Iterator[Cell]:
    yield Span("–", Style.DIM) if usage.cpu_ms is None else f"{usage.cpu_ms:,.1f} ms"
    yield Span("–", Style.DIM) if usage.memory_mb is None else f"{usage.memory_mb:,.0f} MB"


def _text(lines: Sequence[Line], *, colour: bool) -> str:
    return "\n".join((ansi(each) if colour else each.text).rstrip() for each in lines)
