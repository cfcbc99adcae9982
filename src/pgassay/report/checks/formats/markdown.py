"""Markdown: what is wrong with its remedies first, what is in order folded away below."""

from typing import TextIO

from pgassay.model.events.check import CheckEvent
from pgassay.report.checks.markdown import checks_markdown
from pgassay.report.checks.record import CheckCollector
from pgassay.report.reporter import ReportOptions, Shape

SUMMARY = "for pages and comments: Markdown"
SHAPE = Shape.DOCUMENT


def open_reporter(out: TextIO, *, options: ReportOptions) -> "MarkdownReporter":
    """Report in Markdown; no option changes it."""
    return MarkdownReporter(out)


class MarkdownReporter:
    """Collects a run and writes it when it is over."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._collector = CheckCollector()

    def see(self, event: CheckEvent) -> None:
        """Take note."""
        self._collector.see(event)

    def close(self) -> None:
        """Write the page."""
        self._out.write(checks_markdown(self._collector.record()))
