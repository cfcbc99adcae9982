"""Looks, behind each statement of a transaction, at the locks that it took and at what it wrote again.

Only what was there before the transaction counts: nobody waits for what nobody sees yet.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pgassay.migrate.history import ask
from pgassay.model.migrate import HeldLock
from pgassay.pg.connection import Connection

_STRENGTH = (
    "AccessShareLock",
    "RowShareLock",
    "RowExclusiveLock",
    "ShareUpdateExclusiveLock",
    "ShareLock",
    "ShareRowExclusiveLock",
    "ExclusiveLock",
    "AccessExclusiveLock",
)


@dataclass(slots=True)
class Observer:
    """One transaction's observer: ``begin`` it before the first statement, then ``look`` behind each."""

    _names: Mapping[int, str] = field(default_factory=dict)
    _files: dict[int, int] = field(default_factory=dict)
    _held: dict[int, int] = field(default_factory=dict)

    def begin(self, connection: Connection) -> None:
        """Remember what there is."""
        found = ask(connection, "relation_files")
        self._names = {oid: name for oid, name, _, _ in found}
        self._files = {oid: file for oid, _, file, _ in found if file is not None}
        self._held = {}

    def look(self, connection: Connection) -> tuple[tuple[HeldLock, ...], tuple[str, ...]]:
        """Give the locks that are new or stronger, and the tables that have other files."""
        locks = [
            HeldLock(relation=self._names[oid], mode=_STRENGTH[strength])
            for oid, strength in self._strongest(connection)
            if oid in self._names and strength > self._held.get(oid, 0)
        ]
        self._held |= dict(self._strongest(connection))
        return tuple(sorted(locks, key=lambda each: each.relation)), self._rewritten(connection)

    def _strongest(self, connection: Connection) -> list[tuple[int, int]]:
        found: dict[int, int] = {}
        for oid, mode in ask(connection, "own_locks"):
            found[oid] = max(found.get(oid, 0), _STRENGTH.index(mode))
        return list(found.items())

    def _rewritten(self, connection: Connection) -> tuple[str, ...]:
        written = []
        for oid, _, file, kind in ask(connection, "relation_files"):
            if kind in ("r", "m") and file is not None and self._files.get(oid, file) != file:
                written.append(self._names[oid])
            if oid in self._names and file is not None:
                self._files[oid] = file
        return tuple(sorted(written))
