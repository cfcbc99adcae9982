"""Statements of a PL/pgSQL body removed.

Left out are those whose absence nothing can show (NULL, a mere notice), those without which the function
cannot end (RETURN, EXIT), and a branch's only statement, which goes with its branch.
"""

from collections.abc import Iterator

from pgassay.mutate.body.outline import Statement, outline
from pgassay.mutate.body.text import Body, Edit

SECTION = "function bodies"
TITLE = "a statement removed"

_STAYING = frozenset({"NULL", "EXIT", "CONTINUE"})
_NOTICES = frozenset({"NOTICE", "DEBUG", "LOG", "INFO", "WARNING"})


def edits(body: Body) -> Iterator[Edit]:
    """Remove each statement in its turn."""
    if body.language != "plpgsql":
        return
    whole = outline(body.tokens)
    for each in sorted(filter(_is_removable, whole.statements), key=lambda each: each.tokens[0].start):
        start, end = each.tokens[0].start, each.tokens[-1].end
        yield Edit(
            start=start,
            end=end,
            replacement="null;",
            description=f"removed: {body.excerpt(start, end)}",
        )


def _is_removable(statement: Statement) -> bool:
    first, second = statement.words
    if first == "RETURN":
        return second in ("NEXT", "QUERY")
    if first in _STAYING or (first == "RAISE" and second in _NOTICES):
        return False
    return not statement.alone
