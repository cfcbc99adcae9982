"""Functions of the server that make texts, as far as their results can be told."""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import product

from pgassay.parse.sql import holes
from pgassay.parse.sql.holes import Texts

_REPEATABLE = re.compile(rf"[\w\s.,()=<>]|{holes.IDENTIFIER}")
_DIGITS = re.compile(r"(?:(?:I?YYYY|YY|MM|I?DDD|DD|I?W|WW|HH24|HH12|HH|MI|SS|MS|US)[_:.]?)+")
_FORMAT = re.compile(r"%(?:(%)|(\d+\$)?-?(\d+|\*(?:\d+\$)?)?([sIL]))")
_Arguments = Sequence[Texts | None]


def joined(parts: Iterable[Texts | None], separator: str = "") -> Texts | None:
    """Give every way to put one text of each part after the other; ``None`` where there are too many."""
    known: list[Texts] = []
    count = 1
    for part in parts:
        if part is None:
            return None
        known.append(part)
        count *= len(part)
    if count > holes.MOST_TEXTS:
        return None
    return tuple(dict.fromkeys(separator.join(each) for each in product(*known)))


def _concat_ws(arguments: _Arguments) -> Texts | None:
    separator = arguments[0]
    if separator is None or len(separator) != 1:
        return None
    return joined(arguments[1:], separator[0])


def _format(arguments: _Arguments) -> Texts | None:
    if arguments[0] is None:
        return None
    found: list[str] = []
    for pattern in arguments[0]:
        texts = None if holes.has_holes(pattern) else _formatted(pattern, arguments[1:])
        if texts is None:
            return None
        found += texts
    return tuple(dict.fromkeys(found))


def _formatted(pattern: str, arguments: _Arguments) -> Texts | None:
    parts: list[Texts | None] = []
    end = at = 0
    for found in _FORMAT.finditer(pattern):
        parts.append((pattern[end : found.start()],))
        end = found.end()
        if found[1]:
            parts.append(("%",))
            continue
        at = int(found[2][:-1]) - 1 if found[2] else at
        if found[3] or not 0 <= at < len(arguments):
            return None
        parts.append(_FORMATS[found[4]](arguments[at]))
        at += 1
    return joined([*parts, (pattern[end:],)])


def _quoted_names(texts: Texts | None) -> Texts:
    if texts is None or any(map(holes.has_holes, texts)):
        return (holes.IDENTIFIER,)
    return tuple('"' + each.replace('"', '""') + '"' for each in texts)


def _quoted_literals(texts: Texts | None) -> Texts:
    if texts is None or any(map(holes.has_holes, texts)):
        return (holes.LITERAL,)
    return tuple(map(_literal, texts))


def _literal(text: str) -> str:
    quoted = text.replace("'", "''")
    return "E'" + quoted.replace("\\", "\\\\") + "'" if "\\" in text else f"'{quoted}'"


_FORMATS: dict[str, Callable[[Texts | None], Texts | None]] = {
    "s": lambda texts: texts,
    "I": _quoted_names,
    "L": _quoted_literals,
}


def _aggregated(arguments: _Arguments) -> Texts | None:
    """Tell ``string_agg``, where repeating its one text cannot end a statement or open a quote."""
    texts, separator = arguments[0], arguments[1] if len(arguments) > 1 else None
    if texts is None or separator is None or len(texts) != 1 or len(separator) != 1:
        return None
    both = texts[0] + separator[0]
    return (texts[0], both + texts[0]) if not _REPEATABLE.sub("", both) else None


def _date(arguments: _Arguments) -> Texts | None:
    """Tell ``to_char`` with a form that gives nothing but digits, and single marks between them."""
    forms = arguments[1] if len(arguments) > 1 else None
    if forms is None or not all(map(_DIGITS.fullmatch, forms)):
        return None
    return holes.DIGITS


def _characters(arguments: _Arguments) -> Texts | None:
    texts = arguments[0]
    if texts is None or not all(each.isdecimal() and 0 < int(each) < 0x80 for each in texts):
        return None
    return tuple(chr(int(each)) for each in texts)


def _changed(change: Callable[[str], str]) -> Callable[[_Arguments], Texts | None]:
    def changed(arguments: _Arguments) -> Texts | None:
        texts = arguments[0] if len(arguments) == 1 else None
        if texts is None or any(map(holes.has_holes, texts)):
            return None
        return tuple(map(change, texts))

    return changed


TEXT_FUNCTIONS: dict[str, Callable[[_Arguments], Texts | None]] = {
    "concat": joined,
    "concat_ws": _concat_ws,
    "format": _format,
    "quote_ident": lambda arguments: _quoted_names(arguments[0]),
    "quote_literal": lambda arguments: _quoted_literals(arguments[0]),
    "quote_nullable": lambda arguments: _quoted_literals(arguments[0]),
    "string_agg": _aggregated,
    "lower": _changed(str.lower),
    "upper": _changed(str.upper),
    "btrim": _changed(lambda text: text.strip(" ")),
    "reverse": _changed(lambda text: text[::-1]),
    "chr": _characters,
    "to_char": _date,
}
"""By name: the texts of the result, from those of the arguments, of which there is at least one."""
