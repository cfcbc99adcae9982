"""JUnit XML, as CI servers read it: a ``testsuite`` per area, a ``testcase`` per check.

A failed check is a ``failure`` with every finding in its text. One that is not verified is ``skipped`` with
the reason; where the run is strict, or the check itself is at fault, it is an ``error``. Warnings go to
``system-out``, and are a ``failure`` where the run is strict.
"""

import xml.etree.ElementTree as ET
from collections.abc import Iterable
from typing import TextIO

from pgassay.model.check import Area, CheckResult, Finding, Level
from pgassay.model.events.check import CheckEvent, ChecksStarted
from pgassay.report.checks.record import CheckCollector, CheckRecord
from pgassay.report.checks.verdict import is_red
from pgassay.report.junit import broken_off, date, root_of, suite_of, write
from pgassay.report.reporter import ReportOptions, Shape
from pgassay.report.xmltext import legal, seconds

SUMMARY = "for CI servers: JUnit XML, one testsuite per area"
SHAPE = Shape.DOCUMENT


def open_reporter(out: TextIO, *, options: ReportOptions) -> "JUnitReporter":
    """Report in JUnit XML; no option changes it."""
    return JUnitReporter(out)


class JUnitReporter:
    """Collects a run and writes it when it is over."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._collector = CheckCollector()

    def see(self, event: CheckEvent) -> None:
        """Take note."""
        self._collector.see(event)

    def close(self) -> None:
        """Write the document."""
        write(self._out, _document(self._collector.record()))


def _document(record: CheckRecord) -> ET.Element:
    by_area: dict[Area, list[CheckResult]] = {}
    for result in record.results:
        by_area.setdefault(result.check.areas[0], []).append(result)
    suites = [
        _suite(area, results, number, record.started)
        for number, (area, results) in enumerate(by_area.items())
    ]
    if record.finished is None or record.finished.interrupted:
        suites.append(broken_off(len(suites), "The run was interrupted."))
    elapsed_s = record.finished.elapsed_s if record.finished else 0.0
    return root_of("pgassay checks", suites, elapsed_s, record.started.at if record.started else None)


def _suite(area: Area, results: list[CheckResult], number: int, started: ChecksStarted | None) -> ET.Element:
    cases = [_case(each, started) for each in results]
    suite = suite_of(f"pgassay {area}", number, cases)
    date(suite, sum(each.elapsed_ms for each in results) / 1000, started.at if started else None)
    suite.extend(cases)
    return suite


def _case(result: CheckResult, started: ChecksStarted | None) -> ET.Element:
    case = ET.Element("testcase", classname=f"checks.{result.check.areas[0]}", name=result.check.name)
    case.set("time", seconds(result.elapsed_ms / 1000))
    bad = [each for each in result.findings if each.level is result.level]
    message = legal(f"{result.check.title}: {_said(bad[0]) if bad else ''}")
    red = is_red(result, started)
    if result.level is Level.NOT_VERIFIED and not red:
        ET.SubElement(case, "skipped", message=message)
    elif red:
        tag = "error" if result.broken or result.level is Level.NOT_VERIFIED else "failure"
        told = ET.SubElement(case, tag, message=message, type=result.level)
        told.text = legal(_lines(result.findings))
    if result.findings and not red:
        ET.SubElement(case, "system-out").text = legal(_lines(result.findings))
    return case


def _lines(findings: Iterable[Finding]) -> str:
    lines = []
    for each in findings:
        lines.append(f"{each.level}: {_said(each)}")
        if each.remediation:
            lines.append(f"    {each.remediation}")
    return "\n".join(lines)


def _said(finding: Finding) -> str:
    return f"{finding.object}: {finding.detail}" if finding.detail else finding.object
