"""A file that deserves attention, told at once: its failed tests, its problems, where to look."""

from pgassay.model.assertion import Assertion
from pgassay.model.suite import FileResult, Problem
from pgassay.report.diagnosis import Diagnosis, diagnose, differ
from pgassay.report.layout import Line, Span, Style, line
from pgassay.report.sentences import own_problems, title_of
from pgassay.report.words import visible, visible_lines

MOST = 20
"""How many failed tests of one file are told, unless everything is asked for."""

_INDENT = "  "
_HANG = 11


def failure_lines(result: FileResult) -> list[Line]:
    """Tell why a file is red, indented below a line that names it."""
    failed = [assertion for assertion in result.assertions if not assertion.passed]
    shown: list[Line] = []
    for assertion in failed[:MOST]:
        number = Span(f"{assertion.position:>3}", Style.BAD)
        shown.append(line(_INDENT, number, _INDENT, Span(_description(assertion)), hang=7))
        shown += _details(assertion, result.file.path)
    if len(failed) > MOST:
        shown.append(line(_INDENT, Span(f"… and {len(failed) - MOST} more failed tests", Style.DIM)))
    return shown + _problems(result)


def every_test_lines(result: FileResult) -> list[Line]:
    """Tell every test of a file, for who wants to see them all, and why it is red if it is."""
    shown: list[Line] = []
    for assertion in result.assertions:
        shown.append(_test_line(assertion))
        if not assertion.passed:
            shown += _details(assertion, result.file.path)
    return shown + _problems(result)


def _test_line(assertion: Assertion) -> Line:
    word, style = _word(assertion)
    spans = [Span(f"  {word:<7}", style), Span(f"{assertion.position:>3}  "), Span(_description(assertion))]
    if assertion.reason:
        spans.append(Span(f"  ({visible(assertion.reason)})", Style.DIM))
    if assertion.elapsed_ms is not None and assertion.elapsed_ms >= 0.05:
        spans.append(Span(f"  {assertion.elapsed_ms:.1f} ms", Style.DIM))
    return Line(tuple(spans), 14)


def _word(assertion: Assertion) -> tuple[str, Style]:
    if not assertion.passed:
        return "not ok", Style.BAD
    if assertion.skipped:
        return "skip", Style.NOTE
    if assertion.todo:
        return "todo", Style.WARN if assertion.ok else Style.DIM
    return "ok", Style.GOOD


def _details(assertion: Assertion, path: str) -> list[Line]:
    shown = _diagnosis(diagnose(assertion))
    if assertion.nested:
        shown += [_note(visible(text)) for text in assertion.nested]
    where = visible(str(assertion.place) if assertion.place else f"{path}, test {assertion.position}")
    return [*shown, line(" " * 7, Span(f"at {where}", Style.DIM), hang=10)]


def _problems(result: FileResult) -> list[Line]:
    return [each for problem in own_problems(result) for each in _problem(problem, title_of(problem, result))]


def _problem(problem: Problem, title: str) -> list[Line]:
    """Tell one problem: what, the server's code, the server's own further lines, and where."""
    code = f" (SQLSTATE {problem.sqlstate})" if problem.sqlstate else ""
    message = visible(problem.message) + code
    shown = [line(_INDENT, Span(f"{title}: ", Style.BAD), message, hang=6)]
    # The excerpt of a statement stands above its caret, so all of these lines begin at one column.
    shown += [line(_INDENT * 3, text, hang=9) for detail in problem.detail for text in visible_lines(detail)]
    if problem.place:
        shown.append(line(_INDENT * 3, Span(f"at {visible(str(problem.place))}", Style.DIM), hang=9))
    return shown


def _diagnosis(diagnosis: Diagnosis) -> list[Line]:
    shown = [_note(text) for text in diagnosis.before]
    if diagnosis.have or diagnosis.want:
        shown += _values(diagnosis)
    return shown + [_note(text) for text in diagnosis.after]


def _values(diagnosis: Diagnosis) -> list[Line]:
    """Show what a test had above what it wanted, what differs between them standing out."""
    if len(diagnosis.have) != 1 or len(diagnosis.want) != 1:
        return _value("have", diagnosis.have, Style.BAD) + _value("want", diagnosis.want, Style.GOOD)
    parts = differ(diagnosis.have[0], diagnosis.want[0])
    marked = len(parts.start) + len(parts.end) > 2
    had, wanted = (Style.BAD_MARK, Style.GOOD_MARK) if marked else (Style.BAD, Style.GOOD)
    return [
        _compared("have", (parts.start, parts.have, parts.end), plain=Style.BAD, mark=had),
        _compared("want", (parts.start, parts.want, parts.end), plain=Style.GOOD, mark=wanted),
    ]


def _compared(label: str, parts: tuple[str, str, str], *, plain: Style, mark: Style) -> Line:
    start, middle, end = parts
    spans = (Span(start, plain), Span(middle, mark), Span(end, plain))
    return Line((Span(f"       {label}: ", Style.DIM), *(span for span in spans if span.text)), _HANG + 2)


def _value(label: str, texts: tuple[str, ...], style: Style) -> list[Line]:
    first = [Span(f"       {label}: ", Style.DIM), *(Span(text, style) for text in texts[:1])]
    more = [line(" " * (_HANG + 2), Span(text, style), hang=_HANG + 2) for text in texts[1:]]
    return [Line(tuple(first), _HANG + 2), *more]


def _note(text: str) -> Line:
    return line(" " * 7, text, hang=7 + len(text) - len(text.lstrip()))


def _description(assertion: Assertion) -> str:
    return visible(assertion.description) or "(no description)"
