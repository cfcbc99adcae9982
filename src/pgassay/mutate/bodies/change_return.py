"""What a function returns changed: the opposite of a boolean, else NULL.

For a trigger only where a row that is not yet written depends on it.
"""

from collections.abc import Iterator

from pgassay.mutate.body.outline import outline
from pgassay.mutate.body.text import Body, Edit
from pgassay.mutate.body.tokens import Token

SECTION = "function bodies"
TITLE = "a returned value changed"


def edits(body: Body) -> Iterator[Edit]:
    """Change each RETURN in its turn."""
    if body.many or body.returns in ("void", "event_trigger"):
        return
    if body.returns == "trigger" and not body.before_row:
        return
    for tokens in sorted(_returned(body), key=lambda tokens: tokens[0].start):
        start, end = tokens[0].start, tokens[-1].end
        if body.text[start:end].upper() == "NULL":
            continue
        boolean = body.returns == "boolean"
        yield Edit(
            start=start,
            end=end,
            replacement=f"not ({body.text[start:end]})" if boolean else _null(body),
            description=f"returned is {'not' if boolean else 'null instead of'}: {body.excerpt(start, end)}",
        )


def _null(body: Body) -> str:
    """In SQL the type has to be exact, in PL/pgSQL it is converted."""
    return f"null::{body.returns}" if body.language == "sql" else "null"


def _returned(body: Body) -> list[tuple[Token, ...]]:
    """Give the expressions behind RETURN."""
    if body.language == "plpgsql":
        statements = [each.tokens for each in outline(body.tokens).statements]
        return [
            tokens[1:-1]
            for tokens in statements
            if tokens[0].word == "RETURN" and len(tokens) > 2 and tokens[1].word not in ("NEXT", "QUERY")
        ]
    tokens = body.tokens
    return [tokens[1:]] if tokens and tokens[0].word == "RETURN" and len(tokens) > 1 else []
