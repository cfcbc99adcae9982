import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
import xmlschema
from hypothesis import HealthCheck, given, settings

from pgassay.model.events.suite import FileFinished, SuiteEvent
from pgassay.model.place import Place
from pgassay.model.suite import FileResult, Outcome, Problem, Trouble
from pgassay.report.choice import load_format
from pgassay.report.reporter import ReportOptions
from sample_runs import arbitrary_runs, events, result, run_of

SCHEMA = xmlschema.XMLSchema(Path(__file__).parents[2] / "cases" / "junit" / "junit.xsd")

Events = tuple[SuiteEvent, ...]
Report = Callable[..., str]


def test_the_document_keeps_the_common_schema(busy_run: Events, report: Report) -> None:
    SCHEMA.validate(report("junit", busy_run))


def test_the_schema_refuses_what_it_should() -> None:
    with pytest.raises(xmlschema.XMLSchemaValidationError):
        SCHEMA.validate('<testsuites tests="1"><testsuite tests="1"/></testsuites>')


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(arbitrary_runs())
def test_any_run_gives_a_document_that_keeps_the_schema(told: list[SuiteEvent]) -> None:
    out = StringIO()
    reporter = load_format("junit").open_reporter(out, options=ReportOptions())
    for event in told:
        reporter.see(event)
    reporter.close()
    SCHEMA.validate(out.getvalue())


def test_counts_agree_with_the_cases(busy_run: Events, report: Report) -> None:
    root = ET.fromstring(report("junit", busy_run))
    for suite in root:
        assert int(suite.get("tests", "")) == len(suite.findall("testcase"))
        for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.get(attribute, "")) == len(suite.findall(f"testcase/{tag}"))
    for attribute in ("tests", "failures", "errors", "skipped"):
        assert int(root.get(attribute, "")) == sum(int(suite.get(attribute, "")) for suite in root)
    assert (root.get("failures"), root.get("errors"), root.get("skipped")) == ("5", "4", "3")


def test_a_suite_is_named_by_the_path_as_given(busy_run: Events, report: Report) -> None:
    root = ET.fromstring(report("junit", busy_run))
    paths = [event.result.file.path for event in busy_run if isinstance(event, FileFinished)]
    assert [suite.get("name") for suite in root] == paths


def test_every_red_file_has_a_red_case_and_no_other(busy_run: Events, report: Report) -> None:
    root = ET.fromstring(report("junit", busy_run))
    finished = [event.result for event in busy_run if isinstance(event, FileFinished)]
    for suite, each in zip(root, finished, strict=True):
        assert bool(suite.findall("testcase/failure") + suite.findall("testcase/error")) == each.red


def test_what_xml_cannot_say_is_spelled_out(report: Report) -> None:
    dirty = replace(result("a.sql", passed=1), output=("ok 1 \x00\x1b[1m\ufffe \ud800",), notices=("\x07",))
    text = report("junit", events(run_of([dirty]), dirty))
    suite = ET.fromstring(text)[0]
    assert suite.findtext("system-out") == "ok 1 \\x00\\x1b[1m \\ud800"
    assert suite.findtext("system-err") == "\\x07"


@pytest.mark.parametrize(
    ("path", "classname"),
    [
        ("sql/tests/unit/a.sql", "sql.tests.unit.a"),
        ("/srv/tests/a.pg", "srv.tests.a"),
        ("../a.b.sql", "a.b"),
        ("plain", "plain"),
    ],
)
def test_class_names(path: str, classname: str, report: Report) -> None:
    only = result(path, passed=1)
    case = ET.fromstring(report("junit", events(run_of([only]), only))).find(".//testcase")
    assert case is not None
    assert case.get("classname") == classname


def test_two_tests_of_one_name_stay_two(report: Report) -> None:
    tests = tuple(replace(each, description="same") for each in result("a.sql", passed=2).assertions)
    twice = replace(result("a.sql"), assertions=tests)
    cases = ET.fromstring(report("junit", events(run_of([twice]), twice))).findall(".//testcase")
    assert [case.get("name") for case in cases] == ["same", "same (2)"]


def test_what_no_test_accounts_for_was_spent_in_the_error(report: Report) -> None:
    problems = tuple(Problem(trouble=each, message="x") for each in (Trouble.TIMED_OUT, Trouble.BAD_PLAN))
    stopped: FileResult = replace(
        result("a.sql", Outcome.TIMED_OUT, passed=2), elapsed_s=9.0, problems=problems
    )
    cases = ET.fromstring(report("junit", events(run_of([stopped]), stopped))).findall(".//testcase")
    assert [case.get("time") for case in cases] == ["0.000", "0.000", "9.000", "0.000"]


def test_a_run_whose_end_nobody_saw_is_red(green_run: Events, report: Report) -> None:
    text = report("junit", green_run[:-1])
    SCHEMA.validate(text)
    root = ET.fromstring(text)
    assert [suite.get("errors") for suite in root] == ["0", "0", "1"]
    assert root.get("errors") == "1"


@pytest.mark.parametrize(("line", "written"), [(7, "7"), (0, None)])
def test_only_a_line_that_can_be_is_given(line: int, written: str | None, report: Report) -> None:
    place = Place(path="b.inc", line=line)
    (test,) = result("a.sql", passed=0, failed=1).assertions
    only = replace(result("a.sql", Outcome.FAILED), assertions=(replace(test, place=place),))
    case = ET.fromstring(report("junit", events(run_of([only]), only))).find(".//testcase")
    assert case is not None
    assert (case.get("file"), case.get("line")) == ("b.inc", written)
