"""What a person or a program reads, whole, compared with what it was.

``PGASSAY_UPDATE_SNAPSHOTS=1 pytest tests/unit/report`` writes the files anew; read the difference before
committing it.
"""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from pgassay.model.assertion import Assertion
from pgassay.model.events.suite import SuiteEvent
from pgassay.model.history import CategorySummary
from pgassay.report.digest import digest, digest_document, digest_table
from pgassay.report.job_summary import job_summary
from pgassay.report.record import Collector
from pgassay.report.reporter import ReportOptions, Verbosity
from pgassay.report.screen.live import progress_display
from pgassay.report.screen.progress import Progress

SNAPSHOTS = Path(__file__).parent / "snapshots"
UPDATE = bool(os.environ.get("PGASSAY_UPDATE_SNAPSHOTS"))

Report = Callable[..., str]
Events = tuple[SuiteEvent, ...]

FORMATS = {
    "terminal.txt": ("terminal", ReportOptions()),
    "terminal-quiet.txt": ("terminal", ReportOptions(verbosity=Verbosity.QUIET)),
    "terminal-verbose.txt": ("terminal", ReportOptions(verbosity=Verbosity.VERBOSE)),
    "terminal-60.txt": ("terminal", ReportOptions(width=60)),
    "terminal-colour.txt": ("terminal", ReportOptions(colour=True)),
    "run.tap": ("tap", ReportOptions()),
    "run.xml": ("junit", ReportOptions()),
    "run.jsonl": ("jsonl", ReportOptions()),
    "run.html": ("html", ReportOptions()),
    "github.txt": ("github", ReportOptions()),
}
OTHERS = {
    "terminal-green.txt",
    "job-summary.md",
    "progress-60.txt",
    "progress-100.txt",
    "digest.txt",
    "digest.json",
}


def compare(name: str, text: str) -> None:
    path = SNAPSHOTS / name
    if UPDATE:
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_no_snapshot_is_left_over() -> None:
    assert {path.name for path in SNAPSHOTS.iterdir()} == {*FORMATS, *OTHERS}


@pytest.mark.parametrize("name", FORMATS)
def test_a_run_with_everything_in_it(name: str, busy_run: Events, report: Report) -> None:
    form, options = FORMATS[name]
    compare(name, report(form, busy_run, options=options))


def test_a_run_in_which_all_is_well(green_run: Events, report: Report) -> None:
    compare("terminal-green.txt", report("terminal", green_run))


def test_the_summary_of_a_job(busy_run: Events) -> None:
    collector = Collector()
    for event in busy_run:
        collector.see(event)
    compare("job-summary.md", job_summary(collector.record(), limit=1_000_000))


@pytest.mark.parametrize("width", [60, 100])
def test_the_progress_display(width: int) -> None:
    progress = Progress(files=42)
    progress.files_done, progress.files_red = 28, 1
    failed = Assertion(position=1, number=1, ok=False, description="")
    progress.start("sql/tests/security/contacts_of_another_tenant_are_hidden.sql", worker=1, since=12.0)
    progress.start("sql/tests/security/roles.sql", worker=0, since=13.25)
    progress.count("sql/tests/security/roles.sql", failed)
    out = StringIO()
    console = Console(file=out, width=width, color_system=None)
    console.print(progress_display(progress, now=13.5, began=-61.0, width=width))
    compare(f"progress-{width}.txt", out.getvalue())


@pytest.fixture
def period() -> tuple[CategorySummary, ...]:
    noon = datetime(2025, 3, 4, 12, tzinfo=UTC)
    return (
        CategorySummary(
            category="unit",
            executions=1204,
            passed=99_999,
            failed=1,
            unfinished=0,
            success_rate=99.999,
            average_s=0.812,
            first=noon - timedelta(hours=23),
            last=noon,
        ),
        CategorySummary(
            category="migration",
            executions=2,
            passed=0,
            failed=0,
            unfinished=2,
            success_rate=None,
            average_s=312.0,
            first=noon - timedelta(hours=3),
            last=noon - timedelta(hours=2),
        ),
    )


def test_the_last_day_by_category(period: tuple[CategorySummary, ...]) -> None:
    until = datetime(2025, 3, 4, 12, tzinfo=UTC)
    shown = digest(period, since=until - timedelta(days=1), until=until)
    compare("digest.txt", digest_table(shown) + "\n")
    compare("digest.json", digest_document(shown) + "\n")
    assert digest_table(digest((), since=until, until=until)).startswith("Nothing was run between 2025-")
