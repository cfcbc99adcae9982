"""Turns what went wrong into the one sentence, the place and the detail that a person needs."""

from pgassay.model.message import ServerMessage
from pgassay.model.place import Place
from pgassay.model.suite import Problem, Trouble
from pgassay.parse.psql.steps import Query

_EXCERPT_WIDTH = 100


def server_problem(message: ServerMessage, query: Query, *, trouble: Trouble = Trouble.DIED) -> Problem:
    """Describe a server's error in a statement, at the line that the server points at, if it does."""
    line = query.line_of(message.position - 1) if message.position else query.place.line
    named = (("DETAIL", message.detail), ("HINT", message.hint), ("CONTEXT", message.context))
    rest = [f"{name}: {row}" for name, value in named if value for row in value.splitlines()]
    return Problem(
        trouble=trouble,
        message=str(message),
        place=Place(path=query.place.path, line=line),
        detail=(*_excerpt(query.text, message.position), *rest),
        sqlstate=message.sqlstate,
    )


def _excerpt(text: str, position: int) -> tuple[str, ...]:
    """Give the line at a character position (from 1) with a caret underneath, else the first line."""
    if position < 1:
        first = text.strip().partition("\n")[0]
        return (first[:_EXCERPT_WIDTH],) if first else ()
    start = text.rfind("\n", 0, position - 1) + 1
    line = text[start:].partition("\n")[0].replace("\t", " ").rstrip()
    column = position - 1 - start
    shift = max(0, column - _EXCERPT_WIDTH // 2)
    return line[shift : shift + _EXCERPT_WIDTH], " " * (column - shift) + "^"
