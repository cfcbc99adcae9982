"""Opens the reports of a mutation check, and hands them the events. A report that fails stops only itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from pgassay.model.events.mutate import MutationEvent
from pgassay.report.mutation.screen import MutationScreen, open_screen
from pgassay.report.reporter import ReportOptions


@dataclass(slots=True)
class MutationReporters:
    """Those that are open."""

    screen: MutationScreen | None
    seen: bool = False

    def see(self, event: MutationEvent) -> None:
        """Hand an event on."""
        self.seen = True
        if self.screen is not None:
            self.screen.see(event)


@contextmanager
def open_mutation_report(
    *, stdout: TextIO, options: ReportOptions, page: Path | None, silent: bool
) -> Iterator[MutationReporters]:
    """Open the screen, unless ``silent``, and the page, where one is wanted."""
    reporters = MutationReporters(None if silent else open_screen(stdout, options=options))
    try:
        yield reporters
    finally:
        if reporters.screen is not None and reporters.seen:
            reporters.screen.close()
