"""Where a value came from, and how a person sees it: never with a secret in it."""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pgassay.model.setting import DURATION, PAUSE, PERCENT, REASONS, URL, VARIABLES, Kind

_SECRET_NAME = re.compile(r"(?i)pass|secret|token|key|credential")


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A setting, the value that holds as a person may see it, and where that came from."""

    key: str
    value: str
    origin: str


def shown(value: object, kind: Kind[object]) -> str:
    """Render a value of a kind for ``pgassay config --explain``."""
    if value is None or value == ():
        return "not set"
    if kind.secret:
        return _shown_url(str(value)) if kind is URL else "***"
    if kind in (DURATION, PAUSE):
        return f"{value:g} s"
    if kind is VARIABLES and isinstance(value, tuple):
        return ", ".join(f"{name}={'***' if _SECRET_NAME.search(name) else text}" for name, text in value)
    if kind is REASONS and isinstance(value, tuple):
        return ", ".join(name for name, _ in value)
    if kind is PERCENT:
        return f"{value:g} %"
    return _shown_plain(value)


def _shown_plain(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case tuple():
            return ", ".join(str(each) for each in value)
        case StrEnum() | Path() | int() | str():
            return str(value)
        case _:
            return repr(value)


def _shown_url(text: str) -> str:
    from pgassay.model.errors import UsageError
    from pgassay.pg.target import parse_target  # psycopg loads slowly, and --version needs none of it

    try:
        return parse_target(text).shown
    except UsageError:
        return "(not a valid URL or conninfo string)"
