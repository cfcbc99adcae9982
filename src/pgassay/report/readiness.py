"""The readiness of a target for people and programs: a table, Markdown for a job summary, and JSON."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from pgassay.model.readiness import Criterion, Readiness, Standing, Verdict
from pgassay.report.layout import Cell, Line, Span, Style, ansi, columns, line
from pgassay.report.markdown import escape
from pgassay.report.words import visible

FORMAT = "pgassay.ready/1"
_STYLES = {
    Standing.MET: Style.GOOD,
    Standing.NOT_MET: Style.BAD_BOLD,
    Standing.NOT_VERIFIED: Style.WARN,
    Standing.WAIVED: Style.DIM,
}
_VERDICTS = {
    Verdict.READY: Style.GOOD_BOLD,
    Verdict.NOT_READY: Style.BAD_BOLD,
    Verdict.NOT_VERIFIED: Style.WARN_BOLD,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessDocument:
    """A verdict as ``--json`` prints it."""

    target: str
    at: datetime
    verdict: Verdict
    criteria: tuple[Criterion, ...]
    format: str = FORMAT


def readiness_document(readiness: Readiness) -> str:
    """Write a verdict as JSON."""
    document = ReadinessDocument(
        target=readiness.target, at=readiness.at, verdict=readiness.verdict, criteria=readiness.criteria
    )
    return msgspec.json.encode(document).decode()


def readiness_text(readiness: Readiness, *, colour: bool = False) -> str:
    """Draw a line for each criterion, then what to run, then the verdict."""
    rows: list[list[Cell]] = [
        [
            Span(each.standing, _STYLES[each.standing]),
            each.title,
            Span(age(each.at, readiness.at), Style.DIM),
            visible(each.evidence),
        ]
        for each in readiness.criteria
    ]
    commands = list(dict.fromkeys(each.command for each in readiness.criteria if _open(each)))
    lines: list[Line] = [*columns(rows, right=frozenset({2})), Line()]
    if commands:
        lines += [line("To close the gaps:"), *(line(f"  {each}") for each in commands), Line()]
    lines.append(line(Span(readiness.verdict, _VERDICTS[readiness.verdict]), f" {visible(readiness.target)}"))
    return "\n".join((ansi(each) if colour else each.text).rstrip() for each in lines)


def readiness_markdown(readiness: Readiness) -> str:
    """Write a verdict as Markdown, as a job summary or a comment shows it."""
    lines = [
        f"## {readiness.verdict}: {escape(readiness.target)}",
        "",
        "| criterion | stands | evidence | age | to close it |",
        "|---|---|---|---|---|",
    ]
    for each in readiness.criteria:
        command = f"`{each.command}`" if _open(each) else ""
        standing = each.standing if each.standing is Standing.MET else f"**{each.standing}**"
        words = (each.title, standing, escape(visible(each.evidence)), age(each.at, readiness.at), command)
        lines.append(f"| {' | '.join(words)} |")
    return "\n".join(lines)


def age(at: datetime | None, now: datetime) -> str:
    """Spell how long ago something was: ``just now``, ``5 min``, ``3 h``, ``12 days``."""
    if at is None:
        return "never"
    passed = max(now - at, timedelta(0))
    if passed < timedelta(minutes=1):
        return "just now"
    if passed < timedelta(hours=1):
        return f"{passed // timedelta(minutes=1)} min"
    if passed < timedelta(days=2):
        return f"{passed // timedelta(hours=1)} h"
    return f"{passed // timedelta(days=1)} days"


def _open(criterion: Criterion) -> bool:
    return criterion.standing in (Standing.NOT_MET, Standing.NOT_VERIFIED) and bool(criterion.command)
