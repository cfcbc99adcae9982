"""Comparisons turned: equal into different, and each bound moved by one."""

from collections.abc import Iterator

from pgassay.mutate.body.assignment import assignments
from pgassay.mutate.body.text import Body, Edit
from pgassay.mutate.body.tokens import Sort, Token

SECTION = "function bodies"
TITLE = "a comparison turned"

_TURNED = {"=": "<>", "<>": "=", "!=": "=", "<": "<=", "<=": "<", ">": ">=", ">=": ">"}


def edits(body: Body) -> Iterator[Edit]:
    """Turn each comparison in its turn."""
    assigned = assignments(body)
    for index, token in enumerate(body.tokens):
        if token.sort is Sort.OPERATOR and token.text in _TURNED and token.start not in assigned:
            turned = _TURNED[token.text]
            yield _edit(body, (token, token), turned, f"{token.text} becomes {turned}")
        elif token.word == "IS":
            yield from _turned_is(body, index)


def _turned_is(body: Body, index: int) -> Iterator[Edit]:
    """Turn ``IS [NOT] NULL`` and ``IS [NOT] DISTINCT FROM``."""
    following = body.tokens[index + 1 : index + 3]
    words = [token.word for token in following]
    if words[:1] in (["NULL"], ["DISTINCT"]):
        yield _edit(
            body, (body.tokens[index], body.tokens[index]), "is not", f"is {words[0].lower()} is turned"
        )
    elif words in (["NOT", "NULL"], ["NOT", "DISTINCT"]):
        yield _edit(body, (body.tokens[index], following[0]), "is", f"is not {words[1].lower()} is turned")


def _edit(body: Body, span: tuple[Token, Token], replacement: str, what: str) -> Edit:
    first, last = span
    around = body.excerpt(max(first.start - 24, 0), min(last.end + 24, len(body.text)))
    return Edit(start=first.start, end=last.end, replacement=replacement, description=f"{what} in: {around}")
