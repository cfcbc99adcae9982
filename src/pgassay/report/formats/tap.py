"""The whole run as one TAP stream, for the many programs that read TAP.

The stream is flat, version 13: a test line for each assertion, numbered through the run and named
``path - description``. Readers that know nothing of subtests (prove, tap-junit, the TAP plug-ins of CI
servers) then see every test. A file's lines come together when it is finished. What makes a file red
beyond its failed tests (it died, its plan was wrong, …) is a failed test of its own, so a reader's verdict
is that of the run. Diagnostics follow as comments, never as YAML blocks.
"""

from typing import TextIO

from pgassay.model.assertion import Assertion, Directive
from pgassay.model.events.suite import FileFinished, FileRetried, RunFinished, SuiteEvent, Warned
from pgassay.model.suite import FileResult, Outcome, Problem
from pgassay.report.reporter import ReportOptions, Shape
from pgassay.report.sentences import outcome_words, own_problems, title_of
from pgassay.report.words import visible, visible_lines

SUMMARY = "for readers of TAP: the whole run as one flat TAP 13 stream"
SHAPE = Shape.STREAM


def open_reporter(out: TextIO, *, options: ReportOptions) -> "TapReporter":
    """Report in TAP; no option changes it."""
    return TapReporter(out)


class TapReporter:
    """Numbers the tests of a run through."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._tests = 0
        self._begun = False
        self._ended = False

    def see(self, event: SuiteEvent) -> None:
        """Write what a finished file said."""
        if not self._begun:
            self._write("TAP version 13")
            self._begun = True
        match event:
            case FileFinished(result=result):
                self._file(result)
            case FileRetried(result=result):
                self._comment(f"{result.file.path}: {outcome_words(result)}, trying again")
            case Warned(sentence=sentence, remedy=remedy):
                self._comment(f"warning: {sentence} {remedy}".rstrip())
            case RunFinished():
                self._end(event)
            case _:  # tests are told with their file, diagnostics and all
                pass
        self._out.flush()

    def close(self) -> None:
        """Give the plan, last, because only now is the number known."""
        if not self._ended:
            self._write("Bail out!  the end of this run was never recorded")
        self._write(f"1..{self._tests}")
        self._out.flush()

    def _file(self, result: FileResult) -> None:
        name = result.file.path
        if result.outcome in (Outcome.SKIPPED, Outcome.NEEDS_ROLLBACK):
            self._test(True, name, directive=f" # SKIP {visible(result.skip_reason)}".rstrip())
        for assertion in result.assertions:
            self._assertion(name, assertion)
        for problem in own_problems(result):
            self._test(False, f"{name} - {title_of(problem, result)}")
            self._problem(problem)
        for warning in result.warnings:
            self._comment(f"{name}: warning: {warning.trouble}")
            self._problem(warning)
        for notice in result.notices:
            self._comment(f"{name}: {notice}")

    def _assertion(self, name: str, assertion: Assertion) -> None:
        directive = ""
        if assertion.directive is not Directive.NONE:
            directive = f" # {assertion.directive} {visible(assertion.reason)}".rstrip()
        # A test beyond its plan fails whatever it says itself.
        ok = assertion.ok and not assertion.unplanned
        self._test(
            ok, f"{name} - {assertion.description}", directive="" if assertion.unplanned else directive
        )
        for text in (*assertion.nested, *assertion.diagnostics):
            self._comment(text)

    def _problem(self, problem: Problem) -> None:
        self._comment(f"{problem.message} {problem.place or ''}".rstrip())
        for detail in problem.detail:
            self._comment(detail)

    def _test(self, ok: bool, description: str, *, directive: str = "") -> None:
        self._tests += 1
        # An unescaped "#" in a description would begin a directive.
        safe = visible(description).replace("\\", "\\\\").replace("#", "\\#")
        self._write(f"{'ok' if ok else 'not ok'} {self._tests} - {safe}{directive}")

    def _end(self, finished: RunFinished) -> None:
        self._ended = True
        if finished.bail_out is not None:
            self._write(f"Bail out!  {visible(finished.bail_out)}".rstrip())
        elif finished.interrupted:
            self._write("Bail out!  interrupted")

    def _comment(self, text: str) -> None:
        for line in visible_lines(text):
            self._write(line if line.startswith("#") else f"# {line}")

    def _write(self, line: str) -> None:
        self._out.write(line + "\n")
