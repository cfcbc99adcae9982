"""A terminal with a progress display at its foot, which vanishes at the end. The only user of Rich."""

from collections.abc import Iterable
from typing import TextIO

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.text import Text

from pgassay.report.layout import Line, cut, fold
from pgassay.report.screen.progress import Progress
from pgassay.report.words import plural, visible

_WORKERS_SHOWN = 8
_LONGEST_BAR = 40


class LiveScreen:
    """Lines scroll by above the progress display."""

    def __init__(self, out: TextIO, *, progress: Progress, colour: bool | None, width: int | None) -> None:
        self._console = Console(
            file=out,
            force_terminal=True,
            no_color=colour is False,
            highlight=False,
            width=width,
            soft_wrap=True,
        )
        self._progress = progress
        self._began = 0.0
        self._live = Live(
            console=self._console,
            get_renderable=self._render,
            transient=True,
            refresh_per_second=8,
            redirect_stdout=False,
        )

    def open(self) -> None:
        """Put the display up."""
        self._began = self.now()
        self._live.start()

    @property
    def width(self) -> int:
        """The columns of the terminal as it is now."""
        return self._console.width

    def write(self, lines: Iterable[Line]) -> None:
        """Print lines above the display."""
        pieces = [_text(piece) for whole in lines for piece in fold(whole, self.width)]
        if pieces:
            self._console.print(Text("\n").join(pieces))

    def now(self) -> float:
        """Seconds on Rich's clock."""
        return self._console.get_time()

    def close(self) -> None:
        """Take the display away."""
        self._live.stop()

    def _render(self) -> RenderableType:
        return progress_display(self._progress, now=self.now(), began=self._began, width=self.width)


def progress_display(progress: Progress, *, now: float, began: float, width: int) -> Group:
    """Draw the display: a bar with the counts, then the file that each worker is at."""
    running = sorted(progress.running.values(), key=lambda each: each.worker)
    lines = [_bar_line(progress, elapsed=now - began, width=width)]
    for each in running[:_WORKERS_SHOWN]:
        took = f"{max(now - each.since, 0.0):.1f} s"
        path = cut(visible(each.path), width - len(took) - 6)
        lines.append(Text.assemble("  ", path, "  ", (took, "dim"), no_wrap=True, overflow="crop"))
    return Group(*lines)


def _bar_line(progress: Progress, *, elapsed: float, width: int) -> Text:
    counts = [
        (f"{progress.files_done}/{progress.files} files", ""),
        (plural(progress.tests, "test"), ""),
        (f"{progress.failed:,} failed" if progress.failed else "", "bold red"),
        (f"{progress.files_red} red" if progress.files_red and not progress.failed else "", "bold red"),
        (_clock(elapsed), "dim"),
    ]
    shown = [(text, style) for text, style in counts if text]
    room = width - sum(len(text) + 2 for text, _ in shown) - 1
    parts = [piece for text, style in shown for piece in (("  ", ""), (text, style))]
    return Text.assemble(*_bar(progress, min(room, _LONGEST_BAR)), *parts, no_wrap=True, overflow="crop")


def _bar(progress: Progress, room: int) -> list[tuple[str, str]]:
    if room < 8:
        return []
    done = room * progress.files_done // max(progress.files, 1)
    style = "red" if progress.failed or progress.files_red else "green"
    return [("━" * done, style), ("─" * (room - done), "dim")]


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02}"


def _text(piece: Line) -> Text:
    return Text.assemble(*((span.text, span.style.value) for span in piece.spans))
