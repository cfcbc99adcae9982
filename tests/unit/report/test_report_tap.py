import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pgassay.model.assertion import Assertion, Directive
from pgassay.model.events.suite import RunFinished, SuiteEvent
from pgassay.model.suite import Outcome
from sample_runs import events, result, run_of

Events = tuple[SuiteEvent, ...]
Report = Callable[..., str]

START = datetime(2025, 3, 4, tzinfo=UTC)

needs_prove = pytest.mark.skipif(not shutil.which("prove"), reason="Perl's prove is not installed")


def prove(text: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Let Perl's own reader judge a stream."""
    stream = folder / "run.tap"
    stream.write_text(text, encoding="utf-8")
    return subprocess.run(["prove", "-e", "cat", stream], capture_output=True, text=True, check=False)


@needs_prove
def test_prove_reads_the_same_numbers(busy_run: Events, report: Report, tmp_path: Path) -> None:
    done = prove(report("tap", busy_run), tmp_path)
    assert done.returncode != 0
    # 17 tests, 1 file that does not apply, 4 files that are red beyond their tests.
    assert "Tests: 22 Failed: 9" in done.stdout
    assert "TODO passed:   19" in done.stdout
    assert "Parse errors" not in done.stdout


@needs_prove
def test_prove_is_content_with_a_green_run(green_run: Events, report: Report, tmp_path: Path) -> None:
    done = prove(report("tap", green_run), tmp_path)
    assert (done.returncode, "Tests=4" in done.stdout) == (0, True)


@needs_prove
@pytest.mark.parametrize(
    "description", ["fix # TODO ticket", "x # skip", "\\", "a \\# TODO", "1..4", "Bail out!", "\n1..9\nok"]
)
def test_a_description_cannot_turn_a_failure_green(description: str, report: Report, tmp_path: Path) -> None:
    test = Assertion(position=1, number=1, ok=False, description=description)
    failed = replace(result("a # TODO.sql", Outcome.FAILED), assertions=(test,))
    done = prove(report("tap", events(run_of([failed]), failed)), tmp_path)
    assert "Tests: 1 Failed: 1" in done.stdout


def test_diagnostics_cannot_leave_their_comments(report: Report) -> None:
    test = Assertion(
        position=1,
        number=1,
        ok=True,
        description="x",
        diagnostics=("# a\nok 2", "1..9\rBail out!"),
        nested=("    ok 1 - inner", "    1..1"),
    )
    only = replace(result("a.sql"), assertions=(test,), notices=("---\nok 7",))
    lines = report("tap", events(run_of([only]), only)).splitlines()
    plain = [line for line in lines if not line.startswith("#")]
    assert plain == ["TAP version 13", "ok 1 - a.sql - x", "1..1"]


def test_a_test_beyond_the_plan_is_not_ok(report: Report) -> None:
    test = Assertion(position=2, number=2, ok=True, description="x", unplanned=True, directive=Directive.TODO)
    only = replace(result("a.sql", Outcome.FAILED), assertions=(test,))
    assert "not ok 1 - a.sql - x\n" in report("tap", events(run_of([only]), only))


END = RunFinished(at=START, elapsed_s=1.0)


@pytest.mark.parametrize(
    ("end", "line"),
    [
        (replace(END, bail_out="no disk"), "Bail out!  no disk"),
        (replace(END, interrupted=True), "Bail out!  interrupted"),
    ],
)
def test_a_run_that_was_cut_off_bails_out(end: RunFinished, line: str, report: Report) -> None:
    only = result("a.sql")
    begin = tuple(events(run_of([only]), only))[:-1]
    assert line in report("tap", [*begin, end]).splitlines()


def test_a_run_whose_end_nobody_saw_bails_out(green_run: Events, report: Report) -> None:
    assert "Bail out!" in report("tap", green_run[:-1])
    assert "Bail out!" not in report("tap", green_run)
