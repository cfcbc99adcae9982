"""Durations as people write them: ``30s``, ``1h 30m``, ``250ms``, or a bare number of seconds."""

import re

_UNITS = {"ms": 0.001, "s": 1.0, "sec": 1.0, "m": 60.0, "min": 60.0, "h": 3600.0, "d": 86400.0}
_PART = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*")

EXPECTED = "a time such as 30s, 10min, 1h30m or 250ms (a bare number means seconds)"


def parse_duration(text: str) -> float:
    """Read a duration and give it in seconds; it is more than zero.

    Raises:
        ValueError: the text is no duration.
    """
    total, position = 0.0, 0
    while position < len(text):
        part = _PART.match(text, position)
        if part is None:
            raise ValueError(EXPECTED)
        total += float(part[1]) * _seconds_in(part[2], alone=part[0] == text)
        position = part.end()
    if total <= 0:
        raise ValueError(EXPECTED)
    return total


def _seconds_in(unit: str, *, alone: bool) -> float:
    if not unit and alone:
        return 1.0
    if unit not in _UNITS:
        raise ValueError(EXPECTED)
    return _UNITS[unit]
