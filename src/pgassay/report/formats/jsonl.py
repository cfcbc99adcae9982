"""Every event as a line of JSON, as it happens: for programs, and for a later replay.

The form of the lines is told in ``pgassay.report.jsonl_codec``.
"""

from typing import TextIO

from pgassay.model.events.suite import AssertionFinished, SuiteEvent
from pgassay.report.jsonl_codec import encode
from pgassay.report.reporter import ReportOptions, Shape

SUMMARY = "for programs: every event as one line of JSON, without loss"
SHAPE = Shape.STREAM


def open_reporter(out: TextIO, *, options: ReportOptions) -> "JsonLinesReporter":
    """Report to a program; no option changes what it gets."""
    return JsonLinesReporter(out)


class JsonLinesReporter:
    """Writes events as they come."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._first = True

    def see(self, event: SuiteEvent) -> None:
        """Write a line; whoever follows the file gets it at once, single tests with the next event."""
        self._out.write(encode(event, first=self._first) + "\n")
        self._first = False
        if not isinstance(event, AssertionFinished):
            self._out.flush()

    def close(self) -> None:
        """Everything is written already."""
        self._out.flush()
