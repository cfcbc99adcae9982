"""The last hours by category, as ``pgassay report`` shows them: as a table, and as a value for JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from pgassay.model.history import CategoryPerformance, CategorySummary
from pgassay.report.layout import Cell, Line, Span, Style, ansi, columns, line
from pgassay.report.words import duration, moment, percent, plural, visible

FORMAT = "pgassay.digest/1"
"""The name and version of :class:`Digest` as JSON; raised when a field changes its meaning or goes."""

_HEADINGS = (
    "category",
    "runs",
    "unfinished",
    "passed",
    "failed",
    "success",
    "average",
    "first (UTC)",
    "last (UTC)",
)

_MINUTES = len("2025-01-02 03:04")


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A period by category, as a value and as a JSON document. ``success_rate`` is in percent."""

    format: str
    since: datetime
    until: datetime
    executions: int
    passed: int
    failed: int
    unfinished: int
    success_rate: float | None
    categories: tuple[CategorySummary, ...]
    performance: tuple[CategoryPerformance, ...] = ()


def digest(
    summaries: Sequence[CategorySummary],
    measured: Sequence[CategoryPerformance] = (),
    *,
    since: datetime,
    until: datetime,
) -> Digest:
    """Add a period up."""
    passed, failed = sum(each.passed for each in summaries), sum(each.failed for each in summaries)
    return Digest(
        format=FORMAT,
        since=since,
        until=until,
        executions=sum(each.executions for each in summaries),
        passed=passed,
        failed=failed,
        unfinished=sum(each.unfinished for each in summaries),
        success_rate=100 * passed / (passed + failed) if passed + failed else None,
        categories=tuple(summaries),
        performance=tuple(measured),
    )


def digest_document(shown: Digest) -> str:
    """Write a digest as JSON, without a line break at its end."""
    return msgspec.json.encode(shown).decode()


def digest_table(shown: Digest, *, colour: bool = False) -> str:
    """Draw a digest as a table for a person, without a line break at its end."""
    lines = _lines(shown)
    return "\n".join((ansi(each) if colour else each.text).rstrip() for each in lines)


def _lines(shown: Digest) -> list[Line]:
    if not shown.categories:
        return [line(f"Nothing was run between {moment(shown.since)} and {moment(shown.until)}.")]
    head: list[Cell] = [Span(word, Style.DIM) for word in _HEADINGS]
    table = columns([head, *(_row(each) for each in shown.categories)], right=frozenset(range(1, 7)))
    return [*table, Line(), _closing(shown)]


def _row(summary: CategorySummary) -> list[Cell]:
    tests = summary.passed + summary.failed
    return [
        visible(summary.category),
        f"{summary.executions:,}",
        _alarming(summary.unfinished, Style.WARN),
        f"{summary.passed:,}",
        _alarming(summary.failed, Style.BAD),
        Span(percent(summary.passed, tests), Style.BAD if summary.failed else Style.PLAIN),
        duration(summary.average_s),
        Span(moment(summary.first)[:_MINUTES], Style.DIM),
        Span(moment(summary.last)[:_MINUTES], Style.DIM),
    ]


def _alarming(count: int, style: Style) -> Span:
    return Span(f"{count:,}", style) if count else Span("–", Style.DIM)


def _closing(shown: Digest) -> Line:
    tests = shown.passed + shown.failed
    return line(
        f"{plural(shown.executions, 'execution')}, {plural(tests, 'test')}, "
        f"{percent(shown.passed, tests)} passed, "
        f"{moment(shown.since)} to {moment(shown.until)}"
    )
