"""What a person or a program reads of a mutation check, whole, compared with what it was.

``PGASSAY_UPDATE_SNAPSHOTS=1 pytest tests/unit/report`` writes the files anew; read the difference before
committing it.
"""

import json
import os
from collections.abc import Iterable
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from mutation_samples import sample_baseline, sample_plan, whole_check
from pgassay.model.events.mutate import (
    BaselineFinished,
    MutationEvent,
    MutationFinished,
    MutationStarted,
)
from pgassay.model.suite import Outcome
from pgassay.report.mutation.document import list_document, mutation_document
from pgassay.report.mutation.live import mutation_display
from pgassay.report.mutation.open import MutationReports
from pgassay.report.mutation.page import MutationPage
from pgassay.report.mutation.progress import MutationProgress
from pgassay.report.mutation.record import MutationCollector, MutationRecord
from pgassay.report.mutation.screen import open_screen
from pgassay.report.reporter import ReportOptions, Verbosity

SNAPSHOTS = Path(__file__).parent / "snapshots"
UPDATE = bool(os.environ.get("PGASSAY_UPDATE_SNAPSHOTS"))
SCREENS = {
    "terminal.txt": ReportOptions(),
    "terminal-quiet.txt": ReportOptions(verbosity=Verbosity.QUIET),
    "terminal-verbose.txt": ReportOptions(verbosity=Verbosity.VERBOSE, width=90),
    "terminal-colour.txt": ReportOptions(colour=True),
    "terminal-80.txt": ReportOptions(width=80),
}
OTHERS = {"page.html", "check.json", "mutants.json", "red.txt", "progress.txt"}


def compare(name: str, text: str) -> None:
    path = SNAPSHOTS / name
    if UPDATE:
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def on_screen(events: Iterable[MutationEvent], options: ReportOptions) -> str:
    out = StringIO()
    screen = open_screen(out, options=options)
    for event in events:
        screen.see(event)
    screen.close()
    return out.getvalue()


def record_of(events: Iterable[MutationEvent]) -> MutationRecord:
    collector = MutationCollector()
    for event in events:
        collector.see(event)
    return collector.record()


def test_no_snapshot_is_left_over() -> None:
    assert {path.name for path in SNAPSHOTS.iterdir()} == {*SCREENS, *OTHERS}


@pytest.mark.parametrize("name", SCREENS)
def test_a_check_with_everything_in_it(name: str) -> None:
    compare(name, on_screen(whole_check(), SCREENS[name]))


def test_a_suite_that_is_red_by_itself() -> None:
    red = sample_baseline("t/a.sql", outcome=Outcome.FAILED)
    flaky = sample_baseline("t/b.sql", outcome=Outcome.FAILED)
    events = (
        MutationStarted(plan=sample_plan((), "t/a.sql", "t/b.sql")),
        BaselineFinished(baseline=red, at=red.result.started_at),
        BaselineFinished(baseline=flaky, at=red.result.started_at, flaky=True),
        MutationFinished(at=red.result.started_at, elapsed_s=2.0),
    )
    compare("red.txt", on_screen(events, ReportOptions()))


def test_the_page() -> None:
    out = StringIO()
    page = MutationPage(out)
    for event in whole_check():
        page.see(event)
    page.close()
    compare("page.html", out.getvalue())


def test_the_documents() -> None:
    record = record_of(whole_check())
    assert record.plan is not None
    compare("check.json", json.dumps(json.loads(mutation_document(record)), indent=1) + "\n")
    compare("mutants.json", json.dumps(json.loads(list_document(record.plan.mutants)), indent=1) + "\n")


def test_the_display_while_it_goes_on() -> None:
    shown = StringIO()
    console = Console(file=shown, width=100, color_system=None)
    progress = MutationProgress()
    for event in whole_check()[:-2]:
        progress.see(event)
        console.print(mutation_display(progress, width=100))
    compare("progress.txt", shown.getvalue())


def test_a_report_that_fails_is_told_once_and_left_out(tmp_path: Path) -> None:
    class Full(StringIO):
        def write(self, text: str) -> int:
            raise OSError(28, "No space left on device")

    errors = StringIO()
    with MutationReports(
        screen=Full(), stderr=errors, options=ReportOptions(), page=tmp_path / "p.html"
    ) as reports:
        for event in whole_check():
            reports.see(event)
    assert errors.getvalue() == "warning: the terminal report is incomplete: No space left on device\n"
    assert "Survivors" in (tmp_path / "p.html").read_text("utf-8")


def test_a_check_that_never_began_leaves_no_page(tmp_path: Path) -> None:
    with MutationReports(screen=None, stderr=StringIO(), options=ReportOptions(), page=tmp_path / "p.html"):
        pass
    assert list(tmp_path.iterdir()) == []
