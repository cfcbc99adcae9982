import hashlib
import re
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from pgassay.model.events.suite import SuiteEvent
from pgassay.model.suite import Outcome
from pgassay.report.page.markup import Markup, element, joined
from pgassay.report.words import visible
from sample_runs import events, result, run_of

Events = tuple[SuiteEvent, ...]
Report = Callable[..., str]

VOID = {"meta", "input", "rect"}


class Page(HTMLParser):
    """Reads a page as a browser would, and refuses what does not nest."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open:
            self.texts[self.open[-1]] = self.texts.get(self.open[-1], "") + data


def test_the_page_asks_nothing_of_anyone(busy_run: Events, report: Report) -> None:
    text = report("html", busy_run)
    page = Page(text)
    assert [
        tag for tag, _ in page.elements if tag in ("link", "img", "iframe", "object", "base", "form")
    ] == []
    loading = {"src", "href", "action", "style"}
    assert [attributes for _, attributes in page.elements if loading & attributes.keys()] == []
    handlers = [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    assert handlers == []
    assert not re.search(r"url\(|@import|https?://", text)


def test_its_policy_allows_what_is_in_it_and_nothing_else(busy_run: Events, report: Report) -> None:
    page = Page(report("html", busy_run))
    (policy,) = (
        attributes["content"] or ""
        for tag, attributes in page.elements
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none';")
    for tag in ("style", "script"):
        digest = b64encode(hashlib.sha256(page.texts[tag].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy


def test_hostile_text_stays_text(report: Report) -> None:
    evil = "</span><script>alert(1)</script><img src=x onerror=alert(1)> \"' &lt; \x1b[31m\u202e"
    tests = tuple(
        replace(
            each, description=evil, diagnostics=(evil, f"# have: {evil}", f"# want: x{evil}"), reason=evil
        )
        for each in result("x", failed=2).assertions
    )
    bad = replace(
        result(evil, Outcome.FAILED, category=evil), assertions=tests, notices=(evil,), skip_reason=evil
    )
    page = Page(report("html", events(run_of([bad]), bad)))
    assert [tag for tag, _ in page.elements if tag in ("img",)] == []
    assert len([tag for tag, _ in page.elements if tag == "script"]) == 1
    assert visible(evil) in page.texts["h3"]


def test_red_files_come_first_and_every_file_can_be_opened(busy_run: Events, report: Report) -> None:
    text = report("html", busy_run)
    page = Page(text)
    assert text.index("<h2>Failures</h2>") < text.index("<h2>Files</h2>")
    assert len([tag for tag, _ in page.elements if tag == "details"]) == 9
    assert len([tag for tag, attributes in page.elements if "data-red" in attributes]) == 5
    assert page.texts["title"] == "FAIL: nightly"


def test_a_green_page_has_no_failures(green_run: Events, report: Report) -> None:
    text = report("html", green_run)
    assert "<h2>Failures</h2>" not in text
    assert "<h2>Worth a look</h2>" not in text
    assert 'class="banner good"' in text


def test_the_filter_is_hidden_until_a_script_shows_it(green_run: Events, report: Report) -> None:
    page = Page(report("html", green_run))
    (tools,) = (attributes for _, attributes in page.elements if attributes.get("id") == "filter")
    assert "hidden" in tools


@given(st.text(), st.text())
def test_markup_escapes_children_and_attributes(child: str, value: str) -> None:
    page = Page(element("p", element("b", child), title=value))
    assert page.elements == [("p", {"title": visible(value)}), ("b", {})]
    assert page.texts.get("b", "") == visible(child)


def test_markup_is_put_together_once() -> None:
    assert element("br") == "<br>"
    assert element("p", None, Markup("<i>x</i>"), "<", hidden=True, id=None, data_red="a") == (
        '<p hidden data-red="a"><i>x</i>&lt;</p>'
    )
    assert joined("a", Markup("&amp;")) == "a&amp;"
