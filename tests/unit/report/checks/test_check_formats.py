"""What a person or a program reads of checks, whole, compared with what it was.

``PGASSAY_UPDATE_SNAPSHOTS=1 pytest tests/unit/report/checks`` writes the files anew; read the difference
before committing it.
"""

import json
import os
import xml.etree.ElementTree as ET
from io import StringIO
from pathlib import Path

import pytest
import xmlschema

from pgassay.model.check import Level
from pgassay.model.events.check import CheckEvent
from pgassay.report.checks.document import check_document, list_document
from pgassay.report.choice import format_names, load_format
from pgassay.report.reporter import ReportOptions, Verbosity
from sample_checks import colourful, info, result, run_of

FAMILY = "pgassay.report.checks.formats"
SNAPSHOTS = Path(__file__).parent / "snapshots"
UPDATE = bool(os.environ.get("PGASSAY_UPDATE_SNAPSHOTS"))
SHOWN = {
    "terminal.txt": ("terminal", ReportOptions()),
    "terminal-quiet.txt": ("terminal", ReportOptions(verbosity=Verbosity.QUIET)),
    "terminal-verbose.txt": ("terminal", ReportOptions(verbosity=Verbosity.VERBOSE)),
    "terminal-60.txt": ("terminal", ReportOptions(width=60)),
    "run.json": ("json", ReportOptions()),
    "run.xml": ("junit", ReportOptions()),
    "run.md": ("markdown", ReportOptions()),
    "run.sarif": ("sarif", ReportOptions()),
    "github.txt": ("github", ReportOptions()),
}


def report(name: str, events: tuple[CheckEvent, ...], options: ReportOptions | None = None) -> str:
    out = StringIO()
    reporter = load_format(name, FAMILY).open_reporter(out, options=options or ReportOptions())
    for event in events:
        reporter.see(event)
    reporter.close()
    return out.getvalue()


@pytest.mark.parametrize("file", sorted(SHOWN))
def test_what_is_read(file: str) -> None:
    name, options = SHOWN[file]
    text = report(name, colourful(), options)
    if UPDATE:
        (SNAPSHOTS / file).write_text(text, encoding="utf-8")
    assert text == (SNAPSHOTS / file).read_text(encoding="utf-8")


def test_every_format_is_shown_and_no_snapshot_is_left_over() -> None:
    assert {name for name, _ in SHOWN.values()} == set(format_names(FAMILY))
    assert {path.name for path in SNAPSHOTS.iterdir()} == set(SHOWN)


@pytest.mark.parametrize("name", format_names(FAMILY))
def test_every_format_tells_of_an_unreachable_server_and_of_a_run_broken_off(name: str) -> None:
    unasked = result(info("a"), Level.NOT_VERIFIED)

    assert "no route" in report(name, run_of(unasked, unreachable="Cannot connect: no route")) or name in (
        "junit",
        "sarif",
    )
    assert report(name, run_of(unasked, interrupted=True)) or name == "github"
    assert report(name, run_of(unasked)[:1]) or name == "github"


SCHEMA = xmlschema.XMLSchema(Path(__file__).parents[3] / "cases" / "junit" / "junit.xsd")


@pytest.mark.parametrize("strict", [False, True])
def test_junit_keeps_to_its_schema_and_counts_what_it_says(strict: bool) -> None:
    text = report(
        "junit",
        run_of(
            result(info("a"), Level.PASSED),
            result(info("b"), Level.WARNING),
            result(info("c"), Level.NOT_VERIFIED),
            result(info("d"), Level.FAILED),
            result(info("e"), Level.NOT_VERIFIED, broken=True),
            strict=strict,
        ),
    )
    SCHEMA.validate(text)
    root = ET.fromstring(text)

    counts = {name: root.get(name) for name in ("tests", "failures", "errors", "skipped")}
    expected = ("5", "2", "2", "0") if strict else ("5", "1", "1", "1")
    assert tuple(counts.values()) == expected


def test_a_summary_of_a_job_is_cut_where_github_takes_no_more(tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("x" * (1024 * 1024 - 300), encoding="utf-8")

    report("github", colourful(), ReportOptions(job_summary=summary))

    text = summary.read_text(encoding="utf-8")
    assert len(text.encode()) <= 1024 * 1024
    assert text.endswith("there is no room for more._\n")


# SARIF 2.1.0: what its schema requires of the objects that are written (sections 3.13 to 3.58).


def test_sarif_has_what_the_standard_requires() -> None:
    log = json.loads(report("sarif", colourful()))

    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "pgassay"
    ids = [rule["id"] for rule in driver["rules"]]
    assert len(ids) == len(set(ids)) == 7
    for rule in driver["rules"]:
        assert rule["shortDescription"]["text"] and rule["help"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("none", "note", "warning", "error")
    for found in run["results"]:
        assert found["message"]["text"]
        assert found["level"] in ("none", "note", "warning", "error")
        assert ids[found["ruleIndex"]] == found["ruleId"]
        (location,) = found["locations"]
        uri = location["physicalLocation"]["artifactLocation"]["uri"]
        assert uri and not uri.startswith("/") and "\\" not in uri
        assert location["physicalLocation"]["region"]["startLine"] >= 1
    (invocation,) = run["invocations"]
    assert isinstance(invocation["executionSuccessful"], bool)
    assert [each["message"]["text"][:13] for each in invocation["toolExecutionNotifications"]] == [
        "Not verified:",
        "Not verified:",
    ]
    suppressed = [each for each in run["results"] if "suppressions" in each]
    assert [each["suppressions"][0]["kind"] for each in suppressed] == ["external"]
    assert {
        each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in run["results"]
    } == {
        "pgassay.toml",
        "checks/rows.sql",
    }


def test_fingerprints_hold_over_runs_and_tell_findings_apart() -> None:
    def prints(text: str) -> list[str]:
        return [each["partialFingerprints"]["pgassay/v1"] for each in json.loads(text)["runs"][0]["results"]]

    once = prints(report("sarif", colourful()))

    assert once == prints(report("sarif", colourful()))
    assert len(set(once)) == len(once)


def test_documents_of_the_catalogue() -> None:
    listed = json.loads(list_document([info("a")]))
    shown = json.loads(check_document([info("a")], ["select 1"]))

    assert (listed["format"], listed["checks"][0]["name"]) == ("pgassay.checks-list/1", "a")
    assert (shown["format"], shown["texts"]) == ("pgassay.check/1", ["select 1"])
