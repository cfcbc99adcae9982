"""What a reporter is: it sees every event of a run and, once closed, has told its reader about it.

The formats themselves are in ``pgassay.report.formats``, one file each; ``pgassay.report.open`` finds
them, opens their files and hands them the events.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, IntEnum
from pathlib import Path
from typing import Protocol, TextIO, TypeVar

E_contra = TypeVar("E_contra", contravariant=True)


class Verbosity(IntEnum):
    """How much a person wants to read."""

    QUIET = -1
    """Only failures and the verdict."""
    NORMAL = 0
    VERBOSE = 1
    """Every assertion."""


class Shape(Enum):
    """How a format fills its file, which decides how the file is written."""

    CONSOLE = "console"
    """Lines for a person or a log; several such formats may share standard output."""
    STREAM = "stream"
    """A line at a time, useful to a reader while the run still goes on."""
    DOCUMENT = "document"
    """One whole, worth nothing before its end: it appears at once, or not at all."""
    BINARY = "binary"
    """A document that no terminal should be shown: it needs a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOptions:
    """What shapes a report besides the events.

    ``colour`` and ``live`` are ``None`` where the output itself decides (is it a terminal?). ``width``
    is in columns, ``None`` for the terminal's own. ``job_summary`` is the file to which GitHub wants the
    summary of a job appended.
    """

    verbosity: Verbosity = Verbosity.NORMAL
    colour: bool | None = None
    live: bool | None = None
    width: int | None = None
    job_summary: Path | None = None


def options_from(environment: Mapping[str, str], *, verbosity: Verbosity = Verbosity.NORMAL) -> ReportOptions:
    """Read what the environment says about reports: NO_COLOR, FORCE_COLOR, TERM, GITHUB_STEP_SUMMARY."""
    dumb = environment.get("TERM") == "dumb"
    colour = None
    if environment.get("FORCE_COLOR"):
        colour = True
    if environment.get("NO_COLOR") or dumb:
        colour = False
    summary = environment.get("GITHUB_STEP_SUMMARY")
    return ReportOptions(
        verbosity=verbosity,
        colour=colour,
        live=False if dumb else None,
        job_summary=Path(summary) if summary else None,
    )


class Reporter(Protocol[E_contra]):
    """A sink of events. It decides nothing about the run, and an exception of it stops only itself.

    It touches its output from the first event on. Without one it is not closed either: there is nothing to
    report when a run never began.
    """

    def see(self, event: E_contra) -> None:
        """Take note of an event, in the order in which the engine gave them."""

    def close(self) -> None:
        """Write what is still to be written. Called once, also when the run was cut short."""


class Format(Protocol[E_contra]):
    """What a module in ``pgassay.report.formats`` offers (or in another family); its name is the format's."""

    SUMMARY: str
    """One line for ``--help``."""
    SHAPE: Shape

    def open_reporter(self, out: TextIO, *, options: ReportOptions) -> Reporter[E_contra]:
        """Start a report. A format of shape BINARY writes to ``out.buffer``."""
