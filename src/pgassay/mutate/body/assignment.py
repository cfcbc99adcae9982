"""Which equal signs of a body assign, so that they are no comparisons."""

from pgassay.mutate.body.outline import outline
from pgassay.mutate.body.text import Body
from pgassay.mutate.body.tokens import Token

_AFTER_SET = frozenset({"WHERE", "FROM", "RETURNING", "WHEN", ";"})


def assignments(body: Body) -> frozenset[int]:
    """Give the places of the equal signs in SET lists, and of those behind a variable."""
    found = set(_in_set_lists(body.tokens))
    if body.language == "plpgsql":
        for statement in outline(body.tokens).statements:
            sign = _first_sign(statement.tokens)
            if sign is not None:
                found.add(sign)
    return frozenset(found)


def _in_set_lists(tokens: tuple[Token, ...]) -> list[int]:
    """In ``SET a = b = c, (d, e) = (f, g)`` the first equal sign of each item assigns."""
    found: list[int] = []
    depth: int | None = None
    expecting = False
    for token in tokens:
        if token.word == "SET":
            depth, expecting = token.depth, True
        elif depth is not None and (token.depth < depth or (token.depth == depth and _ends(token))):
            depth = None
        elif depth == token.depth and token.text == ",":
            expecting = True
        elif depth == token.depth and token.text == "=" and expecting:
            found.append(token.start)
            expecting = False
    return found


def _ends(token: Token) -> bool:
    return token.word in _AFTER_SET or token.text in _AFTER_SET


def _first_sign(tokens: tuple[Token, ...]) -> int | None:
    """Give the place of the sign in ``variable.field[1] = …``; ``:=`` cannot be taken for a comparison."""
    for token in tokens:
        if token.text == "=" and token.depth == 0:
            return token.start
        if token.depth == 0 and not (token.word or token.text in ".[]" or token.text.startswith('"')):
            return None
        if token.word and token is not tokens[0] and tokens[tokens.index(token) - 1].text != ".":
            return None
    return None
