"""One HTML page about a mutation check, in the dress of the test report. It needs nothing but itself."""

import hashlib
from base64 import b64encode
from importlib.resources import files
from typing import TextIO

from pgassay.model.events.mutate import MutationEvent
from pgassay.model.exits import Exit
from pgassay.model.mutate import Kind, MutantResult, Verdict
from pgassay.report.mutation.closing import (
    HEADINGS,
    by_object,
    columns_shown,
    counts_of,
    kinds_tried,
    verdict_sentence,
    verdict_word,
)
from pgassay.report.mutation.record import MutationCollector, MutationRecord, Score, score
from pgassay.report.page.markup import Markup, element, joined
from pgassay.report.words import moment, percent

_TONES = {Exit.OK: "good", Exit.RED: "bad"}


class MutationPage:
    """Collects a check and writes the page when it is over."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._collector = MutationCollector()

    def see(self, event: MutationEvent) -> None:
        """Take note."""
        self._collector.see(event)

    def close(self) -> None:
        """Write the page."""
        self._out.write(f"<!doctype html>\n{_page(self._collector.record())}\n")


def _page(record: MutationRecord) -> Markup:
    style = Markup(files("pgassay.report.page").joinpath("style.css").read_text(encoding="utf-8"))
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'"
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", f"{verdict_word(record)}: mutants of {_database(record)}"),
        element("style", style),
    )
    body = element(
        "body",
        _banner(record),
        _figures(record),
        _kinds(record),
        _survivors(record),
        _list("Excused", [(each, record.reasons[each.mutant.id]) for each in record.excused]),
        *(_list(str(verdict).capitalize(), _with(record, verdict)) for verdict in _OTHERS),
        element("footer", "Written by pgassay."),
    )
    return element("html", joined(head, body), lang="en")


_OTHERS = (Verdict.UNDECIDED, Verdict.TIMED_OUT, Verdict.NOT_APPLICABLE)


def _with(record: MutationRecord, verdict: Verdict) -> list[tuple[MutantResult, str]]:
    return [(each, each.message) for each in record.results if each.verdict is verdict]


def _database(record: MutationRecord) -> str:
    return record.plan.environment.database if record.plan else "nothing"


def _banner(record: MutationRecord) -> Markup:
    return element(
        "header",
        element("p", verdict_word(record), class_="verdict"),
        element("h1", f"Mutants of {_database(record)}"),
        element("p", verdict_sentence(record), class_="scope"),
        element("p", moment(record.plan.started_at), class_="quiet") if record.plan else None,
        class_=f"banner {_TONES.get(record.exit, 'warn')}",
    )


def _figures(record: MutationRecord) -> Markup:
    counts = score(record.results, record.reasons)
    shown = (
        (counts.mutants, "mutants", ""),
        (counts.killed, "killed", "good" if counts.killed else ""),
        (counts.survived, "survived", "bad" if counts.survived else ""),
        (counts.timed_out, "timed out", "warn" if counts.timed_out else ""),
        (counts.undecided, "undecided", "warn" if counts.undecided else ""),
        (counts.excused, "excused", ""),
        (counts.not_applicable, "not applicable", ""),
    )
    items = [
        element("li", element("b", f"{count:,}"), element("span", what), class_=tone or None)
        for count, what, tone in shown
    ]
    return element("ul", *items, class_="figures")


def _kinds(record: MutationRecord) -> Markup:
    total = score(record.results, record.reasons)
    shown = columns_shown(total)
    rows = [
        _kind_row(f"{kind.section}: {kind.title}", _score_of(record, kind), shown)
        for kind in kinds_tried(record)
    ]
    words = ("kind", *(HEADINGS[place] for place in shown), "noticed")
    head = element("thead", element("tr", *(element("th", word, scope="col") for word in words)))
    table = element("table", head, element("tbody", *rows, _kind_row("total", total, shown)))
    return element("section", element("h2", "Kinds"), element("div", table, class_="wide"))


def _score_of(record: MutationRecord, kind: Kind) -> Score:
    return score([each for each in record.results if each.mutant.kind == kind.name], record.reasons)


def _kind_row(name: str, counts: Score, shown: list[int]) -> Markup:
    numbers = counts_of(counts)
    counted = counts.killed + counts.timed_out + counts.survived + counts.undecided
    cells = [f"{numbers[place]:,}" if numbers[place] else "–" for place in shown]
    cells.append(percent(counts.killed + counts.timed_out, counted))
    return element(
        "tr",
        element("th", name, scope="row"),
        *(element("td", cell, class_="number") for cell in cells),
        class_="red" if counts.survived else None,
    )


def _survivors(record: MutationRecord) -> Markup | None:
    if not record.survivors:
        return None
    objects = [
        element(
            "div",
            element("h3", name),
            *(
                element(
                    "div",
                    element("h4", each.mutant.description),
                    element("p", each.mutant.id, class_="place"),
                    element("pre", Markup("\n").join(_escaped(each))),
                    class_="test",
                )
                for each in results
            ),
            class_="failure",
        )
        for name, results in by_object(record.survivors)
    ]
    return element("section", element("h2", "Survivors"), *objects)


def _escaped(result: MutantResult) -> list[Markup]:
    lines = f"{result.mutant.ddl.strip()};".split("\n")
    return [joined(text.expandtabs(8)) for text in lines]


def _list(title: str, results: list[tuple[MutantResult, str]]) -> Markup | None:
    if not results:
        return None
    items = [
        element("li", each.mutant.description, element("span", f"{each.mutant.id}: {why}", class_="place"))
        for each, why in results
    ]
    return element("section", element("h2", title), element("ul", *items, class_="notes"))
