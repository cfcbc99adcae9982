"""An access matrix for a person at a terminal."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TextIO

from pgassay.model.access import Action, Cell, Difference, Entry, Reach, RelationAccess
from pgassay.model.exits import Exit
from pgassay.report.access.record import AccessRecord
from pgassay.report.access.words import LEGEND, REACH, difference_sentence, verdict_sentence, verdict_word
from pgassay.report.layout import Cell as Shown
from pgassay.report.layout import Line, Span, Style, columns, flatten, line
from pgassay.report.reporter import ReportOptions, Verbosity
from pgassay.report.screen.plain import PlainScreen, width_on
from pgassay.report.words import plural, visible

_STYLES = {
    Reach.NO: Style.DIM,
    Reach.NONE: Style.DIM,
    Reach.SOME: Style.NOTE,
    Reach.ALL: Style.BOLD,
    Reach.NOT_VERIFIED: Style.WARN,
}
_REASONS = 10


def show(record: AccessRecord, out: TextIO, options: ReportOptions) -> None:
    """Print a matrix; if quiet, only what is wrong and the verdict."""
    colour = options.colour if options.colour is not None else out.isatty()
    screen = PlainScreen(out, colour=colour, width=options.width or width_on(out))
    quiet = options.verbosity is Verbosity.QUIET
    screen.write(_brief(record) if quiet else screen_lines(record))


def _brief(record: AccessRecord) -> list[Line]:
    return flatten([*_differences(record), [_verdict(record)]])


def screen_lines(record: AccessRecord) -> list[Line]:
    """Lay the matrix out, and below it what differs, what is not verified, and the verdict."""
    return flatten(
        [
            _table(record),
            [line(Span(LEGEND, Style.DIM))],
            _unverified(record),
            *_differences(record),
            [line(Span("Warning: ", Style.WARN), visible(each.sentence)) for each in record.warnings],
            [_verdict(record)],
        ]
    )


def _differences(record: AccessRecord) -> list[list[Line]]:
    found = record.verdict.differences or ()
    closed = [each for each in found if not each.opened and not each.unverified]
    return [
        _listed("Opened", [each for each in found if each.opened], Style.BAD),
        _listed("Closed", closed, Style.GOOD),
        _listed("Known no longer, or only now", [each for each in found if each.unverified], Style.WARN),
    ]


def shown_actions(relations: Sequence[RelationAccess]) -> list[Action]:
    """Say which actions are worth a column: TRUNCATE only where somebody may."""
    cells = [cell for each in relations for _, cell in each.cells()]
    truncated = any(cell.action is Action.TRUNCATE and cell.reach is not Reach.NO for cell in cells)
    return [action for action in Action if action is not Action.TRUNCATE or truncated]


def _table(record: AccessRecord) -> list[Line]:
    actions = shown_actions(record.relations)
    changed = {each.entry: each for each in record.verdict.differences or ()}
    rows: list[list[Shown]] = [["", *(Span(action.value, Style.DIM) for action in actions)]]
    for relation in record.relations:
        kind = "" if relation.kind == "table" else f"  {relation.kind}"
        rows.append([Span(visible(relation.relation), Style.BOLD)])
        for identity, cells in relation.rows:
            rows.append([f"  {visible(identity)}", *_shown(relation, identity, cells, actions, changed)])
        rows[-len(relation.rows) - 1] = [Span(visible(relation.relation) + kind, Style.BOLD)]
    return _aligned(rows)


def _aligned(rows: list[list[Shown]]) -> list[Line]:
    """Align the cells below the widest identity; the names of relations stand by themselves."""
    aligned = iter(columns([row for row in rows if len(row) > 1], right=frozenset()))
    return [next(aligned) if len(row) > 1 else line(row[0]) for row in rows]


def _shown(
    relation: RelationAccess,
    identity: str,
    cells: Sequence[Cell],
    actions: Sequence[Action],
    changed: Mapping[Entry, Difference],
) -> Iterator[Shown]:
    found = {cell.action: cell for cell in cells}
    for action in actions:
        difference = changed.get(Entry(relation=relation.relation, identity=identity, action=action))
        if action not in found:
            yield ""
        elif difference is not None:
            text = f"{REACH[difference.before]} -> {REACH[difference.after]}"
            yield Span(text, Style.BAD_BOLD if difference.opened else Style.WARN_BOLD)
        else:
            reach = found[action].reach
            yield Span(REACH[reach], _STYLES[reach])


def _unverified(record: AccessRecord) -> list[Line]:
    """Say why cells are not verified, each reason once."""
    reasons: dict[str, list[str]] = {}
    for relation in record.relations:
        for identity, cell in relation.cells():
            if cell.reach is Reach.NOT_VERIFIED:
                name = f"{relation.relation} {cell.action} as {identity}"
                reasons.setdefault(cell.reason, []).append(name)
    if not reasons:
        return []
    shown = [line(Span("Not verified", Style.WARN_BOLD))]
    for reason, names in list(reasons.items())[:_REASONS]:
        more = f" and {plural(len(names) - 1, 'other cell')}" if len(names) > 1 else ""
        shown.append(
            line("  ", visible(f"{names[0]}{more}"), Span(f"  {visible(reason)}", Style.DIM), hang=6)
        )
    return shown


def _listed(title: str, found: Sequence[Difference], style: Style) -> list[Line]:
    if not found:
        return []
    sentences = (line("  ", Span(visible(difference_sentence(each)), style), hang=6) for each in found)
    return [line(Span(title, Style.BOLD)), *sentences]


def _verdict(record: AccessRecord) -> Line:
    style = {Exit.OK: Style.GOOD_BOLD, Exit.RED: Style.BAD_BOLD}.get(record.verdict.exit, Style.WARN_BOLD)
    word = verdict_word(record)
    return line(Span(word, style), "  ", visible(verdict_sentence(record)), hang=len(word) + 2)
