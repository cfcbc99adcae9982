"""What every JUnit XML document of ours is made of: suites whose cases are counted, summed up in the root."""

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import TextIO

from pgassay.report.xmltext import legal, seconds, timestamp

_COUNTED = {"failures": "failure", "errors": "error", "skipped": "skipped"}


def suite_of(name: str, number: int, cases: Sequence[ET.Element]) -> ET.Element:
    """Give a suite that says how many of its cases are what; the cases are for the caller to put in."""
    suite = ET.Element("testsuite", name=legal(name), id=str(number), tests=str(len(cases)))
    found = Counter(child.tag for case in cases for child in case)
    for plural, tag in _COUNTED.items():
        suite.set(plural, str(found[tag]))
    return suite


def broken_off(number: int, reason: str) -> ET.Element:
    """Give a suite that is red, for a run whose end nobody saw: what is missing must not look green."""
    case = ET.Element("testcase", classname="pgassay", name="(run)", time="0.000")
    ET.SubElement(case, "error", message=reason, type="interrupted")
    suite = suite_of("pgassay", number, [case])
    suite.append(case)
    return suite


def date(element: ET.Element, elapsed_s: float, began: datetime | None) -> None:
    """Say when something began, if that is known, and how long it took."""
    element.set("time", seconds(elapsed_s))
    if began is not None:
        element.set("timestamp", timestamp(began))


def root_of(name: str, suites: Sequence[ET.Element], elapsed_s: float, began: datetime | None) -> ET.Element:
    """Give the root of a document, with the suites in it."""
    root = ET.Element("testsuites", name=legal(name))
    for each in ("tests", *_COUNTED):
        root.set(each, str(sum(int(suite.get(each, "0")) for suite in suites)))
    date(root, elapsed_s, began)
    root.extend(suites)
    return root


def write(out: TextIO, root: ET.Element) -> None:
    """Write a document."""
    ET.indent(root)
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    out.write(ET.tostring(root, encoding="unicode") + "\n")
