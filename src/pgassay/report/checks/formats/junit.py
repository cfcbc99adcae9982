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
from pgassay.report.reporter import ReportOptions, Shape
from pgassay.report.xmltext import legal, seconds, timestamp

SUMMARY = "for CI servers: JUnit XML, one testsuite per area"
SHAPE = Shape.DOCUMENT

_COUNTED = ("tests", "failures", "errors", "skipped")


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
        root = _document(self._collector.record())
        ET.indent(root)
        self._out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        self._out.write(ET.tostring(root, encoding="unicode") + "\n")


def _document(record: CheckRecord) -> ET.Element:
    root = ET.Element("testsuites", name="pgassay checks")
    by_area: dict[Area, list[CheckResult]] = {}
    for result in record.results:
        by_area.setdefault(result.check.areas[0], []).append(result)
    suites = [
        _suite(area, results, number, record.started)
        for number, (area, results) in enumerate(by_area.items())
    ]
    if record.finished is None or record.finished.interrupted:
        suites.append(_broken_off(len(suites)))
    for name in _COUNTED:
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in suites)))
    root.set("time", seconds(record.finished.elapsed_s if record.finished else 0.0))
    if record.started:
        root.set("timestamp", timestamp(record.started.at))
    root.extend(suites)
    return root


def _suite(area: Area, results: list[CheckResult], number: int, started: ChecksStarted | None) -> ET.Element:
    cases = [_case(each, started) for each in results]
    suite = ET.Element("testsuite", name=f"pgassay {area}", id=str(number), tests=str(len(cases)))
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(name, str(sum(case.find(tag) is not None for case in cases)))
    suite.set("time", seconds(sum(each.elapsed_ms for each in results) / 1000))
    if started:
        suite.set("timestamp", timestamp(started.at))
    suite.extend(cases)
    return suite


def _broken_off(number: int) -> ET.Element:
    suite = ET.Element("testsuite", name="pgassay", id=str(number), tests="1", failures="0", errors="1")
    suite.set("skipped", "0")
    case = ET.SubElement(suite, "testcase", classname="pgassay", name="(run)", time="0.000")
    ET.SubElement(case, "error", message="The run was interrupted.", type="interrupted")
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
