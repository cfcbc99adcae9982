"""How JUnit XML spells text, durations and moments."""

import re
from datetime import UTC, datetime

from pgassay.report.words import visible

# What XML 1.0 (section 2.2) has no way to write, not even escaped.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """Give a text that XML can hold; what it cannot is made visible."""
    return _ILLEGAL.sub(lambda match: visible(match.group()) if match.group() < "\ue000" else "", text)


def seconds(seconds: float) -> str:
    """Spell a duration as JUnit does."""
    return f"{max(seconds, 0.0):.3f}"


def timestamp(at: datetime) -> str:
    """Spell a moment as JUnit does: in UTC, without saying so."""
    return (at.astimezone(UTC) if at.tzinfo else at).strftime("%Y-%m-%dT%H:%M:%S")
