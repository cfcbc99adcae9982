"""GitHub Actions: annotations at the lines that failed, and a summary of the job in Markdown.

GitHub shows ten annotations of a kind for a step and drops the rest in silence, so the ten that matter
most are given: files that died before tests that failed, spread over the files. The summary is appended
to the file that ``GITHUB_STEP_SUMMARY`` names, within GitHub's limit of 1 MiB.
"""

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import TextIO

from pgassay.model.assertion import Assertion
from pgassay.model.events.suite import SuiteEvent
from pgassay.model.suite import FileResult, Outcome, Problem
from pgassay.report.diagnosis import diagnose
from pgassay.report.job_summary import job_summary
from pgassay.report.record import Collector, RunRecord
from pgassay.report.reporter import ReportOptions, Shape
from pgassay.report.sentences import ending, own_problems, title_of, verdict_sentence
from pgassay.report.summary import summarise
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
        self._collector = Collector()

    def see(self, event: SuiteEvent) -> None:
        """Take note."""
        self._collector.see(event)

    def close(self) -> None:
        """Write the annotations, then append the summary."""
        record = self._collector.record()
        annotate(self._out, _errors(record), _warnings(record))
        if self._job_summary:
            append_summary(self._job_summary, lambda limit: job_summary(record, limit=limit))


def _errors(record: RunRecord) -> list[Annotation]:
    red = [result for result in record.results if result.red and result.outcome is not Outcome.NOT_RUN]
    annotations = [_problem("error", result, problem) for result in red for problem in own_problems(result)]
    # The first failure of each file comes before the second of any.
    rounds = zip_longest(*([_failure(result, each) for each in _failed(result)] for result in red))
    annotations += [annotation for each in rounds for annotation in each if annotation]
    summary = summarise(record)
    if ending(record):
        message = f"{ending(record)} {verdict_sentence(summary)}"
        annotations.insert(0, Annotation(level="error", title="pgassay", message=message))
    return annotations


def _warnings(record: RunRecord) -> list[Annotation]:
    annotations = [_flaky(result) for result in record.results if result.outcome is Outcome.FLAKY]
    for result in record.results:
        annotations += [_problem("warning", result, problem) for problem in result.warnings]
    for each in record.warnings:
        message = f"{each.sentence} {each.remedy}".rstrip()
        annotations.append(Annotation(level="warning", title="pgassay", message=message))
    return annotations


def _failed(result: FileResult) -> Iterator[Assertion]:
    return (assertion for assertion in result.assertions if not assertion.passed)


def _failure(result: FileResult, assertion: Assertion) -> Annotation:
    diagnosis = diagnose(assertion)
    lines = list(diagnosis.before)
    lines += [f"have: {text}" for text in diagnosis.have] + [f"want: {text}" for text in diagnosis.want]
    title = assertion.description or f"test {assertion.position}"
    return Annotation(
        level="error",
        title=title,
        message="\n".join([*lines, *diagnosis.after]) or f"Test {assertion.position} failed.",
        place=assertion.place,
        path=result.file.path,
    )


def _problem(level: str, result: FileResult, problem: Problem) -> Annotation:
    return Annotation(
        level=level,
        title=f"{result.file.path}: {title_of(problem, result)}",
        message="\n".join((problem.message, *problem.detail)),
        place=problem.place,
        path=result.file.path,
    )


def _flaky(result: FileResult) -> Annotation:
    message = f"This file failed and passed on attempt {result.attempt}."
    return Annotation(level="warning", title="flaky", message=message, path=result.file.path)
