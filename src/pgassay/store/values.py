"""Makes values fit for PostgreSQL's text and jsonb, and reads them back.

A text column cannot hold the character NUL, nor half of a surrogate pair, and a database in another
encoding than UTF-8 cannot hold every character. Whatever a test printed must still be stored, so such
characters are replaced, visibly.
"""

import re
from collections.abc import Callable
from functools import partial
from typing import TypeVar

import msgspec

Cleaner = Callable[[str], str]
Value = TypeVar("Value")

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_EVERYTHING = frozenset({"UTF8", "SQL_ASCII"})
_SINGLE_BYTE = {
    "LATIN1": "iso8859-1",
    "LATIN2": "iso8859-2",
    "LATIN5": "iso8859-9",
    "LATIN7": "iso8859-13",
    "LATIN9": "iso8859-15",
    "WIN1250": "cp1250",
    "WIN1251": "cp1251",
    "WIN1252": "cp1252",
    "KOI8R": "koi8-r",
}
"""Encodings whose characters Python and the server agree upon. Of the others only ASCII is certain."""
_CONTROLS = re.compile("[\0\x80-\x9f]")


def cleaner(server_encoding: str) -> Cleaner:
    """Give the function that makes a text storable in a database of that encoding.

    NUL becomes ``␀`` (U+2400) and a lone surrogate ``\N{REPLACEMENT CHARACTER}``; where the encoding is
    not UTF-8, what is beyond it is written as in a Python string literal. Names of the database itself are
    in its encoding, so they come back as they are, to be compared.
    """
    if server_encoding in _EVERYTHING:
        return _storable
    return partial(_written, _SINGLE_BYTE.get(server_encoding, "ascii"))


def to_json(value: object, clean: Cleaner) -> str:
    """Give a value of the model (or a tuple of them) as JSON."""
    return msgspec.json.encode(_cleaned(msgspec.to_builtins(value), clean)).decode()


def from_json(text: str, kind: type[Value]) -> Value:
    """Give the value of that kind back."""
    return msgspec.json.decode(text, type=kind)


def _storable(text: str) -> str:
    return _UNSTORABLE.sub(_replacement, text)


def _written(codec: str, text: str) -> str:
    plain = _CONTROLS.sub(lambda found: f"\\x{ord(found[0]):02x}", text)
    return plain.encode(codec, "backslashreplace").decode(codec)


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
