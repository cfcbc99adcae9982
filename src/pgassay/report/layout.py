"""Styled lines of text, as values: what the terminal shows before anything knows about terminals.

Texts in spans must be safe already (``words.visible``); this module measures, aligns and folds them.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Style(StrEnum):
    """The few ways in which text stands out; the values are the words that Rich knows them by."""

    PLAIN = ""
    DIM = "dim"
    BOLD = "bold"
    GOOD = "green"
    BAD = "red"
    WARN = "yellow"
    NOTE = "cyan"
    GOOD_BOLD = "bold green"
    BAD_BOLD = "bold red"
    WARN_BOLD = "bold yellow"
    GOOD_MARK = "bold underline green"
    BAD_MARK = "bold underline red"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line."""

    text: str
    style: Style = Style.PLAIN


@dataclass(frozen=True, slots=True)
class Line:
    """A line; ``hang`` is the column at which it goes on when it is folded."""

    spans: tuple[Span, ...] = ()
    hang: int = 0

    @property
    def text(self) -> str:
        """The line without its styles."""
        return "".join(span.text for span in self.spans)


Cell = Span | str

_SGR = {"bold": "1", "dim": "2", "underline": "4", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}


def line(*cells: Cell, hang: int = 0) -> Line:
    """Put a line together."""
    return Line(tuple(_span(cell) for cell in cells), hang)


def width_of(text: str) -> int:
    """Count the columns of a terminal that a text takes."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def cut(text: str, width: int) -> str:
    """Shorten a text in its middle, so that both ends of a path stay readable."""
    if width_of(text) <= width:
        return text
    head = max((width - 1) // 3, 0)
    tail = max(width - 1 - head, 0)
    return text[:head] + "…" + (text[-tail:] if tail else "")


def columns(rows: Sequence[Sequence[Cell]], *, right: frozenset[int], gap: int = 2) -> list[Line]:
    """Align cells; those in the columns ``right`` (counted from 0) at their right edge."""
    spans = [[_span(cell) for cell in row] for row in rows]
    widths = [0] * max((len(row) for row in spans), default=0)
    for row in spans:
        for index, span in enumerate(row):
            widths[index] = max(widths[index], width_of(span.text))
    return [_aligned(row, widths, right=right, gap=gap) for row in spans]


def fold(wide: Line, width: int) -> list[Line]:
    """Break a line that is wider than ``width``, at a space where there is one, indented by its hang."""
    if width_of(wide.text) <= width:
        return [wide]
    pieces: list[Line] = []
    rest = wide.spans
    indent = 0
    while rest:
        room = max(width - indent, 8)
        head, rest = _split(rest, _break_at("".join(span.text for span in rest), room))
        pieces.append(Line(((Span(" " * indent),) if indent else ()) + head, wide.hang))
        rest = _without_leading_spaces(rest)
        indent = min(wide.hang, max(width - 20, 0))
    return pieces


def ansi(shown: Line) -> str:
    """Write a line with the control sequences for its styles (ECMA-48 SGR)."""
    return "".join(_ansi(span) for span in shown.spans)


def _ansi(span: Span) -> str:
    if not span.style or not span.text:
        return span.text
    codes = ";".join(_SGR[word] for word in span.style.split())
    return f"\x1b[{codes}m{span.text}\x1b[0m"


def _span(cell: Cell) -> Span:
    return cell if isinstance(cell, Span) else Span(cell)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _aligned(row: list[Span], widths: list[int], *, right: frozenset[int], gap: int) -> Line:
    shown: list[Span] = []
    for index, span in enumerate(row):
        if index:
            shown.append(Span(" " * gap))
        padding = " " * (widths[index] - width_of(span.text))
        if index in right:
            shown += [Span(padding), span]
        else:
            shown += [span, Span(padding if index + 1 < len(row) else "")]
    hang = widths[0] + gap if len(widths) > 1 else 0
    return Line(tuple(span for span in shown if span.text), hang)


def _break_at(text: str, room: int) -> int:
    """Give the number of characters that fit, broken behind the last space in the second half."""
    used = fits = 0
    for character in text:
        used += _columns(character)
        if used > room:
            break
        fits += 1
    if fits == len(text):
        return fits
    space = text.rfind(" ", 0, fits + 1)
    return space if space > fits // 2 else max(fits, 1)


def _split(spans: tuple[Span, ...], at: int) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    head: list[Span] = []
    for index, span in enumerate(spans):
        if len(span.text) > at:
            cut_here = (Span(span.text[at:], span.style),)
            return (*head, Span(span.text[:at], span.style)), cut_here + spans[index + 1 :]
        head.append(span)
        at -= len(span.text)
    return tuple(head), ()


def _without_leading_spaces(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    for index, span in enumerate(spans):
        text = span.text.lstrip(" ")
        if text:
            return (Span(text, span.style), *spans[index + 1 :])
    return ()


def flatten(groups: Iterable[Iterable[Line]]) -> list[Line]:
    """Put groups of lines below each other, an empty line between those that are not empty."""
    shown: list[Line] = []
    for group in groups:
        lines = list(group)
        if lines and shown:
            shown.append(Line())
        shown += lines
    return shown
