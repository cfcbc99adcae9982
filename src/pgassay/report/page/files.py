"""The files of the HTML report: the red ones open at the top, then all of them to look into."""

from collections.abc import Iterable

from pgassay.model.assertion import Assertion
from pgassay.model.suite import FileResult, Outcome, Problem
from pgassay.report.diagnosis import Diagnosis, diagnose, differ
from pgassay.report.page.markup import Markup, element, joined
from pgassay.report.record import RunRecord
from pgassay.report.sentences import outcome_words, own_problems, title_of
from pgassay.report.words import duration, plural, visible_lines

_TONES = {
    Outcome.PASSED: "good",
    Outcome.SKIPPED: "quiet",
    Outcome.FLAKY: "warn",
    Outcome.NEEDS_ROLLBACK: "quiet",
    Outcome.FAILED: "bad",
    Outcome.TIMED_OUT: "bad",
    Outcome.NOT_RUN: "warn",
}


def failures(record: RunRecord) -> Markup | None:
    """Tell why each red file is red."""
    red = [result for result in record.results if result.red and result.outcome is not Outcome.NOT_RUN]
    if not red:
        return None
    return element("section", element("h2", "Failures"), *(_failure(result) for result in red))


def notes(record: RunRecord) -> Markup | None:
    """List what deserves a second look though it changes no verdict."""
    items = [_note("flaky", f"passed on attempt {each.attempt}", each.file.path) for each in _flaky(record)]
    items += [
        _note(str(problem.trouble), problem.message, str(problem.place or result.file.path))
        for result in record.results
        for problem in result.warnings
    ]
    items += [_note("warning", f"{each.sentence} {each.remedy}".rstrip(), "") for each in record.warnings]
    if not items:
        return None
    return element("section", element("h2", "Worth a look"), element("ul", *items, class_="notes"))


def all_files(record: RunRecord) -> Markup:
    """List every file with its tests. The filter shows itself only where scripts run."""
    search = element("input", type="search", id="words", placeholder="path or description")
    only = element("label", element("input", type="checkbox", id="red"), " only what failed")
    tools = element("div", element("label", "Find ", search), only, class_="filter", id="filter", hidden=True)
    files = [_file(result) for result in record.results]
    nothing = element("p", "No file matches.", id="nothing", class_="quiet", hidden=True)
    return element("section", element("h2", "Files"), tools, element("div", *files, id="files"), nothing)


def _failure(result: FileResult) -> Markup:
    failed = [_failed_test(assertion, result) for assertion in result.assertions if not assertion.passed]
    problems = [_problem(problem, title_of(problem, result)) for problem in own_problems(result)]
    head = element(
        "h3", result.file.path, element("small", f"{outcome_words(result)}, {duration(result.elapsed_s)}")
    )
    return element("article", head, *failed, *problems, class_="failure")


def _failed_test(assertion: Assertion, result: FileResult) -> Markup:
    place = str(assertion.place) if assertion.place else f"{result.file.path}, test {assertion.position}"
    return element(
        "div",
        element("h4", element("span", str(assertion.position), class_="number"), _description(assertion)),
        _diagnosis(diagnose(assertion)),
        _lines(assertion.nested),
        element("p", place, class_="place"),
        class_="test",
    )


def _problem(problem: Problem, title: str) -> Markup:
    code = f" SQLSTATE {problem.sqlstate}" if problem.sqlstate else ""
    return element(
        "div",
        element("h4", element("span", title, class_="badge bad"), problem.message, element("small", code)),
        _lines(text for detail in problem.detail for text in visible_lines(detail)),
        element("p", str(problem.place), class_="place") if problem.place else None,
        class_="test",
    )


def _diagnosis(diagnosis: Diagnosis) -> Markup:
    compared = None
    if diagnosis.have or diagnosis.want:
        have, want = _values(diagnosis)
        compared = element(
            "dl",
            joined(element("dt", "have"), element("dd", have, class_="have")),
            joined(element("dt", "want"), element("dd", want, class_="want")),
            class_="compared",
        )
    return joined(_lines(diagnosis.before, wrapped=True), compared, _lines(diagnosis.after, wrapped=True))


def _values(diagnosis: Diagnosis) -> tuple[Markup, Markup]:
    """Mark what differs between two values of one line; longer ones stand as they are."""
    if len(diagnosis.have) != 1 or len(diagnosis.want) != 1:
        return _stacked(diagnosis.have), _stacked(diagnosis.want)
    parts = differ(diagnosis.have[0], diagnosis.want[0])
    if not parts.start and not parts.end:
        return joined(parts.have), joined(parts.want)
    had = element("mark", parts.have) if parts.have else None
    wanted = element("mark", parts.want) if parts.want else None
    return joined(parts.start, had, parts.end), joined(parts.start, wanted, parts.end)


def _file(result: FileResult) -> Markup:
    tone = _TONES[result.outcome]
    took = "" if result.outcome is Outcome.NOT_RUN else duration(result.elapsed_s)
    words = outcome_words(result)
    summary = element(
        "summary",
        element("span", str(result.outcome), class_=f"badge {tone}"),
        element("span", result.file.path, class_="path"),
        element("span", words if words != result.outcome else "", class_="quiet words"),
        element("span", took, class_="number"),
    )
    facts = [result.file.category, result.engine, f"worker {result.worker}", *result.file.tags]
    if result.planned is not None:
        facts.append(f"{plural(result.planned, 'test')} planned")
    if result.file.critical:
        facts.insert(0, "critical")
    return element(
        "details",
        summary,
        element("p", " · ".join(facts), class_="quiet"),
        _tests(result.assertions),
        _titled("Notices", result.notices),
        _titled("Output", result.output) if not result.assertions else None,
        data_red="yes" if result.red else None,
    )


def _tests(assertions: Iterable[Assertion]) -> Markup | None:
    rows = [_test(assertion) for assertion in assertions]
    return element("ol", *rows, class_="tests") if rows else None


def _test(assertion: Assertion) -> Markup:
    word, tone = _word(assertion)
    took = f"{assertion.elapsed_ms:.1f} ms" if assertion.elapsed_ms is not None else ""
    return element(
        "li",
        element("span", word, class_=f"word {tone}"),
        element("span", str(assertion.position), class_="number"),
        element(
            "span",
            _description(assertion),
            element("small", assertion.reason) if assertion.reason else None,
            class_="name",
        ),
        element("span", took, class_="number"),
    )


def _word(assertion: Assertion) -> tuple[str, str]:
    if not assertion.passed:
        return "not ok", "bad"
    if assertion.skipped:
        return "skip", "quiet"
    if assertion.todo:
        return "todo", "warn" if assertion.ok else "quiet"
    return "ok", "good"


def _flaky(record: RunRecord) -> list[FileResult]:
    return [result for result in record.results if result.outcome is Outcome.FLAKY]


def _note(kind: str, text: str, where: str) -> Markup:
    place = element("span", where, class_="place") if where else None
    return element("li", element("span", kind, class_="badge warn"), element("span", text), place)


def _titled(title: str, lines: Iterable[str]) -> Markup | None:
    shown = _lines(lines)
    return joined(element("h4", title), shown) if shown else None


def _lines(lines: Iterable[str], *, wrapped: bool = False) -> Markup | None:
    shown = _stacked(lines)
    return element("pre", shown, class_="wrapped" if wrapped else None) if shown else None


def _stacked(lines: Iterable[str]) -> Markup:
    return Markup("\n".join(joined(text) for text in lines))


def _description(assertion: Assertion) -> str:
    return assertion.description or "(no description)"
