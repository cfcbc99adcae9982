import os
import pty
import threading
from collections.abc import Callable
from dataclasses import replace
from io import StringIO

import pytest

from pgassay.model.assertion import Assertion
from pgassay.model.events.suite import SuiteEvent
from pgassay.model.suite import Outcome
from pgassay.report.choice import load_format
from pgassay.report.reporter import ReportOptions, Verbosity
from pgassay.report.screen.failure import MOST
from pgassay.report.screen.progress import Progress
from sample_runs import events, result, run_of

Events = tuple[SuiteEvent, ...]
Report = Callable[..., str]


def on_a_terminal(told: Events, options: ReportOptions) -> str:
    """Report to a real pseudo-terminal, and give what arrived at its other side."""
    ours, theirs = pty.openpty()
    received: list[bytes] = []

    def drain() -> None:
        # On Linux the end of a pseudo-terminal reads as an error.
        while True:
            try:
                data = os.read(ours, 65536)
            except OSError:
                return
            if not data:
                return
            received.append(data)

    reader = threading.Thread(target=drain)
    reader.start()
    with open(theirs, "w", encoding="utf-8") as out:  # noqa: PTH123 - it has a number and no path
        reporter = load_format("terminal").open_reporter(out, options=options)
        for event in told:
            reporter.see(event)
        reporter.close()
    reader.join()
    os.close(ours)
    return b"".join(received).decode()


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


def test_a_terminal_gets_progress_that_vanishes_and_no_line_for_green_files(busy_run: Events) -> None:
    text = on_a_terminal(busy_run, ReportOptions(width=100))
    assert "/9 files" in text
    assert "\x1b[2K" in text.rpartition("/9 files")[2]
    assert "\x1b[?25h" in text.rpartition("\x1b[?25l")[2]
    assert "FAILED" in text
    assert "contacts.sql" not in text.rpartition("/9 files")[2]


def test_text_that_looks_like_markup_is_shown_as_it_is(busy_run: Events) -> None:
    text = on_a_terminal(busy_run, ReportOptions(width=100))
    assert "[red]no <b>markup</b>[/red] \\x1b[31m|" in text


def test_no_colour_means_none(busy_run: Events) -> None:
    colours = [f"\x1b[{style};{code}m" for style in (1, 2, 4) for code in (31, 32, 33)] + [
        "\x1b[31m",
        "\x1b[32m",
    ]
    with_colour = on_a_terminal(busy_run, ReportOptions(width=100))
    without = on_a_terminal(busy_run, ReportOptions(width=100, colour=False))
    assert any(code in with_colour for code in colours)
    assert not any(code in without for code in colours)


def test_quiet_shows_no_progress(green_run: Events) -> None:
    text = on_a_terminal(green_run, ReportOptions(verbosity=Verbosity.QUIET, colour=False))
    assert text == "PASS  4 tests in 2 files, 3.2 s\r\n"


def test_a_log_gets_no_control_sequence(busy_run: Events, report: Report) -> None:
    assert "\x1b" not in report("terminal", busy_run, options=ReportOptions(verbosity=Verbosity.VERBOSE))


def test_a_flood_of_failures_is_cut_unless_all_are_wanted(report: Report) -> None:
    flood = result("a.sql", Outcome.FAILED, failed=MOST + 5)
    told = list(events(run_of([flood]), flood))
    cut = report("terminal", told)
    assert "… and 5 more failed tests" in cut
    assert cut.count("at a.sql, test") == MOST
    verbose = report("terminal", told, options=ReportOptions(verbosity=Verbosity.VERBOSE))
    assert verbose.count("not ok") == MOST + 5


def test_lines_appear_while_the_run_goes_on(busy_run: Events) -> None:
    out = StringIO()
    reporter = load_format("terminal").open_reporter(out, options=ReportOptions())
    for event in busy_run[:-1]:
        reporter.see(event)
    assert "a won opportunity stays won" in out.getvalue()
    assert "FAIL  5 of" not in out.getvalue()
    reporter.see(busy_run[-1])
    reporter.close()
    assert "FAIL  5 of" in out.getvalue()


def test_progress_counts_and_takes_back() -> None:
    good = Assertion(position=1, number=1, ok=True, description="")
    bad = replace(good, ok=False)
    progress = Progress(files=2)

    progress.start("a.sql", worker=0, since=0.0)
    progress.count("a.sql", bad)
    progress.count("never started.sql", bad)
    assert (progress.tests, progress.failed, progress.files_done) == (1, 1, 0)

    progress.give_up("a.sql")
    assert (progress.tests, progress.failed) == (0, 0)

    progress.start("a.sql", worker=0, since=1.0)
    progress.count("a.sql", good)
    progress.finish(result("a.sql", passed=3))
    progress.finish(result("b.sql", Outcome.NOT_RUN))
    assert (progress.tests, progress.failed) == (3, 0)
    assert (progress.files_done, progress.files_red, progress.running) == (2, 1, {})
