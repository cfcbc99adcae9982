"""Text as Markdown has to be given it."""

import re
from collections.abc import Iterable

from pgassay.report.words import visible

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~@&-])")


def escape(text: str) -> str:
    """Take from text every meaning that Markdown or HTML would give it."""
    return _SPECIAL.sub(r"\\\1", visible(text))


def fitting(blocks: Iterable[str], *, limit: int, cut: str) -> str:
    """Join blocks to at most ``limit`` bytes; where they are more, ``cut`` stands for the rest of them."""
    shown: list[str] = []
    left = limit - len(cut.encode())
    for block in blocks:
        left -= len(block.encode(errors="backslashreplace"))
        if left < 0:
            return "".join([*shown, cut]) if limit >= len(cut.encode()) else ""
        shown.append(block)
    return "".join(shown)
