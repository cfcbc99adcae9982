"""For people: a line for each check, what was found below it, and the verdict.

Quiet leaves only what is wrong, verbose shows every finding, also those that are ignored.
"""

from typing import TextIO

from pgassay.model.check import Area, Level
from pgassay.model.events.check import CheckEvent, CheckFinished, ChecksFinished, ChecksStarted
from pgassay.report.checks.record import CheckCollector
from pgassay.report.checks.screen import result_lines, verdict_line
from pgassay.report.checks.verdict import where_it_ran
from pgassay.report.layout import Line, Span, Style, line
from pgassay.report.reporter import ReportOptions, Shape, Verbosity
from pgassay.report.screen.plain import PlainScreen, width_on
from pgassay.report.words import visible

SUMMARY = "for people: each check, what it found, what to do"
SHAPE = Shape.CONSOLE


def open_reporter(out: TextIO, *, options: ReportOptions) -> "TerminalReporter":
    """Report to a person."""
    colour = options.colour if options.colour is not None else out.isatty()
    screen = PlainScreen(out, colour=colour, width=options.width or width_on(out))
    return TerminalReporter(screen, verbosity=options.verbosity)


class TerminalReporter:
    """Turns events into lines."""

    def __init__(self, screen: PlainScreen, *, verbosity: Verbosity) -> None:
        self._screen = screen
        self._verbosity = verbosity
        self._collector = CheckCollector()
        self._started: ChecksStarted | None = None
        self._area: Area | None = None

    def see(self, event: CheckEvent) -> None:
        """Tell what is worth telling."""
        self._collector.see(event)
        match event:
            case ChecksStarted():
                self._started = event
                self._begin(event)
            case CheckFinished(result=result):
                lines = result_lines(result, self._started, verbosity=self._verbosity)
                if lines:
                    self._head(result.check.areas)
                    self._screen.write(lines)
            case ChecksFinished():  # the verdict follows when the reporter is closed
                pass

    def close(self) -> None:
        """Give the verdict."""
        record = self._collector.record()
        if self._verbosity is not Verbosity.QUIET:
            self._screen.write([Line()])
        if record.started is not None and record.started.unreachable and not record.count(Level.FAILED):
            self._screen.write([line(Span(visible(record.started.unreachable), Style.BAD_BOLD), hang=2)])
        self._screen.write([verdict_line(record)])

    def _begin(self, started: ChecksStarted) -> None:
        if self._verbosity is not Verbosity.QUIET:
            self._screen.write([line(Span(where_it_ran(started), Style.DIM))])

    def _head(self, areas: tuple[Area, ...]) -> None:
        asked = self._started.areas if self._started else ()
        area = next((each for each in areas if each in asked), areas[0])
        if area is not self._area and self._verbosity is not Verbosity.QUIET:
            self._screen.write([Line(), line(Span(area, Style.BOLD))])
        self._area = area
