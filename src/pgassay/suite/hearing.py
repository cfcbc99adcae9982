"""Hears what a file puts out, line by line, and in the end gives its result.

Here the verdict on a file is formed: the TAP as Perl's harness reads it, plus what ended the script,
plus what pg_prove would pass in silence.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from pgassay.model.assertion import Assertion
from pgassay.model.events.suite import AssertionFinished
from pgassay.model.execution import Engine
from pgassay.model.place import Place
from pgassay.model.suite import FileResult, Outcome, Problem, TestFile, Trouble
from pgassay.model.usage import NOT_MEASURED, Usage
from pgassay.parse.tap.document import TapDocument
from pgassay.parse.tap.reader import TapReader
from pgassay.suite.output import Broke, Printed, Said, ScriptOutput, Suspected

_TEST_LINES = re.compile(r"^(?:not )?ok\b", re.MULTILINE)
_PLAN = re.compile(r"\bplan", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """Who ran a file, when, and for the how-manieth time."""

    file: TestFile
    started_at: datetime
    worker: int = 0
    number: int = 1
    strict: bool = False


class Hearing:
    """Listens to one attempt at one file. ``usage`` is what its session spent, as far as it is known."""

    def __init__(self, attempt: Attempt) -> None:
        self.engine = Engine.NATIVE
        self.usage: Usage = NOT_MEASURED
        self._attempt = attempt
        self._tap = TapReader()
        self._partial = ""
        self._lines: list[str] = []
        self._notices: list[str] = []
        self._problems: list[Problem] = []
        self._warnings: list[Problem] = []
        self._queries: int | None = None
        self._slow: int | None = None

    def hear(self, output: ScriptOutput) -> Iterator[AssertionFinished]:
        """Take what came out next; give the assertions that begin in it."""
        match output:
            case Printed():
                yield from self._read(output)
            case Said():
                self._notices.extend(output.text.splitlines())
            case Broke():
                self._problems.append(output.problem)
            case Suspected():
                self._warnings.append(output.problem)

    def charge(self, problem: Problem) -> None:
        """Hold something against the file that its output does not show."""
        self._problems.append(problem)

    def count(self, queries: int, *, slow: int) -> None:
        """Take note of how many statements were sent."""
        self._queries, self._slow = queries, slow

    def result(self, *, elapsed_s: float) -> FileResult:
        """Close the stream and give the verdict."""
        if self._partial:
            self._feed(self._partial, None, None)
        document = self._tap.close()
        if document.skip_all and not document.tests_run:  # leaving is what such a file should do
            self._warnings = [each for each in self._warnings if each.trouble is not Trouble.QUIT_EARLY]
        self._warnings.extend(_traps(document))
        if self._attempt.strict:
            self._problems.extend(self._warnings)
            self._warnings = []
        problems = (*self._problems, *_charges(document, died=bool(self._problems)))
        return FileResult(
            file=self._attempt.file,
            outcome=_outcome(document, problems),
            started_at=self._attempt.started_at,
            elapsed_s=elapsed_s,
            worker=self._attempt.worker,
            attempt=self._attempt.number,
            engine=self.engine,
            planned=document.planned,
            skip_reason=document.skip_reason,
            assertions=document.assertions,
            problems=problems,
            warnings=tuple(self._warnings),
            notices=tuple(self._notices),
            output=tuple(self._lines),
            queries=self._queries,
            slow_queries=self._slow,
            usage=self.usage,
        )

    @property
    def bail_out(self) -> str | None:
        """The reason of a ``Bail out!`` line, if there was one."""
        return self._tap.bail_out

    def _read(self, printed: Printed) -> Iterator[AssertionFinished]:
        text = self._partial + printed.text
        *lines, self._partial = text.split("\n")
        elapsed_ms = printed.elapsed_ms
        if len(lines) > 1 and elapsed_ms is not None:
            elapsed_ms /= max(1, len(_TEST_LINES.findall(text)))
        for line in lines:
            assertion = self._feed(line, printed.place, elapsed_ms)
            if assertion is not None:
                yield AssertionFinished(path=self._attempt.file.path, assertion=assertion)

    def _feed(self, line: str, place: Place | None, elapsed_ms: float | None) -> Assertion | None:
        self._lines.append(line)
        return self._tap.feed(line, place=place, elapsed_ms=elapsed_ms)


def _charges(document: TapDocument, *, died: bool) -> Iterator[Problem]:
    """What the TAP itself says against the file."""
    failed = document.failed
    if failed:
        many = f"{len(failed)} of {document.tests_run} tests failed"
        yield Problem(trouble=Trouble.FAILED_TESTS, message=many, place=failed[0].place)
    if document.bail_out is not None:
        reason = f": {document.bail_out}" if document.bail_out else ""
        yield Problem(trouble=Trouble.BAILED_OUT, message=f"Bail out!{reason}")
    if document.planned is None and not document.tests_run:
        if not died:
            yield Problem(trouble=Trouble.NOT_TAP, message="The file printed no plan and no test.")
        return
    for sentence in document.parse_errors:
        trouble = Trouble.BAD_PLAN if _PLAN.search(sentence) else Trouble.TAP_ERROR
        yield Problem(trouble=trouble, message=sentence)


def _traps(document: TapDocument) -> Iterator[Problem]:
    """What Perl's harness passes in silence."""
    for each in document.claimed_todo:
        message = f"test {each.position} failed, but counts as TODO because of its own description"
        yield Problem(trouble=Trouble.HIDDEN_TODO, message=message, place=each.place)


def _outcome(document: TapDocument, problems: tuple[Problem, ...]) -> Outcome:
    if any(problem.trouble is Trouble.TIMED_OUT for problem in problems):
        return Outcome.TIMED_OUT
    if problems or not document.good:
        return Outcome.FAILED
    return Outcome.SKIPPED if document.skip_all and not document.tests_run else Outcome.PASSED


def never_started(file: TestFile, reason: Problem, *, at: datetime) -> FileResult:
    """Give the result of a file that was chosen and not run."""
    return FileResult(file=file, outcome=Outcome.NOT_RUN, started_at=at, elapsed_s=0.0, problems=(reason,))


def cut_off(result: FileResult) -> FileResult:
    """Give the result of a file that we stopped ourselves in its middle."""
    reason = Problem(trouble=Trouble.DIED, message="Stopped before its end.")
    return replace(result, outcome=Outcome.NOT_RUN, problems=(reason,))
