"""Text as Markdown has to be given it."""

import re

from pgassay.report.words import visible

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~@&-])")


def escape(text: str) -> str:
    """Take from text every meaning that Markdown or HTML would give it."""
    return _SPECIAL.sub(r"\\\1", visible(text))
