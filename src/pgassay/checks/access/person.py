"""Who tries something on a relation, and what the catalogs say about that."""

from dataclasses import dataclass

from pgassay.checks.access.catalogue import Rights
from pgassay.model.identity import Identity


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An identity on a relation: its rights, and whether row-level security holds for it there."""

    identity: Identity
    rights: Rights
    secured: bool
