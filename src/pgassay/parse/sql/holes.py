"""Characters that stand, in a text that is known only in part, for what is not known.

They are private-use characters; a text that comes with one of its own cannot be read.
"""

import re
from collections.abc import Sequence
from itertools import product

IDENTIFIER = '"\ue000"'
"""A quoted identifier that is not known, as ``format('%I')`` makes one."""
LITERAL = "'\ue000'"
"""A quoted literal that is not known, as ``format('%L')`` makes one."""
UNKNOWN = "\ue000"
_FIRST, _LAST = 0xE100, 0xE4FF
_PARAMETER = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]")
_ANY = re.compile(f"[{UNKNOWN}{chr(_FIRST)}-{chr(_LAST)}]")
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
