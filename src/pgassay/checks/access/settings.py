"""The settings of an access check: their types, defaults and checks."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pgassay.model.identity import Identity
from pgassay.model.setting import PATH, TEXTS, Kind, Unfit, setting, whole

_KEYS = frozenset({"name", "role", "claims", "set"})
BASELINE = Path("access.toml")


def _read_identities(value: object) -> tuple[Identity, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise ValueError
    found = tuple(_read_identity(each) for each in value)
    names = [each.name for each in found]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise Unfit(f"two identities are called {twice[0]}")
    return found


def _read_identity(value: object) -> Identity:
    if not isinstance(value, Mapping):
        raise ValueError
    if unknown := sorted(set(value) - _KEYS):
        raise Unfit(f"an identity has no {unknown[0]}, only {', '.join(sorted(_KEYS))}")
    name, role = value.get("name"), value.get("role")
    claims, given = value.get("claims", {}), value.get("set", {})
    if not isinstance(role, str) or not role:
        raise Unfit("an identity needs a role")
    if not isinstance(claims, Mapping) or not isinstance(given, Mapping):
        raise Unfit(f"the claims and the settings of {name or role} are tables")
    if name is not None and not (isinstance(name, str) and name):
        raise Unfit("the name of an identity is a text")
    return Identity(
        name=name or role,
        role=role,
        claims=json.dumps({"role": role, **claims}) if claims else "",
        settings=tuple((str(key), _text(each)) for key, each in given.items()),
    )


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, str | int | float):
        return str(value)
    raise ValueError


IDENTITIES = Kind(
    expected="a list of tables [[access.identities]], each with a role, and, as needed, a name of its own, "
    "claims and set",
    read=_read_identities,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessSettings:
    """Everything that ``[access]`` may say. Attributes ending in ``_ms`` are in milliseconds."""

    identities: tuple[Identity, ...] = setting(
        (),
        IDENTITIES,
        help="Who tries. Not set: anon, authenticated twice and service_role where they are, and roles that "
        "log in.",
    )
    baseline: Path = setting(
        BASELINE, PATH, help="The file that keeps the matrix as it should be.", flag="--baseline"
    )
    schemas: tuple[str, ...] = setting(
        (), TEXTS, help="The schemas to try. Not set: all that are the database's own.", flag="--schema"
    )
    ignored_schemas: tuple[str, ...] = setting((), TEXTS, help="Schemas that are left out.")
    sample: int = setting(8, whole(least=2), help="How many rows of a relation things are tried on.")
    statement_timeout_ms: int = setting(
        5_000, whole(least=1), help="How long a single try may take before it is given up."
    )
    lock_timeout_ms: int = setting(500, whole(least=1), help="How long a single try may wait for a lock.")
