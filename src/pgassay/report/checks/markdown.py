"""A run of checks as Markdown: for a file, and for the page that GitHub shows of a job."""

from collections.abc import Iterator

from pgassay.model.check import CheckResult, Finding, Level
from pgassay.model.events.check import ChecksStarted
from pgassay.report.checks.record import CheckRecord
from pgassay.report.checks.verdict import result_word, verdict_sentence, verdict_word, where_it_ran
from pgassay.report.markdown import escape, fitting
from pgassay.report.words import visible

_CUT = "\n_The rest is left out: there is no room for more._\n"
_QUIET = (Level.PASSED, Level.INFO)


def checks_markdown(record: CheckRecord, *, limit: int = 10**9) -> str:
    """Write a run in at most ``limit`` bytes, cut between two blocks where need be."""
    return fitting(_blocks(record), limit=limit, cut=_CUT)


def _blocks(record: CheckRecord) -> Iterator[str]:
    started = record.started
    yield f"## {verdict_word(record).capitalize()}: {verdict_sentence(record)}\n\n"
    if started is not None:
        yield f"{escape(where_it_ran(started))}\n\n"
        if started.unreachable:
            yield f"**{escape(started.unreachable)}**\n\n"
    loud = [each for each in record.results if each.level not in _QUIET]
    for result in sorted(loud, key=lambda each: tuple(Level).index(each.level), reverse=True):
        yield _result(result, started)
    quiet = [each for each in record.results if each.level in _QUIET]
    if quiet:
        yield f"<details><summary>{len(quiet)} in order</summary>\n\n"
        yield "| check | | found |\n| :-- | :-- | :-- |\n"
        yield from (_row(each, started) for each in quiet)
        yield "\n</details>\n\n"
    yield from _waived(record)


def _result(result: CheckResult, started: ChecksStarted | None) -> str:
    lines = [f"### {result_word(result, started)}: {escape(result.check.title)} (`{result.check.name}`)", ""]
    for each in result.findings:
        if each.level not in _QUIET:
            lines += _finding(each)
    return "\n".join(lines) + "\n\n"


def _finding(finding: Finding) -> Iterator[str]:
    yield f"- **{escape(finding.object)}**: {escape(finding.detail)}"
    if finding.remediation:
        text = visible(finding.remediation)
        yield f"  - {escape(text)}" if "`" in text else f"  - `{text}`"


def _row(result: CheckResult, started: ChecksStarted | None) -> str:
    said = "; ".join(f"{each.object}: {each.detail}" for each in result.findings[:3])
    return f"| {escape(result.check.title)} | {result_word(result, started)} | {escape(said)} |\n"


def _waived(record: CheckRecord) -> Iterator[str]:
    waived = [each for result in record.results for each in result.waived]
    if waived:
        yield "### Ignored\n\n"
        for each in waived:
            what = f"{each.finding.check} {each.finding.object}: {each.finding.detail}"
            yield f"- {escape(what)} (until {each.until}: {escape(each.reason)})\n"
        yield "\n"
