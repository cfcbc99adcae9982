"""The values of a check's parameters, as the text that travels to the server.

What the settings say wins over the header's default. Values that every check may use come from the
surroundings, unless the check declares a parameter of that name itself.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from math import isfinite

from pgassay.model.check import CheckInfo, Parameter, ParameterKind
from pgassay.model.errors import UsageError

SHARED = ("ignored_schemas", "api_roles", "api_schemas")
"""Parameters that every check may use without declaring them."""

_EXPECTED = {
    ParameterKind.TEXT: "a text",
    ParameterKind.NUMBER: "a number",
    ParameterKind.BOOLEAN: "true or false",
    ParameterKind.NAMES: "a list of names",
    ParameterKind.TABLE: "a table, or a list of tables",
}


def values_of(check: CheckInfo, given: Mapping[str, object], *, origin: str = "") -> dict[str, str]:
    """Give a value to each parameter of a check: the given one, else its default.

    Raises:
        UsageError: the check has no such parameter, or a value does not fit; ``origin`` says where it stands.
    """
    known = {each.name: each for each in check.parameters}
    for name in given:
        if name not in known:
            raise _unknown(check, name, origin)
    return {
        name: _encoded(check, each, given.get(name, each.default), origin) for name, each in known.items()
    }


def array_literal(names: Sequence[str]) -> str:
    """Spell names as PostgreSQL spells an array of them."""
    quoted = (each.replace("\\", "\\\\").replace('"', '\\"') for each in names)
    return "{" + ",".join(f'"{each}"' for each in quoted) + "}"


def encode(kind: ParameterKind, value: object) -> str:
    """Spell a value of a settings file, or of a check's own text, as it travels.

    A check's text writes names with commas (``anon, authenticated``) or as an array literal (``{anon}``).

    Raises:
        ValueError: it does not fit the kind.
    """
    return _ENCODE[kind](value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError
    return value


def _number(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float | str) or not isfinite(float(value)):
        raise ValueError
    return str(value).strip()


def _boolean(value: object) -> str:
    word = str(value).lower()
    if not isinstance(value, bool | str) or word not in ("true", "false"):
        raise ValueError
    return word


def _names(value: object) -> str:
    if isinstance(value, str) and value.startswith("{") and value.endswith("}"):
        return value
    if isinstance(value, str):
        value = [each.strip() for each in value.split(",") if each.strip()]
    if not isinstance(value, list | tuple):
        raise ValueError
    return array_literal([_text(each) for each in value])


def _table(value: object) -> str:
    said = json.loads(value) if isinstance(value, str) else value
    if not isinstance(said, dict | list):
        raise ValueError
    return json.dumps(said, default=str)


_ENCODE: dict[ParameterKind, Callable[[object], str]] = {
    ParameterKind.TEXT: _text,
    ParameterKind.NUMBER: _number,
    ParameterKind.BOOLEAN: _boolean,
    ParameterKind.NAMES: _names,
    ParameterKind.TABLE: _table,
}


def _encoded(check: CheckInfo, parameter: Parameter, value: object, origin: str) -> str:
    try:
        return encode(parameter.kind, value)
    except ValueError as error:
        where = f" ({origin})" if origin else ""
        raise UsageError(
            f"checks.{check.name}.{parameter.name} is {value!r}{where}; "
            f"expected {_EXPECTED[parameter.kind]}.",
            remedy=f"pgassay checks show {check.name}",
        ) from error


def _unknown(check: CheckInfo, name: str, origin: str) -> UsageError:
    near = get_close_matches(name, [each.name for each in check.parameters], n=1)
    where = f" ({origin})" if origin else ""
    return UsageError(
        f"The check {check.name} has no parameter '{name}'{where}.",
        remedy=f"Did you mean '{near[0]}'?" if near else f"pgassay checks show {check.name}",
    )
