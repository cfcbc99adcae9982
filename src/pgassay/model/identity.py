"""Whoever comes to a database: a role, and what a request carries with it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

_OF_EVERY_TOKEN = frozenset({"role", "aud", "iss", "exp", "iat", "nbf", "jti", "aal", "amr"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Somebody who uses the database: a role, the claims of a JWT (as JSON text), and other settings."""

    name: str
    role: str
    claims: str = field(default="", repr=False)
    settings: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        """Who it is, as the claim ``sub`` says."""
        found = json.loads(self.claims).get("sub", "") if self.claims else ""
        return str(found)

    @property
    def claimed(self) -> tuple[tuple[str, str], ...]:
        """The texts and numbers in its claims and settings, by their last names: ``tenant_id``, ``42``.

        Without what every token has, which says nothing about rows.
        """
        known = json.loads(self.claims) if self.claims else {}
        claims = _leaves("", {key: each for key, each in known.items() if key not in _OF_EVERY_TOKEN})
        return (*claims, *((name.rpartition(".")[2], value) for name, value in self.settings))


def _leaves(name: str, claim: object) -> Iterator[tuple[str, str]]:
    match claim:
        case dict():
            for key, each in claim.items():
                yield from _leaves(str(key), each)
        case list():
            for each in claim:
                yield from _leaves(name, each)
        case bool() | None:
            pass
        case _:
            yield name, str(claim)
