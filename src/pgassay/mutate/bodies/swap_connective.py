"""AND and OR swapped."""

from collections.abc import Iterator

from pgassay.mutate.body.text import Body, Edit

SECTION = "function bodies"
TITLE = "AND and OR swapped"


def edits(body: Body) -> Iterator[Edit]:
    """Swap each in its turn; the AND of BETWEEN is none, nor is the OR of CREATE OR REPLACE."""
    between: list[int] = []
    previous = ""
    for token in body.tokens:
        if token.word == "BETWEEN":
            between.append(token.depth)
        elif token.word == "AND" and between and between[-1] == token.depth:
            between.pop()
        elif token.word in ("AND", "OR") and previous != "CREATE":
            swapped = "or" if token.word == "AND" else "and"
            around = body.excerpt(max(token.start - 24, 0), min(token.end + 24, len(body.text)))
            yield Edit(
                start=token.start,
                end=token.end,
                replacement=swapped,
                description=f"{token.text} becomes {swapped} in: {around}",
            )
        previous = token.word
