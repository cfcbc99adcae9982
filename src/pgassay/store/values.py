"""Makes values fit for PostgreSQL's text and jsonb, and reads them back.

A text column cannot hold the character NUL, nor half of a surrogate pair, and a database in another
encoding than UTF-8 cannot hold every character. Whatever a test printed must still be stored, so such
characters are replaced, visibly.
"""

import re
from collections.abc import Callable
from typing import TypeVar

import msgspec

Cleaner = Callable[[str], str]
Value = TypeVar("Value")

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_EVERYTHING = frozenset({"UTF8", "SQL_ASCII"})


def cleaner(server_encoding: str) -> Cleaner:
    """Give the function that makes a text storable in a database of that encoding.

    NUL becomes ``␀`` (U+2400) and a lone surrogate ``\N{REPLACEMENT CHARACTER}``; where the encoding is
    not UTF-8, what is beyond ASCII is written as in a Python string literal.
    """
    return _storable if server_encoding in _EVERYTHING else _ascii


def to_json(value: object, clean: Cleaner) -> str:
    """Give a value of the model (or a tuple of them) as JSON."""
    return msgspec.json.encode(_cleaned(msgspec.to_builtins(value), clean)).decode()


def from_json(text: str, kind: type[Value]) -> Value:
    """Give the value of that kind back."""
    return msgspec.json.decode(text, type=kind)


def _storable(text: str) -> str:
    return _UNSTORABLE.sub(_replacement, text)


def _ascii(text: str) -> str:
    return text.replace("\0", "\\x00").encode("ascii", "backslashreplace").decode("ascii")


def _replacement(found: re.Match[str]) -> str:
    return "\N{SYMBOL FOR NULL}" if found[0] == "\0" else "\N{REPLACEMENT CHARACTER}"


def _cleaned(plain: object, clean: Cleaner) -> object:
    if isinstance(plain, str):
        return clean(plain)
    if isinstance(plain, dict):
        return {_cleaned(key, clean): _cleaned(value, clean) for key, value in plain.items()}
    if isinstance(plain, list | tuple):
        return [_cleaned(each, clean) for each in plain]
    return plain
