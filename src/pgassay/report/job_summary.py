"""A run as Markdown, for the page that GitHub shows of a job."""

import re
from collections.abc import Iterable, Iterator

from pgassay.model.suite import FileResult, Outcome
from pgassay.report.diagnosis import diagnose
from pgassay.report.markdown import escape, fitting
from pgassay.report.record import RunRecord
from pgassay.report.sentences import (
    ending,
    outcome_words,
    own_problems,
    title_of,
    verdict_sentence,
    verdict_word,
    where_it_ran,
)
from pgassay.report.summary import Summary, Totals, summarise
from pgassay.report.words import duration, visible, visible_lines

_CUT = "\n_The rest is left out: GitHub takes no more._\n"


def job_summary(record: RunRecord, *, limit: int) -> str:
    """Write the summary of a run in at most ``limit`` bytes, cut between two blocks where need be."""
    return fitting(_blocks(record), limit=limit, cut=_CUT)


def _blocks(record: RunRecord) -> Iterator[str]:
    summary = summarise(record)
    yield f"## {verdict_word(summary).capitalize()}: {verdict_sentence(summary)}\n\n"
    if ending(record):
        yield f"**{escape(ending(record))}**\n\n"
    if record.run:
        yield f"{escape(where_it_ran(record.run))}\n\n"
    yield _table(summary)
    red = [result for result in record.results if result.red and result.outcome is not Outcome.NOT_RUN]
    if red:
        yield "### Failed\n\n"
        yield from (_file(result) for result in red)
    yield from _more(record, summary)


def _table(summary: Summary) -> str:
    rows = [_row(escape(each.category), each.totals) for each in summary.categories]
    rows.append(_row("**total**", summary.totals))
    head = "| category | files | tests | passed | failed | time |\n| :-- | --: | --: | --: | --: | --: |\n"
    return head + "".join(rows) + "\n"


def _row(name: str, totals: Totals) -> str:
    counts = (totals.files, totals.tests, totals.passed, totals.failed)
    shown = " | ".join(f"{count:,}" for count in counts)
    return f"| {name} | {shown} | {duration(totals.elapsed_s)} |\n"


def _file(result: FileResult) -> str:
    lines = [
        f"<details><summary><code>{_html(result.file.path)}</code> {_html(outcome_words(result))}</summary>",
        "",
        *_fenced(_told(result)),
        "",
        "</details>",
        "",
    ]
    return "\n".join(lines) + "\n"


def _told(result: FileResult) -> Iterator[str]:
    for assertion in result.assertions:
        if assertion.passed:
            continue
        where = f"  ({assertion.place})" if assertion.place else ""
        yield visible(f"not ok {assertion.position} - {assertion.description}{where}")
        diagnosis = diagnose(assertion)
        yield from (f"    {text}" for text in diagnosis.before)
        yield from (f"    have: {text}" for text in diagnosis.have)
        yield from (f"    want: {text}" for text in diagnosis.want)
        yield from (f"    {text}" for text in diagnosis.after)
    for problem in own_problems(result):
        where = f"  ({problem.place})" if problem.place else ""
        yield visible(f"{title_of(problem, result)}: {problem.message}{where}")
        yield from (f"    {text}" for detail in problem.detail for text in visible_lines(detail))


def _fenced(lines: Iterable[str]) -> list[str]:
    """Put lines between fences that are longer than any that they contain (CommonMark, section 4.5)."""
    shown = list(lines)
    longest = max((len(run) for text in shown for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return [f"{fence}text", *shown, fence]


def _more(record: RunRecord, summary: Summary) -> Iterator[str]:
    flaky = [result.file.path for result in record.results if result.outcome is Outcome.FLAKY]
    idle = [result.file.path for result in record.results if result.outcome is Outcome.NOT_RUN]
    warnings = [
        f"{problem.place or path}: {group.trouble}: {problem.message}"
        for group in summary.warnings
        for path, problem in group.problems
    ]
    warnings += [each.sentence for each in record.warnings]
    for title, texts in (("Flaky", flaky), ("Not run", idle), ("Warnings", warnings)):
        if texts:
            yield f"### {title}\n\n"
            yield from (f"- {escape(text)}\n" for text in texts)
            yield "\n"


def _html(text: str) -> str:
    return visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
