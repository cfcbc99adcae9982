"""What a person reads of a run of checks: a line for each, and what was found below it."""

from collections.abc import Iterable

from pgassay.model.check import SEVERITY, CheckResult, Finding, Level
from pgassay.model.events.check import ChecksStarted
from pgassay.model.exits import Exit
from pgassay.report.checks.record import CheckRecord
from pgassay.report.checks.verdict import exit_of, result_word, verdict_sentence, verdict_word
from pgassay.report.layout import Line, Span, Style, line
from pgassay.report.reporter import Verbosity
from pgassay.report.words import duration, plural, visible

_MOST = 10
_STYLES = {
    Level.PASSED: Style.GOOD,
    Level.INFO: Style.NOTE,
    Level.WARNING: Style.WARN_BOLD,
    Level.NOT_VERIFIED: Style.WARN,
    Level.FAILED: Style.BAD_BOLD,
}
_WORD_WIDTH = 14
_PLAIN_OBJECTS = frozenset({"server", "database", "connection", "check", "clock", "store", "pgTAP"})
"""What a line need not name, because the check is about nothing else."""


def result_lines(result: CheckResult, started: ChecksStarted | None, *, verbosity: Verbosity) -> list[Line]:
    """Give a check's lines: quiet ones only where something is wrong, all that there is where verbose."""
    calm = result.level in (Level.PASSED, Level.INFO)
    whole = verbosity is Verbosity.VERBOSE
    unasked = result.level is Level.NOT_VERIFIED and started is not None and bool(started.unreachable)
    if (calm and verbosity is Verbosity.QUIET) or (unasked and not whole):
        return []
    shown = [
        each for each in result.findings if whole or not calm and SEVERITY[each.level] > SEVERITY[Level.INFO]
    ]
    lines = [_headline(result, started, whole=whole)]
    lines += _finding_lines(shown if whole else shown[:_MOST])
    if len(shown) > _MOST and not whole:
        more = f"… and {plural(len(shown) - _MOST, 'more finding', 'more findings')}: -v shows all"
        lines.append(line("    ", Span(more, Style.DIM), hang=6))
    return lines + (_waived_lines(result) if whole else [])


def verdict_line(record: CheckRecord) -> Line:
    """Give the last line."""
    code = exit_of(record)
    calm = (
        Style.GOOD_BOLD
        if record.count(Level.WARNING) + record.count(Level.NOT_VERIFIED) == 0
        else Style.WARN_BOLD
    )
    style = calm if code is Exit.OK else Style.BAD_BOLD
    return line(Span(verdict_word(record), style), f"  {verdict_sentence(record)}")


def _headline(result: CheckResult, started: ChecksStarted | None, *, whole: bool) -> Line:
    level = result.level
    calm = level in (Level.PASSED, Level.INFO)
    said = f"{result_word(result, started):<{_WORD_WIDTH}}"
    names = [each.name for each in started.checks] if started is not None else []
    name = f"{result.check.name:<{max(map(len, names), default=0)}}"
    told = visible(result.check.title)
    if not whole and calm and len(result.findings) == 1:
        told = _summary(result.findings[0]) or told
    took = f"  ({duration(result.elapsed_ms / 1000)})" if whole else ""
    hang = _WORD_WIDTH + len(name) + 2
    styled = Span(name, Style.PLAIN if calm else Style.BOLD)
    style = Style.BAD_BOLD if result.broken else _STYLES[level]
    return line(Span(said, style), styled, Span(f"  {told}{took}", Style.DIM), hang=hang)


def _summary(finding: Finding) -> str:
    said = visible(finding.detail)
    return said if not said or finding.object in _PLAIN_OBJECTS else f"{visible(finding.object)}: {said}"


def _finding_lines(findings: Iterable[Finding]) -> list[Line]:
    lines: list[Line] = []
    before = ""
    for each in findings:
        mark = Span(visible(each.object), Style.BAD if each.level is Level.FAILED else Style.PLAIN)
        lines.append(line("    ", mark, f": {visible(each.detail)}" if each.detail else "", hang=6))
        if each.remediation and each.remediation != before:
            lines.append(line("      ", Span(visible(each.remediation), Style.DIM), hang=8))
        before = each.remediation
    return lines


def _waived_lines(result: CheckResult) -> list[Line]:
    return [
        line(
            "    ",
            Span(
                f"ignored until {each.until}: {visible(each.finding.object)}: {visible(each.finding.detail)} "
                f"({visible(each.reason)})",
                Style.DIM,
            ),
            hang=6,
        )
        for each in result.waived
    ]
