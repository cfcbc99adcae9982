"""Which equal signs of a body assign, so that they are no comparisons."""

from pgassay.mutate.body.outline import Statement, outline
from pgassay.mutate.body.text import Body
from pgassay.mutate.body.tokens import Token

_AFTER = frozenset({"WHERE", "FROM", "RETURNING", "WHEN", ";"})


def assignments(body: Body) -> frozenset[int]:
    """Give the places of the equal signs that assign.

    They stand in SET lists, behind a variable, in GET DIAGNOSTICS and in the options of RAISE.
    """
    found = set(_items(body.tokens, "SET"))
    if body.language == "plpgsql":
        for statement in outline(body.tokens).statements:
            found |= _in_statement(statement)
    return frozenset(found)


def _in_statement(statement: Statement) -> set[int]:
    match statement.words:
        case "RAISE", _:
            return set(_items(statement.tokens, "USING"))
        case ("GET", _):
            return set(_items(statement.tokens, "DIAGNOSTICS"))
        case _:
            sign = _first_sign(statement.tokens)
            return set() if sign is None else {sign}


def _items(tokens: tuple[Token, ...], opening: str) -> list[int]:
    """In ``SET a = b = c, (d, e) = (f, g)`` the first equal sign of each item assigns."""
    found: list[int] = []
    depth: int | None = None
    cases, expecting = 0, False
    for token in tokens:
        if token.word == opening:
            depth, cases, expecting = token.depth, 0, True
        elif depth is None:
            continue
        elif token.depth < depth or (token.depth == depth and not cases and _ends(token)):
            depth = None
        elif token.depth == depth:
            cases += (token.word == "CASE") - (token.word == "END" and cases > 0)
            if token.text == "=" and expecting and not cases:
                found.append(token.start)
            expecting = not cases and (token.text == "," or (expecting and token.text != "="))
    return found


def _ends(token: Token) -> bool:
    return token.word in _AFTER or token.text in _AFTER


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
