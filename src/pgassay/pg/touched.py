"""What a session's statements read, wrote and called, from the counts that the server keeps in the session.

Such a count goes on until the server hands it on to its statistics, which it does at most once a second
and never inside a transaction; a rollback takes nothing back. So two looks are compared, and where no
transaction holds them together, :data:`HAND_ON` has the server start from nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pgassay.pg.connection import Connection
from pgassay.pg.query import load, major_version, rows

HANDS_ON_SINCE = 150_000
"""The server version from which on counts can be handed on at will."""
HAND_ON = "select pg_catalog.pg_stat_force_next_flush()"
"""Has the server hand its counts on when the message ends, if no transaction is open then."""
_FUNCTION = "function"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What was done to one table, in rows, and how often it was scanned; of a function, ``calls`` only."""

    scans: int = 0
    inserted: int = 0
    updated: int = 0
    deleted: int = 0
    calls: int = 0

    def less(self, before: "Counted") -> "Counted":
        """Give what was added since; all of it, where the count began anew in between."""
        pairs = [(getattr(self, name), getattr(before, name)) for name in self.__slots__]
        if any(now < then for now, then in pairs):
            return self
        scans, inserted, updated, deleted, calls = (now - then for now, then in pairs)
        return Counted(scans=scans, inserted=inserted, updated=updated, deleted=deleted, calls=calls)


NOTHING = Counted()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Tables and functions by their numbers."""

    relations: Mapping[int, Counted]
    functions: Mapping[int, Counted]

    def since(self, before: "Counts") -> "Counts":
        """Give what was added since an earlier look of the same session."""
        return Counts(
            relations=_less(self.relations, before.relations),
            functions=_less(self.functions, before.functions),
        )


NO_COUNTS = Counts(relations={}, functions={})


def together(some: Counts, more: Counts) -> Counts:
    """Give all that is in one of two looks, which began at the same moment: of each count the higher one."""
    return Counts(
        relations=_higher(some.relations, more.relations), functions=_higher(some.functions, more.functions)
    )


def counting(major: int) -> str:
    """Give the query whose rows :func:`read_counts` takes."""
    return load("pgassay.pg", "counted", major=major).text


def read_counts(found: Iterable[tuple[object, ...]]) -> Counts:
    """Read the rows of the query, whoever sent it."""
    relations: dict[int, Counted] = {}
    functions: dict[int, Counted] = {}
    for kind, oid, *numbers in found:
        scans, inserted, updated, deleted = (int(str(each)) for each in numbers)
        if kind == _FUNCTION:
            functions[int(str(oid))] = Counted(calls=scans)
        else:
            relations[int(str(oid))] = Counted(
                scans=scans, inserted=inserted, updated=updated, deleted=deleted
            )
    return Counts(relations=relations, functions=functions)


def count(connection: Connection) -> Counts:
    """Ask a session of our own."""
    return read_counts(rows(connection, load("pgassay.pg", "counted", major=major_version(connection))))


def _higher(some: Mapping[int, Counted], more: Mapping[int, Counted]) -> Mapping[int, Counted]:
    pairs = {oid: (some.get(oid, NOTHING), more.get(oid, NOTHING)) for oid in some.keys() | more.keys()}
    return {
        oid: Counted(**{name: max(getattr(one, name), getattr(other, name)) for name in Counted.__slots__})
        for oid, (one, other) in pairs.items()
    }


def _less(after: Mapping[int, Counted], before: Mapping[int, Counted]) -> Mapping[int, Counted]:
    found = ((oid, each.less(before.get(oid, NOTHING))) for oid, each in after.items())
    return {oid: each for oid, each in found if each != NOTHING}
