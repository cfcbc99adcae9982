"""Opens the reports that were asked for and hands each of them every event of a run.

A report that fails (the disk is full, the reader of a pipe has left) is told once on the error stream and
left out from then on. It never stops a run or changes its verdict.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, Self, TextIO, TypeVar

from pgassay.report.choice import FormatChoice, check_together, load_format
from pgassay.report.destination import Destination
from pgassay.report.reporter import Reporter, ReportOptions, Shape

E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class _Opened:
    choice: FormatChoice
    reporter: Reporter[Any]
    destination: Destination | None


def open_reporters(
    choices: Iterable[FormatChoice], *, stdout: TextIO, stderr: TextIO, options: ReportOptions
) -> "Reporters[Any]":
    """Open a report for each choice; the events to hand them are those of the choices' family.

    ``UsageError`` for choices that exclude each other and for files that cannot be created: better now
    than at the end of a long run.
    """
    chosen = tuple(choices)
    check_together(chosen)
    opened: list[_Opened] = []
    try:
        for choice in chosen:
            opened.append(_open(choice, stdout=stdout, options=options))
    except BaseException:
        for each in opened:
            _discard(each)
        raise
    return Reporters(opened, stderr=stderr)


class Reporters(Generic[E]):
    """All reports of a run, as one. A context manager; leaving it closes them."""

    def __init__(self, opened: Iterable[_Opened], *, stderr: TextIO) -> None:
        self._opened = list(opened)
        self._stderr = stderr
        self._begun = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def see(self, event: E) -> None:
        """Hand an event to each report."""
        self._begun = True
        for each in tuple(self._opened):
            self._try(each, lambda reporter: reporter.see(event))

    def close(self) -> None:
        """Complete each report; one of a run that never began leaves no trace. Closing again does nothing."""
        for each in tuple(self._opened):
            if not self._begun:
                _discard(each)
            elif self._try(each, lambda reporter: reporter.close()) and each.destination:
                self._keep(each, each.destination)
        self._opened.clear()

    def _try(self, each: _Opened, action: Callable[[Reporter[E]], None]) -> bool:
        try:
            action(each.reporter)
        except Exception as error:  # noqa: BLE001 - whatever a report does wrong, the run goes on
            self._drop(each, error)
            return False
        return True

    def _keep(self, each: _Opened, destination: Destination) -> None:
        try:
            destination.keep()
        except OSError as error:
            self._drop(each, error)

    def _drop(self, each: _Opened, error: Exception) -> None:
        self._opened.remove(each)
        _discard(each)
        # ``pgassay test | head`` is no mistake.
        if isinstance(error, BrokenPipeError) and not each.choice.file:
            return
        where = f" ({each.choice.file})" if each.choice.file else ""
        print(
            f"warning: the {each.choice.name} report{where} is incomplete: {_reason(error)}",
            file=self._stderr,
        )


def _discard(each: _Opened) -> None:
    if each.destination:
        each.destination.discard()


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return f"{type(error).__name__}: {error}"


def _open(choice: FormatChoice, *, stdout: TextIO, options: ReportOptions) -> _Opened:
    form = load_format(choice.name, choice.family)
    if not choice.file:
        _prepare(stdout, form.SHAPE)
        return _Opened(choice, form.open_reporter(stdout, options=options), None)
    whole = form.SHAPE in (Shape.DOCUMENT, Shape.BINARY)
    destination = Destination(Path(choice.file), whole=whole)
    return _Opened(choice, form.open_reporter(destination.out, options=options), destination)


def _prepare(stdout: TextIO, shape: Shape) -> None:
    """Let standard output take every text: programs get UTF-8, a terminal what it can show."""
    if not isinstance(stdout, TextIOWrapper):
        return
    encoding = None if shape is Shape.CONSOLE else "utf-8"
    stdout.reconfigure(encoding=encoding, errors="backslashreplace")
