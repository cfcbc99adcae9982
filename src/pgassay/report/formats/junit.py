"""JUnit XML, as CI servers read it: a ``testsuite`` per file, named by its path as given.

A failed test is a ``failure``. What else makes a file red (it died, timed out, broke its plan, never ran)
is an ``error`` in a test case of its own. A failing TODO is ``skipped`` with its reason, and so is a whole
file that said that it does not apply. ``tests`` counts the test cases of a suite, so those extra ones too.
"""

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable
from typing import TextIO

from pgassay.model.assertion import Assertion
from pgassay.model.events.suite import SuiteEvent
from pgassay.model.evidence import FileEvidence, standing_of
from pgassay.model.suite import FileResult, Outcome, Problem, Run
from pgassay.report.diagnosis import diagnose
from pgassay.report.junit import broken_off, date, root_of, suite_of, write
from pgassay.report.record import Collector, RunRecord
from pgassay.report.reporter import ReportOptions, Shape
from pgassay.report.sentences import ending, own_problems, title_of
from pgassay.report.summary import summarise
from pgassay.report.words import visible
from pgassay.report.xmltext import legal, seconds

SUMMARY = "for CI servers: JUnit XML, one testsuite per file"
SHAPE = Shape.DOCUMENT


def open_reporter(out: TextIO, *, options: ReportOptions) -> "JUnitReporter":
    """Report in JUnit XML; no option changes it."""
    return JUnitReporter(out)


class JUnitReporter:
    """Collects a run and writes it when it is over."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._collector = Collector()

    def see(self, event: SuiteEvent) -> None:
        """Take note."""
        self._collector.see(event)

    def close(self) -> None:
        """Write the document."""
        write(self._out, _document(self._collector.record()))


def _document(record: RunRecord) -> ET.Element:
    suites = [_suite(result, number, record.run) for number, result in enumerate(record.results)]
    if record.finished is None:
        suites.append(broken_off(len(suites), ending(record)))
    name, began = (record.run.name, record.run.started_at) if record.run else ("pgassay", None)
    return root_of(name, suites, summarise(record).elapsed_s, began)


def _suite(result: FileResult, number: int, run: Run | None) -> ET.Element:
    cases = list(_cases(result))
    suite = suite_of(result.file.path, number, cases)
    date(suite, result.elapsed_s, result.started_at)
    suite.set("hostname", legal(run.environment.host) if run and run.environment.host else "localhost")
    _add_properties(suite, result)
    suite.extend(cases)
    _add_text(suite, "system-out", result.output)
    warnings = [
        f"warning: {each.message}" + (f" at {each.place}" if each.place else "") for each in result.warnings
    ]
    _add_text(suite, "system-err", (*result.notices, *warnings))
    return suite


def _add_properties(suite: ET.Element, result: FileResult) -> None:
    shown: dict[str, str | int] = {
        "category": result.file.category,
        "outcome": result.outcome,
        "engine": result.engine,
        "worker": result.worker,
        "attempt": result.attempt,
    }
    if result.evidence is not None:
        shown |= _evidence(result.evidence)
    properties = ET.SubElement(suite, "properties")
    for name, value in shown.items():
        ET.SubElement(properties, "property", name=name, value=legal(str(value)))


def _evidence(evidence: FileEvidence) -> dict[str, str | int]:
    return {
        "evidence": standing_of(evidence),
        "evidence.transaction": f"{evidence.transaction} {evidence.status}".strip(),
        "evidence.longest_wait_ms": evidence.longest_wait_ms,
        "evidence.sha256": evidence.sha256,
    }


def _cases(result: FileResult) -> Iterable[ET.Element]:
    seen: Counter[str] = Counter()
    if result.outcome in (Outcome.SKIPPED, Outcome.NEEDS_ROLLBACK):
        case = _case(result, "(whole file)")
        ET.SubElement(case, "skipped", message=legal(result.skip_reason))
        yield case
    for assertion in result.assertions:
        name = visible(assertion.description) or f"test {assertion.position}"
        seen[name] += 1
        # CI servers tell the tests of a suite apart by their names.
        yield _assertion_case(result, assertion, name=name if seen[name] == 1 else f"{name} ({seen[name]})")
    # What the tests do not account for was spent in what went wrong first.
    left = result.elapsed_s - sum(assertion.elapsed_ms or 0.0 for assertion in result.assertions) / 1000
    for problem in own_problems(result):
        yield _problem_case(result, problem, elapsed_s=left)
        left = 0.0


def _case(result: FileResult, name: str, *, line: int | None = None, path: str = "") -> ET.Element:
    case = ET.Element(
        "testcase", classname=legal(_classname(result.file.path)), name=legal(name), time="0.000"
    )
    case.set("file", legal(path or result.file.path))
    if line:
        case.set("line", str(line))
    return case


def _classname(path: str) -> str:
    """Spell a path as CI servers fold their trees: by dots, without the extension."""
    folder, slash, name = path.rpartition("/")
    stem = name.rpartition(".")[0] or name
    return f"{folder}{slash}{stem}".lstrip("./").replace("/", ".")


def _assertion_case(result: FileResult, assertion: Assertion, *, name: str) -> ET.Element:
    place = assertion.place
    case = _case(result, name, line=place.line if place else None, path=place.path if place else "")
    case.set("time", seconds((assertion.elapsed_ms or 0.0) / 1000))
    if not assertion.passed:
        failure = ET.SubElement(case, "failure", message=_failure_message(assertion), type="failed test")
        failure.text = legal("\n".join((*assertion.nested, *assertion.diagnostics)))
    elif assertion.skipped or (assertion.todo and not assertion.ok):
        reason = f"TODO {assertion.reason}".rstrip() if assertion.todo else assertion.reason
        ET.SubElement(case, "skipped", message=legal(reason))
    return case


def _failure_message(assertion: Assertion) -> str:
    diagnosis = diagnose(assertion)
    if diagnosis.have and diagnosis.want:
        return legal(f"have: {' '.join(diagnosis.have)}, want: {' '.join(diagnosis.want)}")
    return legal(" ".join(diagnosis.before[:1]) or "not ok")


def _problem_case(result: FileResult, problem: Problem, *, elapsed_s: float) -> ET.Element:
    place = problem.place
    path = place.path if place else ""
    case = _case(result, f"({title_of(problem, result)})", line=place.line if place else None, path=path)
    case.set("time", seconds(elapsed_s))
    error = ET.SubElement(case, "error", message=legal(problem.message), type=title_of(problem, result))
    code = (f"SQLSTATE {problem.sqlstate}",) if problem.sqlstate else ()
    where = (f"at {place}",) if place else ()
    error.text = legal("\n".join((problem.message, *code, *where, *problem.detail)))
    return case


def _add_text(suite: ET.Element, tag: str, lines: Iterable[str]) -> None:
    text = "\n".join(lines)
    if text:
        ET.SubElement(suite, tag).text = legal(text)
