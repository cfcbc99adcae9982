"""A terminal with the progress of a mutation check at its foot, which vanishes at the end."""

from typing import TextIO

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.text import Text

from pgassay.report.layout import Line, cut, fold
from pgassay.report.mutation.progress import MutationProgress
from pgassay.report.reporter import ReportOptions
from pgassay.report.words import duration, visible

_LONGEST_BAR = 40


class MutationLive:
    """Lines scroll by above the display."""

    def __init__(self, out: TextIO, progress: MutationProgress, options: ReportOptions) -> None:
        self._progress = progress
        self._console = Console(
            file=out,
            force_terminal=True,
            no_color=options.colour is False,
            highlight=False,
            width=options.width,
            soft_wrap=True,
        )
        self._live = Live(
            console=self._console,
            get_renderable=self._render,
            transient=True,
            refresh_per_second=8,
            redirect_stdout=False,
        )

    @property
    def width(self) -> int:
        """The columns of the terminal as it is now."""
        return self._console.width

    def open(self) -> None:
        """Put the display up."""
        self._live.start()

    def write(self, lines: list[Line]) -> None:
        """Print lines above the display."""
        pieces = [piece for whole in lines for piece in fold(whole, self._console.width)]
        texts = [Text.assemble(*((span.text, span.style.value) for span in piece.spans)) for piece in pieces]
        if texts:
            self._console.print(Text("\n").join(texts))

    def close(self) -> None:
        """Take the display away."""
        self._live.stop()

    def _render(self) -> RenderableType:
        return mutation_display(self._progress, width=self._console.width)


def mutation_display(progress: MutationProgress, *, width: int) -> Group:
    """Draw the display: a bar with the counts, then the mutant that each worker is at."""
    lines = [_bar_line(progress, width)]
    for worker in sorted(progress.running):
        mutant = progress.running.get(worker)
        if mutant is not None:
            lines.append(Text(f"  {cut(visible(mutant.id), width - 4)}", no_wrap=True, overflow="crop"))
    return Group(*lines)


def _bar_line(progress: MutationProgress, width: int) -> Text:
    if not progress.done:
        words = f"without any change: {progress.files_done}/{progress.files} files"
        return Text(words, no_wrap=True, overflow="crop")
    left = progress.left_s
    counts = [
        (f"{progress.done:,}/{progress.mutants:,} mutants", ""),
        (f"{progress.noticed:,} noticed", "green"),
        (f"{progress.survived:,} survived" if progress.survived else "", "bold red"),
        (f"about {duration(left)} left" if left else "", "dim"),
    ]
    shown = [(text, style) for text, style in counts if text]
    room = min(width - sum(len(text) + 2 for text, _ in shown) - 1, _LONGEST_BAR)
    done = max(room, 0) * progress.done // max(progress.mutants, 1)
    bar = [("━" * done, "green"), ("─" * (max(room, 0) - done), "dim")] if room >= 8 else []
    parts = [piece for text, style in shown for piece in (("  ", ""), (text, style))]
    return Text.assemble(*bar, *parts, no_wrap=True, overflow="crop")
