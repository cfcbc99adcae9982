"""How reports spell numbers, times and foreign text, so that all of them spell it alike."""

import re
from datetime import UTC, datetime

# Control characters move the cursor, clear the screen or end a line; the bidirectional and zero-width
# ones reorder or hide text. A test's description may contain any of them; lone surrogates stand for
# bytes that were not UTF-8 and can be written to no file.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff]")
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def plural(number: int, noun: str, nouns: str = "") -> str:
    """Spell a count: ``1 file``, ``1,204 files``."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def duration(seconds: float) -> str:
    """Spell a duration with as much precision as a person wants: ``340 ms``, ``1.2 s``, ``2 min 05 s``."""
    if seconds <= 0:
        return "0 ms"
    if seconds < 0.00995:
        return f"{seconds * 1000:.1f} ms"
    if seconds < 0.9995:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 59.95:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest:02} s"
    return f"{minutes // 60} h {minutes % 60:02} min"


def percent(part: float, whole: float) -> str:
    """Spell a share. Only the whole is ``100 %`` and only nothing is ``0 %``, whatever rounding says."""
    if whole <= 0:
        return "–"
    share = 100 * part / whole
    if part < whole:
        share = min(share, 99.9)
    if part > 0:
        share = max(share, 0.1)
    return f"{share:.1f} %".replace(".0 %", " %")


def moment(at: datetime) -> str:
    """Spell a moment in UTC, to the second; one without a time zone as it is."""
    if at.tzinfo is None:
        return f"{at:%Y-%m-%d %H:%M:%S}"
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def visible(text: str) -> str:
    """Make every character visible that would steer a terminal or hide from the eye, in one line."""
    return _UNSAFE.sub(_escape, text)


def visible_lines(text: str) -> list[str]:
    """Like :func:`visible`, but keep the line breaks as such, and tabs as spaces."""
    return [visible(line.expandtabs(8)) for line in re.split(r"\r?\n", text)]


def numbers(values: list[int], *, limit: int = 12) -> str:
    """Spell a list of test numbers, runs of neighbours drawn together: ``1-3, 7, 9``."""
    spans: list[list[int]] = []
    for value in values:
        if spans and value == spans[-1][1] + 1:
            spans[-1][1] = value
        else:
            spans.append([value, value])
    shown = [str(first) if first == last else f"{first}-{last}" for first, last in spans[:limit]]
    return ", ".join(shown) + (", …" if len(spans) > limit else "")


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    if character in _SHORT:
        return _SHORT[character]
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
