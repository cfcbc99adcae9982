"""What a test file touches in its database, how that is known, and what of a database no file touches."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Known(StrEnum):
    """How it is known that a file touches an object; the first is the surest."""

    MEASURED = "measured"
    """The server counted it, or a lock was held on it."""
    INFERRED = "inferred"
    """It follows from what was counted and from the file's text; policies are never known otherwise."""
    NAMED = "named"
    """The file's text has its name, and nothing else is known."""


TABLE, VIEW, FUNCTION, POLICY, TRIGGER = KINDS = ("table", "view", "function", "policy", "trigger")
"""The kinds of objects that a file can touch. A materialized view is a view, a procedure a function."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Object:
    """An object of a database: ``schema.table``, ``schema.function(types)``, ``schema.table.policy``."""

    kind: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """An object that a file touches."""

    kind: str
    name: str
    known: Known

    @property
    def object(self) -> Object:
        """What is touched."""
        return Object(kind=self.kind, name=self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Touches:
    """All that one attempt at a file touched, and the SHA-256 of the text that it had then.

    ``calls_counted``: the server counted calls of functions.
    """

    text: str
    touched: tuple[Touch, ...] = ()
    calls_counted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogObject:
    """An object with a hash over its definition, and the objects that the definition uses.

    A table's includes its columns, constraints, indexes, policies and triggers.
    """

    kind: str
    name: str
    digest: str
    uses: tuple[Object, ...] = ()

    @property
    def object(self) -> Object:
        """The object itself."""
        return Object(kind=self.kind, name=self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The objects of a database at one moment; ``id`` is a SHA-256 over them all."""

    id: str
    objects: tuple[CatalogObject, ...] = field(default=(), repr=False)


def changed_between(before: Snapshot, after: Snapshot) -> frozenset[Object]:
    """Give what was added, removed or changed from one moment to another."""
    if before.id == after.id:
        return frozenset()
    old = {each.object: each.digest for each in before.objects}
    new = {each.object: each.digest for each in after.objects}
    return frozenset(each for each in old.keys() | new.keys() if old.get(each) != new.get(each))


def users_of(wanted: frozenset[Object], *snapshots: Snapshot) -> frozenset[Object]:
    """Give objects, and all that uses one of them, directly or through others."""
    users: dict[Object, set[Object]] = {}
    for snapshot in snapshots:
        for each in snapshot.objects:
            for used in each.uses:
                users.setdefault(used, set()).add(each.object)
    found, left = set(wanted), list(wanted)
    while left:
        more = users.get(left.pop(), set()) - found
        found |= more
        left += more
    return frozenset(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTouches:
    """What is known of a file from the latest run that recorded it.

    ``red``: it did not come to its end then, or failed, so that more may be touched.
    """

    path: str
    text: str
    objects: frozenset[Object]
    red: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RunTouches:
    """What the files of a run touched, each object with the surest way in which that is known.

    ``files`` is how many were recorded of ``ran``; ``calls_counted``: calls of functions were, everywhere.
    """

    run: str
    ran: int
    files: int
    calls_counted: bool
    objects: tuple[Object, ...]
    known: Mapping[Object, Known]
