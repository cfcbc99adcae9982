"""How much of a database a run touches, for a person and as JSON."""

from collections.abc import Iterable, Iterator

import msgspec

from pgassay.model.coverage import Coverage, Share
from pgassay.model.touch import Object
from pgassay.report.layout import Cell, Line, Span, Style, ansi, columns, line
from pgassay.report.words import percent, plural, visible

FORMAT = "pgassay.coverage/1"
_HEADINGS = ("schema", "kind", "touched", "of", "share", "measured", "only named")


def coverage_document(found: Coverage) -> str:
    """Write coverage as JSON, without a line break at its end."""
    document = {
        "format": FORMAT,
        "run": found.run,
        "exit": int(found.exit),
        "files": {"ran": found.ran, "recorded": found.files},
        "calls_counted": found.calls_counted,
        "at_least": found.at_least,
        "whole": _plain(found.whole),
        "kinds": [_plain(each) for each in found.kinds],
        "schemas": [_plain(each) for each in found.shares],
        "untouched": found.untouched,
        "only_named": found.named,
    }
    return msgspec.json.encode(document).decode()


def coverage_text(found: Coverage, *, colour: bool = False) -> str:
    """Write coverage for a person, without a line break at its end."""
    lines = [*_table(found), Line(), *_rest(found), *(line(each) for each in _notes(found)), _closing(found)]
    return "\n".join((ansi(each) if colour else each.text).rstrip() for each in lines)


def _plain(share: Share) -> dict[str, object]:
    plain: dict[str, object] = msgspec.to_builtins(share)
    return {**plain, "percent": round(share.percent, 2)}


def _table(found: Coverage) -> list[Line]:
    head: list[Cell] = [Span(word, Style.DIM) for word in _HEADINGS]
    rows = [_row(each) for each in (*found.shares, *found.kinds)]
    return columns([head, *rows], right=frozenset(range(2, 7)))


def _row(share: Share) -> list[Cell]:
    whole = share.touched == share.total
    return [
        visible(share.schema) or Span("all", Style.DIM),
        share.kind,
        f"{share.touched:,}",
        f"{share.total:,}",
        Span(percent(share.touched, share.total), Style.PLAIN if whole else Style.WARN),
        f"{share.measured:,}",
        f"{share.named:,}" if share.named else Span("–", Style.DIM),
    ]


def _rest(found: Coverage) -> Iterator[Line]:
    yield from _list("No test touches:", found.untouched)
    yield from _list("Only named in a test, as far as is known:", found.named)


def _list(title: str, objects: Iterable[Object]) -> Iterator[Line]:
    names = [f"  {each.kind} {visible(each.name)}" for each in objects]
    if names:
        yield line(title)
        yield from map(line, names)
        yield Line()


def _notes(found: Coverage) -> Iterator[str]:
    if not found.calls_counted:
        yield "Calls could not be counted: functions are known by the text, triggers by the rows written."
    if found.files < found.ran:
        left = found.ran - found.files
        yield f"What {plural(left, 'file')} touched is not known: run by psql, through a pooler, or cut off."


def _closing(found: Coverage) -> Line:
    whole = found.whole
    said = (
        f"{percent(whole.touched, whole.total)} of {plural(whole.total, 'object')} touched "
        f"by {plural(found.files, 'file')} of run {found.run}"
    )
    if found.at_least is None:
        return line(said)
    style = Style.BAD if found.exit else Style.PLAIN
    return Line((Span(f"{said}; at least {found.at_least:g} % asked for", style),))
