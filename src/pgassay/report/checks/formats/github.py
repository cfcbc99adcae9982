"""GitHub Actions: an annotation for each finding, and a summary of the job in Markdown.

GitHub shows ten annotations of a kind for a step and drops the rest in silence: what failed comes before
what is not verified, and that before warnings. A finding of a project's own check stands at its file. The
summary is appended to the file that ``GITHUB_STEP_SUMMARY`` names, within GitHub's limit of 1 MiB.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from pgassay.model.check import CheckResult, Finding, Level
from pgassay.model.events.check import CheckEvent
from pgassay.report.checks.markdown import checks_markdown
from pgassay.report.checks.record import CheckCollector, CheckRecord
from pgassay.report.checks.sources import is_own_file
from pgassay.report.reporter import ReportOptions, Shape
from pgassay.report.workflow import Annotation, annotate, append_summary

SUMMARY = "for GitHub Actions: annotations and a job summary"
SHAPE = Shape.CONSOLE


def open_reporter(out: TextIO, *, options: ReportOptions) -> "GitHubReporter":
    """Report to a workflow; ``options.job_summary`` is where the summary goes."""
    return GitHubReporter(out, job_summary=options.job_summary)


class GitHubReporter:
    """Collects a run and annotates it when it is over: only then is known what matters most."""

    def __init__(self, out: TextIO, *, job_summary: Path | None) -> None:
        self._out = out
        self._job_summary = job_summary
        self._collector = CheckCollector()

    def see(self, event: CheckEvent) -> None:
        """Take note."""
        self._collector.see(event)

    def close(self) -> None:
        """Write the annotations, then append the summary."""
        record = self._collector.record()
        found = list(_annotations(record))
        errors = [*_unreachable(record), *(each for each in found if each.level == "error")]
        warnings = [each for each in found if each.level == "warning"]
        annotate(self._out, errors, warnings)
        if self._job_summary:
            append_summary(self._job_summary, lambda limit: checks_markdown(record, limit=limit))


def _unreachable(record: CheckRecord) -> Iterator[Annotation]:
    if record.started is not None and record.started.unreachable:
        yield Annotation(level="error", title="pgassay", message=record.started.unreachable)


def _annotations(record: CheckRecord) -> Iterator[Annotation]:
    unreachable = record.started is not None and bool(record.started.unreachable)
    for level in (Level.FAILED, Level.NOT_VERIFIED, Level.WARNING):
        for result in record.results:
            for finding in result.findings:
                if finding.level is level and not (unreachable and level is Level.NOT_VERIFIED):
                    is_error = result.broken or level is Level.FAILED
                    yield _annotation(result, finding, "error" if is_error else "warning")


def _annotation(result: CheckResult, finding: Finding, kind: str) -> Annotation:
    message = "\n".join(part for part in (f"{finding.object}: {finding.detail}", finding.remediation) if part)
    path = result.check.path if is_own_file(result.check) else ""
    return Annotation(level=kind, title=result.check.title, message=message, path=path)
