import re
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pgassay.model.assertion import Assertion
from pgassay.model.events.suite import RunFinished, SuiteEvent
from pgassay.model.place import Place
from pgassay.model.suite import FileResult, Outcome, Problem, Trouble
from pgassay.report.choice import load_format
from pgassay.report.job_summary import job_summary
from pgassay.report.markdown import escape
from pgassay.report.record import RunRecord
from pgassay.report.reporter import ReportOptions
from pgassay.report.workflow import SUMMARY_LIMIT
from sample_runs import events, result, run_of

Events = tuple[SuiteEvent, ...]
Report = Callable[..., str]

COMMAND = re.compile(r"^::(error|warning) ([^:]*)::(.*)$")


def annotations(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Read workflow commands as the runner does."""

    def read(line: str) -> tuple[str, dict[str, str], str]:
        match = COMMAND.match(line)
        assert match, line
        pairs = (pair.partition("=") for pair in match[2].split(","))
        properties = {name: unescaped(value) for name, _, value in pairs}
        return match[1], properties, unescaped(match[3])

    return [read(line) for line in text.splitlines()]


def unescaped(text: str) -> str:
    for code, character in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(code, character)
    return text


def test_a_failure_points_at_its_line(busy_run: Events, report: Report) -> None:
    found = annotations(report("github", busy_run))
    assert (
        "error",
        {"file": "sql/tests/history.inc", "line": "7", "title": "stage history is complete"},
        "Results differ beginning at row 3:\nhave: NULL\nwant: (negotiation)",
    ) in found


def test_what_died_comes_before_what_failed(busy_run: Events, report: Report) -> None:
    titles = [properties["title"] for _, properties, _ in annotations(report("github", busy_run))]
    assert titles[:3] == [
        "sql/tests/security/policies.sql: bad plan",
        "sql/tests/performance/plans.sql: died",
        "sql/tests/integration/import_of_a_million_contacts_from_the_old_system.sql: timed out",
    ]


def test_no_more_are_given_than_are_shown_and_every_file_gets_its_turn(report: Report) -> None:
    results = [result(f"{name}.sql", Outcome.FAILED, failed=50) for name in "abc"]
    found = annotations(report("github", events(run_of(results), *results)))
    assert [properties["file"][0] for _, properties, _ in found] == list("abcabcabca")


def test_an_early_end_is_the_first_thing_said(report: Report) -> None:
    only = result("a.sql")
    *begin, end = events(run_of([only]), only)
    assert isinstance(end, RunFinished)
    found = annotations(report("github", [*begin, replace(end, bail_out="no disk")]))
    assert found[0][2].startswith("Bailed out: no disk.")


@given(st.text(), st.text(), st.text())
def test_no_text_becomes_a_command_of_its_own(path: str, description: str, message: str) -> None:
    test = Assertion(
        position=1,
        number=1,
        ok=False,
        description=description,
        diagnostics=(message,),
        place=Place(path=path, line=3),
    )
    problem = Problem(trouble=Trouble.DIED, message=message)
    failed: FileResult = replace(result("a.sql", Outcome.FAILED), assertions=(test,), problems=(problem,))
    out = StringIO()
    reporter = load_format("github").open_reporter(out, options=ReportOptions())
    for event in events(run_of([failed]), failed):
        reporter.see(event)
    reporter.close()
    assert len(annotations(out.getvalue())) == 2


def test_a_command_is_escaped_as_the_runner_wants_it(report: Report) -> None:
    test = Assertion(
        position=1,
        number=1,
        ok=False,
        description="a, b: 5%",
        diagnostics=("# 100%, or: 0%", "# more"),
        place=Place(path="c:d,e.sql", line=3),
    )
    failed: FileResult = replace(result("a.sql", Outcome.FAILED), assertions=(test,))
    assert report("github", events(run_of([failed]), failed)) == (
        "::error file=c%3Ad%2Ce.sql,line=3,title=a%2C b%3A 5%25::100%25, or: 0%25%0Amore\n"
    )


def test_what_others_wrote_counts_for_the_limit(green_run: Events, report: Report, tmp_path: Path) -> None:
    path = tmp_path / "summary.md"
    path.write_text("x" * (SUMMARY_LIMIT - 20))
    report("github", green_run, options=ReportOptions(job_summary=path))
    assert path.stat().st_size == SUMMARY_LIMIT - 20


def test_the_summary_is_appended(green_run: Events, report: Report, tmp_path: Path) -> None:
    path = tmp_path / "summary.md"
    path.write_text("# Before\n")
    report("github", green_run, options=ReportOptions(job_summary=path))
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# Before\n## Pass: 4 tests in 2 files, 3.2 s\n")


def test_the_summary_stays_within_its_limit(report: Report, tmp_path: Path) -> None:
    path = tmp_path / "summary.md"
    path.write_text("x" * 1000)
    long = [replace(each, description="é" * 400) for each in result("a.sql", failed=400).assertions]
    results = [replace(result(f"{n}.sql", Outcome.FAILED), assertions=tuple(long)) for n in range(12)]
    report("github", events(run_of(results), *results), options=ReportOptions(job_summary=path))
    size = path.stat().st_size
    assert SUMMARY_LIMIT // 2 < size <= SUMMARY_LIMIT
    assert path.read_text(encoding="utf-8").endswith("_The rest is left out: GitHub takes no more._\n")


@pytest.mark.parametrize("limit", [-5, 0, 10, 60, 200, 100_000])
def test_any_limit_is_kept(limit: int) -> None:
    text = job_summary(RunRecord(results=(result("a.sql", Outcome.FAILED, failed=3),)), limit=limit)
    assert len(text.encode()) <= max(limit, 0)


def test_markdown_and_html_lose_their_meaning() -> None:
    assert escape("<b>*x*</b> [a](b) | `c`") == (r"\<b\>\*x\*\</b\> \[a\]\(b\) \| \`c\`")


def test_fences_are_longer_than_what_they_hold() -> None:
    test = Assertion(position=1, number=1, ok=False, description="````\n# Boo")
    record = RunRecord(results=(replace(result("a.sql", Outcome.FAILED), assertions=(test,)),))
    text = job_summary(record, limit=10_000)
    assert "\n`````text\nnot ok 1 - ````\\n# Boo\n`````\n" in text
