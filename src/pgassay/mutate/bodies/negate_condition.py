"""Conditions negated: of IF, ELSIF, WHILE, EXIT WHEN, CONTINUE WHEN and of a searched CASE."""

from collections.abc import Iterator

from pgassay.mutate.body.cases import case_arms
from pgassay.mutate.body.outline import outline
from pgassay.mutate.body.text import Body, Edit
from pgassay.mutate.body.tokens import Token

SECTION = "function bodies"
TITLE = "a condition negated"


def edits(body: Body) -> Iterator[Edit]:
    """Negate each condition in its turn."""
    found: list[tuple[str, tuple[Token, ...]]] = []
    if body.language == "plpgsql":
        found += [(each.keyword, each.tokens) for each in outline(body.tokens).conditions]
    found += [("CASE WHEN", arm.condition) for arms in case_arms(body) for arm in arms]
    for keyword, tokens in sorted(((word, tokens) for word, tokens in found if tokens), key=_place):
        start, end = tokens[0].start, tokens[-1].end
        yield Edit(
            start=start,
            end=end,
            replacement=f"not ({body.text[start:end]})",
            description=f"{keyword.lower()} is negated: {body.excerpt(start, end)}",
        )


def _place(found: tuple[str, tuple[Token, ...]]) -> int:
    return found[1][0].start
