"""How an engine describes its settings: the type, the default, the check and one line of help.

An engine keeps its settings in a frozen dataclass whose fields are made by :func:`setting`; ``config``
finds them by :func:`settings_of`, fills them from files, environment and flags, and explains them. So
a new setting is one new line, beside the engine that uses it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Generic, TypeVar

from pgassay.model.duration import EXPECTED as A_DURATION
from pgassay.model.duration import parse_duration

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
E = TypeVar("E", bound=StrEnum)

_METADATA_KEY = "pgassay"
_DAY_S = 86_400


class Unfit(ValueError):
    """A value that does not fit its setting, with a sentence on what exactly is wrong with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Generic[T_co]):
    """What a value must be.

    ``read`` takes what TOML or a command line gave and raises ``ValueError`` where it does not fit;
    ``expected`` completes the sentence "expected …". A ``secret`` value is never shown as it is.
    ``located`` values are paths, which a settings file writes relative to itself.
    """

    expected: str
    read: Callable[[object], T_co]
    secret: bool = False
    located: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting: ``name`` is the attribute, ``key`` what a settings file calls it."""

    name: str
    key: str
    default: object
    kind: Kind[object]
    help: str
    environment: str = ""
    flag: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Description:
    kind: Kind[object]
    help: str
    environment: str
    flag: str


def setting(default: T, kind: Kind[T], *, help: str, environment: str = "", flag: str = "") -> T:
    """Describe a field of a settings dataclass; used as its default value."""
    description = _Description(kind=kind, help=help, environment=environment, flag=flag)
    return field(default=default, metadata={_METADATA_KEY: description})


def settings_of(owner: type) -> tuple[Setting, ...]:
    """Give the settings of a dataclass, in their order. Attributes in seconds end in ``_s``, keys do not."""
    found = []
    for each in fields(owner):
        description = each.metadata.get(_METADATA_KEY)
        if isinstance(description, _Description):
            found.append(
                Setting(
                    name=each.name,
                    key=each.name.removesuffix("_s"),
                    default=each.default,
                    kind=description.kind,
                    help=description.help,
                    environment=description.environment,
                    flag=description.flag,
                )
            )
    return tuple(found)


def _read_text(value: object) -> str:
    if isinstance(value, str) and value:
        return value
    raise ValueError


def _read_texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (_read_text(value),)
    if isinstance(value, Sequence):
        return tuple(_read_text(each) for each in value)
    raise ValueError


def _read_switch(value: object) -> bool:
    if isinstance(value, bool):
        return value
    words = {
        "true": True,
        "on": True,
        "yes": True,
        "1": True,
        "false": False,
        "off": False,
        "no": False,
        "0": False,
    }
    if isinstance(value, str) and value.lower() in words:
        return words[value.lower()]
    raise ValueError


def _read_duration(value: object) -> float:
    if not isinstance(value, int | float | str):
        raise ValueError
    return parse_duration(str(value))


def _read_days(value: object) -> float:
    seconds = _read_duration(value)
    if seconds < _DAY_S:
        raise ValueError
    return seconds


def _read_pause(value: object) -> float:
    none = str(value).strip().removesuffix("s").strip() in ("0", "0.0") and not isinstance(value, bool)
    return 0.0 if none else _read_duration(value)


def _read_variables(value: object) -> tuple[tuple[str, str], ...]:
    pairs: dict[str, str] = {}
    if isinstance(value, Mapping):
        for name, content in value.items():
            if not isinstance(content, str | int | float):
                raise ValueError
            pairs[name] = str(content).lower() if isinstance(content, bool) else str(content)
    else:
        for each in _read_texts(value):
            name, equals, content = each.partition("=")
            if not equals:
                raise ValueError
            pairs[name] = content
    if not all(name.isidentifier() for name in pairs):
        raise ValueError
    return tuple(sorted(pairs.items()))


def _read_reasons(value: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, Mapping):
        raise ValueError
    return tuple(sorted((_read_text(name), _read_text(reason)) for name, reason in value.items()))


def _read_percent(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError
    share = float(value)
    if not 0 <= share <= 100:
        raise ValueError
    return share


def whole(*, least: int) -> Kind[int]:
    """Describe a whole number of at least ``least``."""

    def read(value: object) -> int:
        if isinstance(value, str) and value.strip().isdecimal():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            raise ValueError
        return value

    return Kind(expected=f"a whole number of at least {least}", read=read)


def choice(options: type[E]) -> Kind[E]:
    """Describe one of a few words."""

    def read(value: object) -> E:
        word = _read_text(value).lower()
        return next((each for each in options if each.lower() == word), None) or options(word)

    return Kind(expected="one of " + ", ".join(options), read=read)


TEXT = Kind(expected="a text", read=_read_text)
TEXTS = Kind(expected="a list of texts", read=_read_texts)
PATTERNS = Kind(expected="a list of patterns", read=_read_texts)
PATHS = Kind(expected="a list of paths or globs", read=_read_texts, located=True)
PATH = Kind(expected="a path", read=lambda value: Path(_read_text(value)), located=True)
SWITCH = Kind(expected="true or false", read=_read_switch)
DURATION = Kind(expected=A_DURATION, read=_read_duration)
DAYS = Kind(expected="a time of at least a day, such as 90d", read=_read_days)
PAUSE = Kind(expected=f"0, or {A_DURATION}", read=_read_pause)
SECRET = Kind(expected="a text, in which ${NAME} is expanded", read=_read_text, secret=True)
SECRETS = Kind(expected="a list of texts, in which ${NAME} is expanded", read=_read_texts, secret=True)
URL = Kind(expected="a PostgreSQL URL or conninfo string", read=_read_text, secret=True)
VARIABLES = Kind(expected="a table of NAME = VALUE, or texts NAME=VALUE", read=_read_variables)
REASONS = Kind(expected='a table of ID = "the reason"', read=_read_reasons)
PERCENT = Kind(expected="a number from 0 to 100", read=_read_percent)
