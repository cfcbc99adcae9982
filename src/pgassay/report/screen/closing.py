"""The end of a run on the terminal: the categories, what deserves a second look, the slowest, the verdict."""

from collections.abc import Iterable

from pgassay.model.exits import Exit
from pgassay.model.suite import FileResult, Outcome, Trouble
from pgassay.report.layout import Cell, Line, Span, Style, columns, cut, flatten, line
from pgassay.report.record import RunRecord
from pgassay.report.screen.evidence import evidence_lines
from pgassay.report.sentences import (
    ending,
    failed_numbers,
    outcome_words,
    own_problems,
    verdict_sentence,
    verdict_word,
)
from pgassay.report.summary import Grouped, Summary, Totals
from pgassay.report.words import duration, visible

_MOST = 10
_HEADINGS = ("files", "tests", "passed", "failed", "time")


def closing_lines(record: RunRecord, summary: Summary, *, width: int) -> list[Line]:
    """Sum a run up, in groups with an empty line between; the verdict is the last line."""
    return flatten(
        [
            _categories(summary),
            _red_files(record.results, width=width),
            _not_run(record.results),
            _retried(record.results),
            _todo_passed(record.results),
            *(_group(group) for group in summary.warnings if group.trouble is not Trouble.TODO_PASSED),
            _slowest(summary, width=width),
            evidence_lines(record),
            [verdict_line(record, summary)],
        ]
    )


def verdict_line(record: RunRecord, summary: Summary) -> Line:
    """Give the one line that is left when everything else is forgotten."""
    style = {Exit.OK: Style.GOOD_BOLD, Exit.RED: Style.BAD_BOLD}.get(summary.exit, Style.WARN_BOLD)
    word = verdict_word(summary)
    reason = ending(record)
    sentence = verdict_sentence(summary) + (f". {reason}" if reason else "")
    return line(Span(word, style), "  ", sentence, hang=len(word) + 2)


def _categories(summary: Summary) -> list[Line]:
    if not summary.categories:
        return []
    head: list[Cell] = [Span("category", Style.DIM), *(Span(word, Style.DIM) for word in _HEADINGS)]
    rows = [head]
    rows += [_row(Span(visible(each.category)), each.totals) for each in summary.categories]
    if len(summary.categories) > 1:
        rows.append(_row(Span("total", Style.BOLD), summary.totals))
    return columns(rows, right=frozenset(range(1, 6)))


def _row(name: Span, totals: Totals) -> list[Cell]:
    failed = Span(f"{totals.failed:,}", Style.BAD) if totals.failed else Span("–", Style.DIM)
    # A file can be red without a failed test; its category must not look green then.
    files = Span(f"{totals.files:,}", Style.BAD if totals.files_red else Style.PLAIN)
    counts = (files, f"{totals.tests:,}", f"{totals.passed:,}", failed, duration(totals.elapsed_s))
    return [name, *counts]


def _red_files(results: Iterable[FileResult], *, width: int) -> list[Line]:
    red = [result for result in results if result.red and result.outcome is not Outcome.NOT_RUN]
    if not red:
        return []
    shown = [line(_INDENT, cut(visible(each.file.path), width - 4), "  ", _why(each), hang=6) for each in red]
    return [_heading("Failed", Style.BAD_BOLD), *shown]


def _why(result: FileResult) -> Span:
    words = outcome_words(result)
    failed = failed_numbers(result)
    return Span(f"{words}: {failed}" if failed and not own_problems(result) else words, Style.DIM)


def _not_run(results: Iterable[FileResult]) -> list[Line]:
    idle = [result for result in results if result.outcome is Outcome.NOT_RUN]
    if not idle:
        return []
    shown = [line(_INDENT, visible(result.file.path), hang=6) for result in idle[:_MOST]]
    return [_heading("Not run", Style.WARN_BOLD), *shown, *_and_more(len(idle))]


def _retried(results: Iterable[FileResult]) -> list[Line]:
    flaky = [result for result in results if result.outcome is Outcome.FLAKY]
    if not flaky:
        return []
    shown = [
        line(
            _INDENT,
            visible(result.file.path),
            Span(f"  passed on attempt {result.attempt}", Style.DIM),
            hang=6,
        )
        for result in flaky[:_MOST]
    ]
    return [_heading("Flaky", Style.WARN_BOLD), *shown, *_and_more(len(flaky))]


def _todo_passed(results: Iterable[FileResult]) -> list[Line]:
    """Name each TODO test that passes, which says more than the warning of its file."""
    unexpected = [
        (result.file.path, assertion)
        for result in results
        for assertion in result.assertions
        if assertion.todo_passed
    ]
    if not unexpected:
        return []
    shown = [
        line(
            _INDENT,
            visible(f"{path}  {assertion.position}  {assertion.description}"),
            Span(f"  ({visible(assertion.reason)})" if assertion.reason else "", Style.DIM),
            hang=6,
        )
        for path, assertion in unexpected[:_MOST]
    ]
    return [_heading("TODO, but passing", Style.WARN_BOLD), *shown, *_and_more(len(unexpected))]


def _group(group: Grouped) -> list[Line]:
    shown = []
    for path, problem in group.problems[:_MOST]:
        where = str(problem.place) if problem.place else path
        shown.append(line(_INDENT, visible(where), "  ", Span(visible(problem.message), Style.DIM), hang=6))
    title = f"Warning: {group.trouble}"
    return [_heading(title, Style.WARN_BOLD), *shown, *_and_more(len(group.problems))]


def _slowest(summary: Summary, *, width: int) -> list[Line]:
    if summary.totals.files < 2:
        return []
    rows: list[list[Cell]] = [
        [Span(f"  {duration(result.elapsed_s)}", Style.DIM), cut(visible(result.file.path), width - 16)]
        for result in summary.slowest_files
    ]
    return [_heading("Slowest files", Style.BOLD), *columns(rows, right=frozenset({0}))]


def _and_more(count: int) -> list[Line]:
    if count <= _MOST:
        return []
    return [line(_INDENT, Span(f"… and {count - _MOST} more", Style.DIM))]


def _heading(title: str, style: Style) -> Line:
    return line(Span(title, style))


_INDENT = "  "
