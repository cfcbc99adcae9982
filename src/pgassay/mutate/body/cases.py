"""The CASE expressions of a body."""

from dataclasses import dataclass, field

from pgassay.mutate.body.outline import outline
from pgassay.mutate.body.text import Body
from pgassay.mutate.body.tokens import Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """``WHEN … THEN …`` or ``ELSE …``, by the places of its tokens; ``condition`` only of a searched CASE."""

    keyword: str
    tokens: tuple[Token, ...]
    condition: tuple[Token, ...] = ()


@dataclass(slots=True)
class _Open:
    searched: bool
    marks: list[int] = field(default_factory=list)


def case_arms(body: Body) -> list[tuple[Arm, ...]]:
    """Give the arms of each CASE expression, in the order of their ends."""
    pieces = _expressions(body)
    return [arms for piece in pieces for arms in _cases(piece)]


def _expressions(body: Body) -> list[tuple[Token, ...]]:
    """Give the parts of a body in which CASE begins an expression, not a statement."""
    if body.language != "plpgsql":
        return [body.tokens]
    found = outline(body.tokens)
    return [
        *(each.tokens for each in found.statements),
        *(each.tokens for each in found.conditions if not each.keyword.endswith("WHEN")),
    ]


def _cases(tokens: tuple[Token, ...]) -> list[tuple[Arm, ...]]:
    found: list[tuple[Arm, ...]] = []
    open_cases: list[_Open] = []
    for index, token in enumerate(tokens):
        if token.word == "CASE":
            open_cases.append(_Open(tokens[index + 1].word == "WHEN" if index + 1 < len(tokens) else False))
        elif open_cases and token.word in ("WHEN", "THEN", "ELSE", "END"):
            open_cases[-1].marks.append(index)
            if token.word == "END":
                done = open_cases.pop()
                found.append(tuple(_arms(tokens, done)))
    return found


def _arms(tokens: tuple[Token, ...], case: _Open) -> list[Arm]:
    arms = []
    marks = case.marks
    for place, index in enumerate(marks[:-1]):
        word = tokens[index].word
        if word == "WHEN" and place + 2 < len(marks):
            then, following = marks[place + 1], marks[place + 2]
            condition = tokens[index + 1 : then] if case.searched else ()
            arms.append(Arm(keyword=word, tokens=tokens[index:following], condition=condition))
        elif word == "ELSE":
            arms.append(Arm(keyword=word, tokens=tokens[index : marks[place + 1]]))
    return arms
