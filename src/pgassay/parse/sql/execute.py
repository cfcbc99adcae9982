"""Texts that something executes: an argument of pgTAP's, an EXECUTE, a template that was filled."""

import re
from collections.abc import Iterator

from pgassay.parse.sql import holes
from pgassay.parse.sql.case import Case
from pgassay.parse.sql.finding import Finding
from pgassay.parse.sql.grammar import Unreadable, parses, tokens
from pgassay.parse.sql.summary import Template

WRITE_OUT = (
    "Write the statement out as one constant; format() with %I for names and %L for values can be read too."
)


def execute(template: Template, case: Case) -> Iterator[Finding]:
    """Judge a text that is executed; one with holes for parameters is left to whoever gives them."""
    text = template.text
    if holes.has_parameters(text):
        if case.templates is None:
            yield case.unreadable("What is executed here depends on what cannot be told.", WRITE_OUT)
        else:
            case.templates.append(template)
        return
    if holes.has_holes(text) and not _is_closed(text):
        yield case.unreadable("What is executed here may end a string or a name within it.", WRITE_OUT)
    elif not template.query:
        yield from case.read(text, case)
    else:
        yield from _query(text, case)


def _is_closed(text: str) -> bool:
    """Tell whether all holes stay within the tokens that they stand in."""
    try:
        return all(holes.stays_within(token.text) for token in tokens(text))
    except Unreadable:
        return False


def _query(text: str, case: Case) -> Iterator[Finding]:
    """Judge what pgTAP runs. A text without white space is to it what EXECUTE has behind it."""
    if not text.startswith('"') and re.search(r"\s", text):
        yield from case.read(text, case)
    elif parses(f"EXECUTE {text}"):
        yield from case.read(f"EXECUTE {text}", case)
    else:
        yield case.note("unreadable", "This is no name of a prepared statement: it cannot run.")
