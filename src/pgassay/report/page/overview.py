"""The top of the HTML report: the verdict, the totals by category, what took longest, where it ran."""

from collections.abc import Iterable

from pgassay.model.exits import Exit
from pgassay.model.suite import Run
from pgassay.report.page.markup import Markup, element, joined
from pgassay.report.record import RunRecord
from pgassay.report.sentences import ending, verdict_sentence, verdict_word
from pgassay.report.summary import Summary, Totals
from pgassay.report.words import duration, moment, percent, plural

_TONES = {Exit.OK: "good", Exit.RED: "bad"}


def banner(record: RunRecord, summary: Summary) -> Markup:
    """Say the verdict, over what, and when."""
    run = record.run
    return element(
        "header",
        element("p", verdict_word(summary), class_="verdict"),
        element("h1", run.name if run else "pgassay"),
        element("p", verdict_sentence(summary), class_="scope"),
        element("p", ending(record), class_="ending") if ending(record) else None,
        element("p", moment(run.started_at), class_="quiet") if run else None,
        class_=f"banner {_TONES.get(summary.exit, 'warn')}",
    )


def figures(totals: Totals) -> Markup:
    """Show the counts that a reader looks for first."""
    shown = (
        (totals.tests, "tests", ""),
        (totals.passed, "passed", "good" if totals.passed else ""),
        (totals.failed, "failed", "bad" if totals.failed else ""),
        (totals.files, "files", ""),
        (totals.files_red, "red files", "bad" if totals.files_red else ""),
        (totals.flaky, "flaky files", "warn" if totals.flaky else ""),
        (totals.skipped, "skipped", ""),
        (totals.todo, "TODO", ""),
    )
    items = [
        element("li", element("b", f"{count:,}"), element("span", what), class_=tone or None)
        for count, what, tone in shown
    ]
    return element("ul", *items, class_="figures")


def categories(summary: Summary) -> Markup:
    """Show each category as a row with a bar: the share that passed."""
    head = ("category", "files", "tests", "failed", "time", "passed")
    rows = [_category(each.category, each.totals) for each in summary.categories]
    if len(rows) > 1:
        rows.append(_category("total", summary.totals))
    return element(
        "section",
        element("h2", "Categories"),
        _wide(
            element("thead", element("tr", *(element("th", word, scope="col") for word in head))),
            element("tbody", *rows),
            class_="categories",
        ),
    )


def slowest(summary: Summary) -> Markup:
    """Show what took longest, as bars in proportion."""
    files = [(result.file.path, result.elapsed_s, "") for result in summary.slowest_files]
    tests = [
        (each.assertion.description or f"test {each.assertion.position}", each.elapsed_ms / 1000, each.path)
        for each in summary.slowest_assertions
    ]
    return element(
        "section",
        element("h2", "Slowest"),
        element("div", _timings("Files", files), _timings("Tests", tests), class_="pair"),
    )


def environment(run: Run) -> Markup:
    """Show where and how the run took place."""
    seen, options = run.environment, run.options
    facts = {
        "target": seen.target,
        "database": seen.database,
        "role": seen.role,
        "server": f"PostgreSQL {seen.server_version}" if seen.server_version else "",
        "pgTAP": seen.pgtap,
        "production": "yes" if seen.production else "no",
        "client": seen.client,
        "host": seen.host,
        "commit": seen.commit,
        "CI": seen.ci,
        "jobs": str(options.jobs),
        "isolation": options.isolation,
        "engine": options.engine,
        "strict": "yes" if options.strict else "",
        "retries": str(options.retries) if options.retries else "",
        "fail fast": "yes" if options.fail_fast else "",
        "timeout": duration(options.timeout_s) if options.timeout_s else "",
        "shard": options.shard,
        "safety": options.safety or "",
        "run": str(run.id),
    }
    items = [joined(element("dt", name), element("dd", value)) for name, value in facts.items() if value]
    return element("section", element("h2", "Environment"), element("dl", *items))


def bar(part: float, whole: float, *, tone: str) -> Markup:
    """Draw a share. The width is an attribute, because the page allows no inline styles."""
    share = f"{100 * part / whole:.2f}%" if whole else "0%"
    filled = element("rect", width=share, height="100%", class_=tone)
    return element("svg", filled, class_="bar", role="img", aria_label=percent(part, whole))


def _category(name: str, totals: Totals) -> Markup:
    cells = (f"{totals.files:,}", f"{totals.tests:,}", f"{totals.failed:,}", duration(totals.elapsed_s))
    # A file can be red without a failed test: the row shows it.
    red = bool(totals.files_red)
    share = percent(totals.passed, totals.tests)
    track = "track bad" if totals.failed else "track"
    return element(
        "tr",
        element("th", name, scope="row"),
        *(element("td", cell, class_="number") for cell in cells),
        element("td", bar(totals.passed, totals.tests, tone="good"), element("span", share), class_=track),
        class_="red" if red else None,
    )


def _timings(title: str, timings: Iterable[tuple[str, float, str]]) -> Markup | None:
    shown = list(timings)
    if not shown:
        return None
    longest = shown[0][1]
    rows = [
        element(
            "li",
            element("span", name, element("small", where) if where else None, class_="name"),
            element("span", duration(seconds), class_="number"),
            bar(seconds, longest, tone="plain"),
        )
        for name, seconds, where in shown
    ]
    title_of = f"{title}: the slowest {plural(len(shown), title[:-1].lower())}"
    return element("div", element("h3", title), element("ol", *rows), class_="timings", aria_label=title_of)


def _wide(*children: Markup, class_: str) -> Markup:
    """Let a table scroll by itself on a narrow screen."""
    return element("div", element("table", *children, class_=class_), class_="wide")
