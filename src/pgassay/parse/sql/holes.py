"""Characters that stand, in a text that is known only in part, for what is not known.

They are private-use characters; a text that comes with one of its own cannot be read.
"""

import re
from collections.abc import Sequence
from itertools import product

IDENTIFIER = '"\ue000"'
"""A quoted identifier that is not known, as ``format('%I')`` makes one."""
LITERAL = "'\ue001'"
"""A quoted literal that is not known, as ``format('%L')`` makes one."""
VALUE = "\ue002"
"""The text of a number, a date or a uuid that is not known: it has no quote, and begins no comment."""
_SIGNED = "\ue003"
NUMBER = (VALUE, f"-{_SIGNED}")
"""The texts of a number that is not known: its sign can make a comment of another one in front of it."""
DIGITS = (*NUMBER, f"{_SIGNED}-")
"""The texts of ``to_char``, which may put a sign behind."""
_UNKNOWN = f"\ue000\ue001{VALUE}{_SIGNED}"
_FIRST, _LAST = 0xE100, 0xE4FF
_PARAMETER = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]")
_ANY = re.compile(f"[{_UNKNOWN}{chr(_FIRST)}-{chr(_LAST)}]")
MOST_TEXTS = 4000
"""The most texts that one expression may stand for."""

Texts = tuple[str, ...]


def parameter(index: int) -> str:
    """Give the hole for the raw text of a parameter, counted from 0."""
    return chr(min(_FIRST + index, _LAST))


def has_parameters(text: str) -> bool:
    """Tell whether a text depends on parameters."""
    return _PARAMETER.search(text) is not None


def has_holes(text: str) -> bool:
    """Tell whether anything in a text is not known."""
    return _ANY.search(text) is not None


def shown(text: str) -> str:
    """Give a text as a person may see it."""
    return _ANY.sub("…", text)


def is_unlikely(text: str) -> bool:
    """Tell whether a text has a sign for a number that rarely has one: it need not be a statement at all."""
    return _SIGNED in text


def stays_within(token: str) -> bool:
    """Tell whether the holes in a token cannot end it, whatever they stand for.

    An unknown name may have any character, but for its own quotes: it may end a string, or a dollar
    quote. A number may make a dollar quote's tag another one.
    """
    if not has_holes(token) or token in (IDENTIFIER, LITERAL):
        return True
    return IDENTIFIER[1] not in token and LITERAL[1] not in token and not token.startswith("$")


def fill(template: str, values: Sequence[Texts | None]) -> Texts | None:
    """Give all texts that a template can become; ``None`` where a value that it needs is not known."""
    holes = sorted(set(_PARAMETER.findall(template)))
    needed: list[Texts] = []
    for hole in holes:
        index = ord(hole) - _FIRST
        value = values[index] if index < len(values) else None
        if value is None:
            return None
        needed.append(value)
    count = 1
    for each in needed:
        count *= len(each)
    if count > MOST_TEXTS:
        return None
    return tuple(_put(template, dict(zip(holes, chosen, strict=True))) for chosen in product(*needed))


def _put(template: str, values: dict[str, str]) -> str:
    return _PARAMETER.sub(lambda found: values[found[0]], template)
