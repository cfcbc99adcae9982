"""For programs: the whole run as one JSON document, as ``--json`` prints it."""

from typing import TextIO

from pgassay.model.events.check import CheckEvent
from pgassay.report.checks.document import checks_document
from pgassay.report.checks.record import CheckCollector
from pgassay.report.reporter import ReportOptions, Shape

SUMMARY = "for programs: the whole run as one JSON document"
SHAPE = Shape.DOCUMENT


def open_reporter(out: TextIO, *, options: ReportOptions) -> "JsonReporter":
    """Report to a program; no option changes what it gets."""
    return JsonReporter(out)


class JsonReporter:
    """Collects a run and writes it when it is over."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._collector = CheckCollector()

    def see(self, event: CheckEvent) -> None:
        """Take note."""
        self._collector.see(event)

    def close(self) -> None:
        """Write the document."""
        self._out.write(checks_document(self._collector.record()) + "\n")
