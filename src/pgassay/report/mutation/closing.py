"""The end of a mutation check on the terminal: the table by kind, the survivors, the verdict."""

from collections.abc import Iterable
from itertools import groupby

from pgassay.model.exits import Exit
from pgassay.model.mutate import Kind, MutantResult, Verdict
from pgassay.report.layout import Cell, Line, Span, Style, columns, cut, flatten, line
from pgassay.report.mutation.record import MutationRecord, Score, score
from pgassay.report.words import duration, percent, plural, visible, visible_lines

HEADINGS = ("mutants", "killed", "survived", "timed out", "undecided", "excused", "n/a")
_ALWAYS = frozenset({0, 1, 2})
_TONES = {2: Style.BAD, 3: Style.WARN, 4: Style.WARN}
_INDENT = "  "
_MOST = 10
_NARROWEST = 24


def closing_lines(record: MutationRecord, *, width: int) -> list[Line]:
    """Sum a check up; the verdict is the last line."""
    if record.red:
        return flatten([_red(record), [verdict_line(record)]])
    return flatten(
        [
            _table(record, width),
            *(_object(name, results) for name, results in by_object(record.survivors)),
            _excused(record),
            _unneeded(record),
            _listed("Undecided", record.results, Verdict.UNDECIDED),
            _listed("Timed out", record.results, Verdict.TIMED_OUT),
            _listed("Not applicable", record.results, Verdict.NOT_APPLICABLE),
            [verdict_line(record)],
        ]
    )


def verdict_line(record: MutationRecord) -> Line:
    """Give the one line that is left when everything else is forgotten."""
    style = {Exit.OK: Style.GOOD_BOLD, Exit.RED: Style.BAD_BOLD}.get(record.exit, Style.WARN_BOLD)
    word = verdict_word(record)
    return line(Span(word, style), "  ", verdict_sentence(record), hang=len(word) + 2)


def verdict_word(record: MutationRecord) -> str:
    """Give the verdict in one word."""
    return {Exit.OK: "PASS", Exit.RED: "FAIL"}.get(record.exit, "INTERRUPTED")


def verdict_sentence(record: MutationRecord) -> str:
    """Say how many mutants were noticed, of how many, and how many should have been."""
    took = f" in {duration(record.elapsed_s)}" if record.elapsed_s is not None else ""
    if record.plan is None:
        return "The check did not begin."
    if record.red:
        return "The suite is red without any change, so nothing was changed."
    counts = score(record.results, record.reasons)
    if counts.noticed is None:
        return f"No mutant could be tried{took}."
    counted = counts.killed + counts.timed_out + counts.survived + counts.undecided
    noticed = counts.killed + counts.timed_out
    timed_out = f" ({counts.timed_out} of them by running out of time)" if counts.timed_out else ""
    left = len(record.plan.mutants) - counts.mutants
    rest = f" {plural(left, 'mutant')} not tried: go on with --resume." if left else ""
    return (
        f"{noticed:,} of {plural(counted, 'mutant')} noticed{timed_out}: {percent(noticed, counted)}, wanted "
        f"{record.plan.at_least:g} %{took}.{rest}"
    )


def _red(record: MutationRecord) -> list[Line]:
    shown = [line(Span("Red without any change", Style.BAD_BOLD))]
    for each in record.red:
        result = each.baseline.result
        why = result.problems[0].message if result.problems else str(result.outcome)
        flaky = " (flaky: green when it was tried again)" if each.flaky else ""
        shown.append(
            line(_INDENT, visible(result.file.path), "  ", Span(visible(why) + flaky, Style.DIM), hang=6)
        )
    return shown


def _table(record: MutationRecord, width: int) -> list[Line]:
    total = score(record.results, record.reasons)
    shown = columns_shown(total)
    while (room := _room(width, shown)) < _NARROWEST and len(shown) > len(_ALWAYS):
        shown.pop()  # what it counts is listed below
    heads = [Span(HEADINGS[place], Style.DIM) for place in shown]
    rows: list[list[Cell]] = [[Span("kind", Style.DIM), *heads]]
    for section, kinds in groupby(kinds_tried(record), key=lambda kind: kind.section):
        rows.append([Span(section, Style.BOLD)])
        for kind in kinds:
            results = [each for each in record.results if each.mutant.kind == kind.name]
            rows.append(
                _row(cut(f"  {kind.title}", max(room, _NARROWEST)), score(results, record.reasons), shown)
            )
    rows.append(_row("total", total, shown))
    return columns(rows, right=frozenset(range(1, len(shown) + 1)))


def _room(width: int, shown: list[int]) -> int:
    """Count the columns of the screen that are left for the names of kinds."""
    return width - sum(len(HEADINGS[place]) + 2 for place in shown)


def columns_shown(total: Score) -> list[int]:
    """Say which numbers of a score are worth a column."""
    return [place for place, number in enumerate(counts_of(total)) if number or place in _ALWAYS]


def kinds_tried(record: MutationRecord) -> list[Kind]:
    """Give the kinds that occur, those of a section side by side."""
    tried = {each.mutant.kind for each in record.results}
    kinds = [kind for kind in (record.plan.kinds if record.plan else ()) if kind.name in tried]
    sections = list(dict.fromkeys(kind.section for kind in kinds))
    return sorted(kinds, key=lambda kind: sections.index(kind.section))


def counts_of(counts: Score) -> tuple[int, ...]:
    """Give the numbers under ``HEADINGS``."""
    return (
        counts.mutants,
        counts.killed,
        counts.survived,
        counts.timed_out,
        counts.undecided,
        counts.excused,
        counts.not_applicable,
    )


def _row(name: str, counts: Score, shown: list[int]) -> list[Cell]:
    numbers = counts_of(counts)
    return [name, *(_count(numbers[place], _TONES.get(place, Style.PLAIN)) for place in shown)]


def _count(number: int, style: Style) -> Span:
    return Span(f"{number:,}", style) if number else Span("–", Style.DIM)


def by_object(results: Iterable[MutantResult]) -> list[tuple[str, list[MutantResult]]]:
    """Put results together that belong to one object."""
    ordered = sorted(results, key=lambda each: each.mutant.object)
    return [(name, list(each)) for name, each in groupby(ordered, key=lambda each: each.mutant.object)]


def _object(name: str, results: list[MutantResult]) -> list[Line]:
    shown = [line(Span(f"Survived on {visible(name)}", Style.BAD_BOLD))]
    for each in results:
        shown.append(line(_INDENT, visible(each.mutant.description), hang=6))
        shown.append(line(_INDENT * 2, Span(visible(each.mutant.id), Style.DIM), hang=6))
        shown += [line(_INDENT * 2, Span(text, Style.NOTE), hang=6) for text in _ddl_lines(each)]
    return shown


def _ddl_lines(result: MutantResult) -> list[str]:
    """Give the change as it can be typed; a function's whole text only in the JSON and on the page."""
    lines = visible_lines(result.mutant.ddl.strip())
    return [f"{lines[0]};"] if len(lines) == 1 else []


def _excused(record: MutationRecord) -> list[Line]:
    if not record.excused:
        return []
    shown = [line(Span("Excused", Style.BOLD))]
    for each in record.excused:
        reason = record.reasons[each.mutant.id]
        shown.append(line(_INDENT, visible(each.mutant.id), "  ", Span(visible(reason), Style.DIM), hang=6))
    return shown


def _unneeded(record: MutationRecord) -> list[Line]:
    killed = [
        each for each in record.results if each.verdict is Verdict.KILLED and each.mutant.id in record.reasons
    ]
    if not killed:
        return []
    shown = [line(Span("Excused, but noticed: the excuse can go", Style.WARN_BOLD))]
    return [*shown, *(line(_INDENT, visible(each.mutant.id), hang=6) for each in killed)]


def _listed(title: str, results: Iterable[MutantResult], verdict: Verdict) -> list[Line]:
    found = [each for each in results if each.verdict is verdict]
    if not found:
        return []
    shown = [
        line(_INDENT, visible(each.mutant.id), "  ", Span(visible(_brief(each.message)), Style.DIM), hang=6)
        for each in found[:_MOST]
    ]
    more = [line(_INDENT, Span(f"… and {len(found) - _MOST} more", Style.DIM))] if len(found) > _MOST else []
    return [line(Span(title, Style.BOLD)), *shown, *more]


def _brief(message: str) -> str:
    """Leave the server's DETAIL and HINT to the JSON."""
    return message.partition("; DETAIL:")[0].partition("; HINT:")[0]
