"""One HTML page that contains all it needs: to be mailed, archived, or opened from a CI run.

The page asks nothing of any server, and its content security policy forbids it to: only the style and the
script that are in it, known by their hashes, may be used. It reads well without scripts; one small script
adds a filter.
"""

import hashlib
from base64 import b64encode
from importlib.resources import files
from typing import TextIO

from pgassay.model.events.suite import SuiteEvent
from pgassay.report.page import files as page_files
from pgassay.report.page import overview
from pgassay.report.page.markup import Markup, element, joined
from pgassay.report.record import Collector, RunRecord
from pgassay.report.reporter import ReportOptions, Shape
from pgassay.report.sentences import verdict_word
from pgassay.report.summary import summarise

SUMMARY = "for people: one self-contained HTML page"
SHAPE = Shape.DOCUMENT


def open_reporter(out: TextIO, *, options: ReportOptions) -> "HtmlReporter":
    """Report as a page; no option changes it."""
    return HtmlReporter(out)


class HtmlReporter:
    """Collects a run and writes the page when it is over."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._collector = Collector()

    def see(self, event: SuiteEvent) -> None:
        """Take note."""
        self._collector.see(event)

    def close(self) -> None:
        """Write the page."""
        self._out.write(f"<!doctype html>\n{_page(self._collector.record())}\n")


def _page(record: RunRecord) -> Markup:
    summary = summarise(record)
    style, script = _resource("style.css"), _resource("filter.js")
    name = record.run.name if record.run else "pgassay"
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_policy(style, script)),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", f"{verdict_word(summary)}: {name}"),
        element("style", style),
    )
    body = element(
        "body",
        overview.banner(record, summary),
        overview.figures(summary.totals),
        overview.categories(summary),
        page_files.failures(record),
        page_files.notes(record),
        overview.slowest(summary) if summary.slowest_files else None,
        page_files.all_files(record),
        overview.environment(record.run) if record.run else None,
        element("footer", "Written by pgassay. Times of categories are sums over their files."),
        element("script", script),
    )
    return element("html", joined(head, body), lang="en")


def _resource(name: str) -> Markup:
    return Markup(files("pgassay.report.page").joinpath(name).read_text(encoding="utf-8"))


def _policy(style: str, script: str) -> str:
    return f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
