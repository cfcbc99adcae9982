"""The table of what somebody should look at: incidents, alerts."""

from pgassay.report.layout import Cell, Line, Span, Style, ansi, columns, line

MINUTES = len("2025-01-02 03:04")
"""So much of a moment is shown."""
STYLES = {"CRITICAL": Style.BAD_BOLD, "HIGH": Style.BAD, "WARNING": Style.WARN, "MEDIUM": Style.WARN}
"""How a severity stands out; any other one is plain."""


def drawn(head: tuple[str, ...], rows: list[list[Cell]], *, closing: str, colour: bool) -> str:
    """Draw the table, with a closing sentence below; the fifth column counts."""
    heading: list[Cell] = [Span(word, Style.DIM) for word in head]
    lines: list[Line] = [*columns([heading, *rows], right=frozenset({4})), Line()] if rows else []
    lines.append(line(closing + "."))
    return "\n".join((ansi(each) if colour else each.text).rstrip() for each in lines)
