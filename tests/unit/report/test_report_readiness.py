"""The readiness gate as people and programs read it."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from pgassay.model.readiness import Criterion, Readiness, Standing
from pgassay.report.readiness import age, readiness_document, readiness_markdown, readiness_text

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
READINESS = Readiness(
    target="db.example.com/crm",
    at=NOW,
    criteria=(
        Criterion(
            name="tests",
            title="Tests pass",
            standing=Standing.MET,
            evidence="2,255 of 2,255 tests passed (100.0 %)",
            at=NOW - timedelta(minutes=5),
        ),
        Criterion(
            name="security",
            title="Security is validated",
            standing=Standing.NOT_MET,
            evidence="1 of 40 checks | failed",
            at=NOW - timedelta(hours=30),
            command="pgassay preflight",
        ),
        Criterion(
            name="recovery",
            title="Recovery was drilled",
            standing=Standing.NOT_VERIFIED,
            evidence="no drill is recorded",
            command="pgassay recover drill",
        ),
    ),
)


def test_a_person_sees_what_stands_what_not_and_what_to_run() -> None:
    assert readiness_text(READINESS).splitlines() == [
        "met           Tests pass             5 min  2,255 of 2,255 tests passed (100.0 %)",
        "not met       Security is validated   30 h  1 of 40 checks | failed",
        "not verified  Recovery was drilled   never  no drill is recorded",
        "",
        "To close the gaps:",
        "  pgassay preflight",
        "  pgassay recover drill",
        "",
        "NOT READY db.example.com/crm",
    ]
    assert "\x1b[" in readiness_text(READINESS, colour=True)


def test_a_job_summary_has_a_table_that_nothing_breaks() -> None:
    lines = readiness_markdown(READINESS).splitlines()
    assert lines[0].startswith("## NOT READY: ")
    assert all(line.replace("\\|", "").count("|") == 6 for line in lines[2:])
    assert "| **not met** |" in lines[5]
    assert "`pgassay preflight`" in lines[5]


def test_a_program_gets_everything() -> None:
    document = json.loads(readiness_document(READINESS))
    assert (document["format"], document["verdict"]) == ("pgassay.ready/1", "NOT READY")
    assert [each["standing"] for each in document["criteria"]] == ["met", "not met", "not verified"]


@pytest.mark.parametrize(
    ("passed", "spelled"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=59), "59 min"),
        (timedelta(hours=47), "47 h"),
        (timedelta(days=12), "12 days"),
    ],
)
def test_ages_are_spelled_for_people(passed: timedelta, spelled: str) -> None:
    assert age(NOW - passed, NOW) == spelled
    assert age(None, NOW) == "never"
