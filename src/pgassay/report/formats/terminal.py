"""What a person reads while a run goes on, and after it: failures as they happen, then a summary.

On a terminal a progress display stands at the foot and green files pass in silence; elsewhere each file
gets a line, as with prove. Quiet leaves only failures and the verdict, verbose adds every assertion.
"""

from typing import Protocol, TextIO

from pgassay.model.events.suite import (
    AssertionFinished,
    FileFinished,
    FileRetried,
    FileStarted,
    RunFinished,
    RunStarted,
    SuiteEvent,
    Warned,
)
from pgassay.model.suite import FileResult, Outcome, Run
from pgassay.report.layout import Line, Span, Style, line, width_of
from pgassay.report.record import Collector
from pgassay.report.reporter import ReportOptions, Shape, Verbosity
from pgassay.report.screen.closing import closing_lines, verdict_line
from pgassay.report.screen.failure import every_test_lines, failure_lines
from pgassay.report.screen.plain import ENDLESS, PlainScreen
from pgassay.report.screen.progress import Progress
from pgassay.report.sentences import outcome_words, where_it_ran
from pgassay.report.summary import summarise
from pgassay.report.words import duration, visible

SUMMARY = "for people: progress, failures as they happen, a summary"
SHAPE = Shape.CONSOLE

_LONGEST_NAME = 70
_LOG_WIDTH = 120


class _Screen(Protocol):
    @property
    def width(self) -> int: ...

    def open(self) -> None: ...

    def write(self, lines: list[Line]) -> None: ...

    def now(self) -> float: ...

    def close(self) -> None: ...


def open_reporter(out: TextIO, *, options: ReportOptions) -> "TerminalReporter":
    """Report to a person."""
    progress = Progress()
    terminal = out.isatty() and options.live is not False
    if (options.live or terminal) and options.verbosity is not Verbosity.QUIET:
        # Rich costs as much to import as many a run takes; only a display needs it.
        from pgassay.report.screen.live import LiveScreen

        live = LiveScreen(out, progress=progress, colour=options.colour, width=options.width)
        return TerminalReporter(live, progress=progress, verbosity=options.verbosity, listing=False)
    colour = options.colour if options.colour is not None else out.isatty()
    listing = options.verbosity is not Verbosity.QUIET
    plain = PlainScreen(out, colour=colour, width=options.width or ENDLESS)
    return TerminalReporter(plain, progress=progress, verbosity=options.verbosity, listing=listing)


class TerminalReporter:
    """Turns events into lines on a screen."""

    def __init__(self, screen: _Screen, *, progress: Progress, verbosity: Verbosity, listing: bool) -> None:
        self._screen = screen
        self._progress = progress
        self._verbosity = verbosity
        self._listing = listing
        self._collector = Collector()
        self._longest = 0

    def see(self, event: SuiteEvent) -> None:
        """Move the progress on and tell what is worth telling."""
        if isinstance(event, AssertionFinished):
            self._progress.count(event.path, event.assertion)
            return
        self._collector.see(event)
        match event:
            case FileStarted(file=file, worker=worker):
                self._progress.start(file.path, worker=worker, since=self._screen.now())
            case FileFinished(result=result):
                self._progress.finish(result)
                self._tell(result)
            case FileRetried(result=result):
                self._progress.give_up(result.file.path)
                self._tell_retry(result)
            case Warned(sentence=sentence, remedy=remedy):
                self._screen.write(_warning(sentence, remedy))
            case RunStarted(run=run):
                self._begin(run)
            case RunFinished():  # the summary follows when the reporter is closed
                pass

    def close(self) -> None:
        """Take the display away and sum up."""
        self._screen.close()
        record = self._collector.record()
        summary = summarise(record)
        if self._verbosity is Verbosity.QUIET:
            self._screen.write([verdict_line(record, summary)])
            return
        if self._listing:
            self._screen.write([Line()])
        self._screen.write(closing_lines(record, summary, width=min(self._screen.width, _LOG_WIDTH)))

    def _begin(self, run: Run) -> None:
        self._progress.files = len(run.files)
        self._screen.open()
        names = [width_of(visible(file.path)) for file in run.files]
        self._longest = max((name for name in names if name <= _LONGEST_NAME), default=0)
        if self._verbosity is not Verbosity.QUIET:
            self._screen.write([line(Span(where_it_ran(run), Style.DIM)), Line()])

    def _tell(self, result: FileResult) -> None:
        attention = result.red and result.outcome is not Outcome.NOT_RUN
        verbose = self._verbosity is Verbosity.VERBOSE
        if not (attention or verbose or self._listing):
            return
        shown = [self._file_line(result)]
        shown += every_test_lines(result) if verbose else failure_lines(result) if attention else []
        if verbose or attention:
            shown += _notices(result)
        self._screen.write(shown if self._listing else [*shown, Line()])

    def _tell_retry(self, result: FileResult) -> None:
        if self._verbosity is not Verbosity.QUIET:
            words = f"failed on attempt {result.attempt} ({outcome_words(result)}), trying again"
            self._screen.write([self._listed(result, Span(words, Style.WARN))])

    def _file_line(self, result: FileResult) -> Line:
        words = outcome_words(result)
        took = "" if result.outcome is Outcome.NOT_RUN else duration(result.elapsed_s)
        details = ", ".join(part for part in (words if words != result.outcome else "", took) if part)
        word, style = _OUTCOMES[result.outcome]
        if not self._listing:
            name = Span(visible(result.file.path), Style.BOLD if result.red else Style.PLAIN)
            return line(Span(word, style), "  ", name, Span(f"  {details}", Style.DIM), hang=4)
        return self._listed(result, Span(word, style), Span(f" ({details})" if details else "", Style.DIM))

    def _listed(self, result: FileResult, *words: Span) -> Line:
        """Lead from the name to what is said of it, as prove does, so that a long log reads as columns."""
        name = visible(result.file.path)
        dots = "." * max(self._longest - width_of(name), 0) + ".."
        style = Style.BOLD if result.red else Style.PLAIN
        return line(Span(name, style), Span(f" {dots} ", Style.DIM), *words, hang=6)


_OUTCOMES = {
    Outcome.PASSED: ("ok", Style.GOOD),
    Outcome.SKIPPED: ("skipped", Style.NOTE),
    Outcome.FLAKY: ("flaky", Style.WARN_BOLD),
    Outcome.NEEDS_ROLLBACK: ("needs rollback tier", Style.NOTE),
    Outcome.FAILED: ("FAILED", Style.BAD_BOLD),
    Outcome.TIMED_OUT: ("TIMED OUT", Style.BAD_BOLD),
    Outcome.NOT_RUN: ("not run", Style.WARN),
}


def _notices(result: FileResult) -> list[Line]:
    return [line("    ", Span(visible(notice), Style.DIM), hang=6) for notice in result.notices]


def _warning(sentence: str, remedy: str) -> list[Line]:
    shown = [line(Span("warning: ", Style.WARN_BOLD), visible(sentence), hang=9)]
    return shown + ([line(" " * 9, Span(visible(remedy), Style.DIM), hang=9)] if remedy else [])
