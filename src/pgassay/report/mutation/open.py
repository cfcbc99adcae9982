"""Opens the reports of a mutation check, and hands them the events. A report that fails stops only itself."""

from collections.abc import Callable
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self, TextIO

from pgassay.model.events.mutate import MutationEvent
from pgassay.report.destination import Destination
from pgassay.report.mutation.page import MutationPage
from pgassay.report.mutation.screen import open_screen
from pgassay.report.reporter import ReportOptions


class _Reporter(Protocol):
    def see(self, event: MutationEvent) -> None: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class _Opened:
    name: str
    reporter: _Reporter
    destination: Destination | None = None


class MutationReports:
    """The screen, and the page where one is wanted. A context manager; leaving it completes them."""

    def __init__(
        self, *, screen: TextIO | None, stderr: TextIO, options: ReportOptions, page: Path | None
    ) -> None:
        """Open them; without a ``screen`` there is only the page, if that is wanted.

        Raises:
            UsageError: the page's file cannot be written.
        """
        self._stderr = stderr
        self._opened: list[_Opened] = []
        self._begun = False
        if page is not None:
            destination = Destination(page, whole=True)
            self._opened.append(_Opened("HTML", MutationPage(destination.out), destination))
        if screen is not None:
            if isinstance(screen, TextIOWrapper):  # it shows whatever a schema is called
                screen.reconfigure(errors="backslashreplace")
            self._opened.append(_Opened("terminal", open_screen(screen, options=options)))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for each in tuple(self._opened):
            if not self._begun:
                _discard(each)
            elif self._try(each, each.reporter.close) and each.destination is not None:
                self._try(each, each.destination.keep)
        self._opened.clear()

    def see(self, event: MutationEvent) -> None:
        """Hand an event to each."""
        self._begun = True
        for each in tuple(self._opened):
            self._try(each, lambda each=each: each.reporter.see(event))  # type: ignore[misc]

    def _try(self, each: _Opened, act: Callable[[], None]) -> bool:
        try:
            act()
        except Exception as error:  # noqa: BLE001 - no report may stop the check
            self._opened.remove(each)
            _discard(each)
            if not isinstance(error, BrokenPipeError):
                reason = error.strerror if isinstance(error, OSError) else f"{type(error).__name__}: {error}"
                self._stderr.write(f"warning: the {each.name} report is incomplete: {reason}\n")
            return False
        return True


def _discard(each: _Opened) -> None:
    if each.destination is not None:
        each.destination.discard()
