"""The variables of a script: their names, their values, and how a value is put into SQL."""

import re
from collections.abc import MutableMapping

from pgassay.parse.psql.tokens import NAME

_NAME = re.compile(NAME)
_BOOLEAN_WORDS = ("true", "false", "yes", "no", "on", "off")
_ON_OFF = frozenset({
    "AUTOCOMMIT", "HIDE_TABLEAM", "HIDE_TOAST_COMPRESSION", "ON_ERROR_STOP", "QUIET", "SHOW_ALL_RESULTS",
    "SINGLELINE", "SINGLESTEP",
})  # fmt: skip
_CHOICES = {
    "COMP_KEYWORD_CASE": ("lower", "upper", "preserve-lower", "preserve-upper"),
    "ECHO": ("none", "errors", "queries", "all"),
    "HISTCONTROL": ("none", "ignorespace", "ignoredups", "ignoreboth"),
    "SHOW_CONTEXT": ("never", "errors", "always"),
    "VERBOSITY": ("default", "verbose", "terse", "sqlstate"),
}
_ON_OFF_OR = {"ON_ERROR_ROLLBACK": ("on", "off", "interactive"), "ECHO_HIDDEN": ("on", "off", "noexec")}
_WHEN_UNSET = {
    "COMP_KEYWORD_CASE": "preserve-upper", "ECHO": "none", "HISTCONTROL": "none", "SHOW_CONTEXT": "errors",
    "VERBOSITY": "default", "FETCH_COUNT": "0", "HISTSIZE": "500", "IGNOREEOF": "0",
}  # fmt: skip
_INTEGERS = frozenset({"FETCH_COUNT", "HISTSIZE"})

LONGEST_VALUE = 64 * 1024 * 1024
"""In characters; more is a script that doubles its variables. psql would run out of memory."""


class RefusedValue(ValueError):
    """A value that psql does not take; the message is psql's own."""


class Variables:
    """The script's view of the live mapping that the engine provides.

    ``active`` is false in a branch that is not taken: there, nothing is put in.
    """

    def __init__(self, values: MutableMapping[str, str]) -> None:
        self._values = values
        self.active = True

    def expand(self, token: str) -> str | None:
        """Give the text for ``:name``, ``:'name'``, ``:"name"`` or ``:{?name}``; ``None`` leaves it."""
        if not self.active:
            return None
        if token[1] == "{":
            return "TRUE" if self._values.get(token[3:-1]) is not None else "FALSE"
        if token[1] not in "'\"":
            return self._values.get(token[1:])
        value = self._values.get(token[2:-1])
        if value is None:
            return None
        return literal(value) if token[1] == "'" else identifier(value)

    def set(self, name: str, value: str) -> None:
        """Set a variable as ``\\set`` does. Raises RefusedValue."""
        if not _NAME.fullmatch(name):
            raise RefusedValue(f'invalid variable name: "{name}"')
        if len(value) > LONGEST_VALUE:
            raise RefusedValue(f'the value for "{name}" is longer than {LONGEST_VALUE} characters')
        self._values[name] = _checked(name, value)

    def unset(self, name: str) -> None:
        """Unset a variable; one that steers psql falls back to its default. Raises RefusedValue."""
        if not _NAME.fullmatch(name):
            raise RefusedValue(f'invalid variable name: "{name}"')
        if name in _ON_OFF or name in _ON_OFF_OR:
            self._values[name] = "off"
        elif name in _WHEN_UNSET:
            self._values[name] = _WHEN_UNSET[name]
        else:
            self._values.pop(name, None)


def literal(value: str) -> str:
    """Quote a value as libpq's PQescapeLiteral does."""
    quoted = value.replace("'", "''")
    if "\\" not in quoted:
        return f"'{quoted}'"
    return " E'" + quoted.replace("\\", "\\\\") + "'"


def identifier(value: str) -> str:
    """Quote a value as libpq's PQescapeIdentifier does."""
    return '"' + value.replace('"', '""') + '"'


def boolean(value: str, name: str) -> bool:
    """Read a Boolean as psql does: a beginning of true, false, yes, no, on or off, or 1 or 0.

    Raises RefusedValue.
    """
    word = value.lower()
    if word in ("1", "0"):
        return word == "1"
    minimum = 2 if word[:1] == "o" else 1
    for index, each in enumerate(_BOOLEAN_WORDS):
        if len(word) >= minimum and each.startswith(word):
            return index % 2 == 0
    raise RefusedValue(f'unrecognized value "{value}" for "{name}": Boolean expected')


def choice(value: str, name: str, choices: tuple[str, ...]) -> str:
    """Check that a value is one of the choices, without regard to case. Raises RefusedValue."""
    if value.lower() not in choices:
        raise RefusedValue(
            f'unrecognized value "{value}" for "{name}"\nAvailable values are: {", ".join(choices)}.'
        )
    return value.lower()


def _checked(name: str, value: str) -> str:
    if name in _ON_OFF or name in _ON_OFF_OR:
        value = value or "on"
    if name in _ON_OFF:
        boolean(value, name)
    elif name in _ON_OFF_OR:
        _check_on_off_or(name, value)
    elif name in _CHOICES:
        choice(value, name, _CHOICES[name])
    elif name in _INTEGERS and not re.fullmatch(r"\s*[-+]?[0-9]+", value):
        raise RefusedValue(f'invalid value "{value}" for "{name}": integer expected')
    return value


def _check_on_off_or(name: str, value: str) -> None:
    choices = _ON_OFF_OR[name]
    if value.lower() == choices[-1]:
        return
    try:
        boolean(value, name)
    except RefusedValue:
        choice(value, name, choices)
