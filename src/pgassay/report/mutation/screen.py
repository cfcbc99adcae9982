"""What a person reads while a mutation check goes on, and after it."""

from typing import Protocol, TextIO

from pgassay.model.events.mutate import (
    BaselineFinished,
    MutantFinished,
    MutationEvent,
    MutationFinished,
    MutationStarted,
    MutationWarned,
)
from pgassay.model.mutate import Verdict
from pgassay.report.layout import Line, Span, Style, line
from pgassay.report.mutation.closing import closing_lines
from pgassay.report.mutation.progress import MutationProgress
from pgassay.report.mutation.record import MutationCollector
from pgassay.report.reporter import ReportOptions, Verbosity
from pgassay.report.screen.plain import ENDLESS, PlainScreen
from pgassay.report.words import duration, plural, visible

_STEPS = 20


class _Screen(Protocol):
    @property
    def width(self) -> int: ...

    def open(self) -> None: ...

    def write(self, lines: list[Line]) -> None: ...

    def close(self) -> None: ...


def open_screen(out: TextIO, *, options: ReportOptions) -> "MutationScreen":
    """Report to a person: a display on a terminal, lines elsewhere."""
    progress = MutationProgress()
    terminal = out.isatty() and options.live is not False
    if (options.live or terminal) and options.verbosity is not Verbosity.QUIET:
        # Rich costs as much to import as many a run takes; only a display needs it.
        from pgassay.report.mutation.live import MutationLive

        return MutationScreen(MutationLive(out, progress, options), progress, options, listing=False)
    colour = options.colour if options.colour is not None else out.isatty()
    plain = PlainScreen(out, colour=colour, width=options.width or ENDLESS)
    return MutationScreen(plain, progress, options, listing=True)


class MutationScreen:
    """Turns events into lines."""

    def __init__(
        self, screen: _Screen, progress: MutationProgress, options: ReportOptions, *, listing: bool
    ) -> None:
        self._screen = screen
        self._progress = progress
        self._verbosity = options.verbosity
        self._listing = listing and options.verbosity is not Verbosity.QUIET
        self._collector = MutationCollector()
        self._step = 0

    def see(self, event: MutationEvent) -> None:
        """Take note."""
        self._collector.see(event)
        self._progress.see(event)
        match event:
            case MutationStarted():
                self._screen.open()
                self._say(_opening(event))
            case BaselineFinished():
                self._say_baseline(event)
            case MutantFinished():
                self._say_mutant(event)
            case MutationWarned():
                warning = line(Span("Warning: ", Style.WARN), visible(event.sentence))
                self._screen.write([warning, *([line("  ", visible(event.remedy))] if event.remedy else [])])
            case MutationFinished():
                pass
            case _:
                pass

    def close(self) -> None:
        """Sum it up."""
        self._screen.close()
        self._screen.write([Line(), *closing_lines(self._collector.record(), width=self._screen.width)])

    def _say(self, text: str, style: Style = Style.PLAIN) -> None:
        if self._verbosity is not Verbosity.QUIET:
            self._screen.write([line(Span(text, style))])

    def _say_baseline(self, event: BaselineFinished) -> None:
        result = event.baseline.result
        if result.red:
            self._say(f"{visible(result.file.path)} is red without any change", Style.BAD)
        elif self._progress.files_done == self._progress.files:
            self._say(f"The suite is green: {plural(self._progress.files, 'file')}")

    def _say_mutant(self, event: MutantFinished) -> None:
        result = event.result
        if result.verdict is Verdict.SURVIVED and result.mutant.id not in self._progress.excused:
            self._say(f"survived: {visible(result.mutant.description)}", Style.BAD)
        elif result.verdict is Verdict.UNDECIDED:
            self._say(
                f"undecided: {visible(result.mutant.description)}: {visible(result.message)}", Style.WARN
            )
        elif self._verbosity is Verbosity.VERBOSE:
            by = (
                f" by {visible(result.killer.path)}: {visible(result.killer.reason)}" if result.killer else ""
            )
            self._say(f"{result.verdict}: {visible(result.mutant.description)}{by}", Style.DIM)
        if self._listing:
            self._say_step()

    def _say_step(self) -> None:
        """Tell a log how far it is, twenty times in all."""
        progress = self._progress
        step = progress.done * _STEPS // max(progress.mutants, 1)
        if step > self._step:
            self._step = step
            left = f", about {duration(progress.left_s)} left" if progress.left_s else ""
            self._say(
                f"{progress.done:,} of {progress.mutants:,} mutants: {progress.noticed:,} noticed, "
                f"{progress.survived:,} survived{left}",
                Style.DIM,
            )


def _opening(event: MutationStarted) -> str:
    plan = event.plan
    where = f"{plan.environment.database} on PostgreSQL {plan.environment.server_version}"
    return (
        f"{plural(len(plan.mutants), 'mutant')} of {visible(where)}, {plural(len(plan.files), 'test file')}, "
        f"{plural(plan.jobs, 'worker')}"
    )
