"""Removes one unit of registered rows in one transaction, or leaves it as it was and says why.

A row is only removed when nothing that is not registered refers to it: such a row would be removed or changed
with it. It is locked first, so that nothing can come to refer to it any more. What the table's triggers do to
other rows shows in the counts that the session keeps, and undoes it all.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from pgassay.model.cleanup import Cleaned, Fate
from pgassay.model.errors import PgassayError, Unavailable
from pgassay.pg.connection import Connection, reason, sql
from pgassay.pg.touched import NOTHING, Counted, Counts, count
from pgassay.store.cleanup.keys import Graph, Key, keepers
from pgassay.store.cleanup.order import Reference, Unit
from pgassay.store.cleanup.registry import DELETE, Home, Registered
from pgassay.store.cleanup.rows import delete, is_there, lock, null, place_of
from pgassay.store.session import Patience, Transaction, transaction

Going = Mapping[int, Collection[str]]
"""Keys of rows that are removed with a row, by the number of their table."""


class _Left(Exception):
    """The unit cannot be removed; the message is a clause that says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What removing takes: the foreign keys, the registered rows by key, and how long to wait for a lock."""

    graph: Graph
    rows: Mapping[Key, Registered]
    patience: Patience


def by_table(keys: Iterable[Key]) -> dict[int, set[str]]:
    """Give the keys of rows by the number of their table."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    for oid, key in keys:
        found[oid].add(key)
    return found


def remove(connection: Connection, unit: Unit[Key], work: Work) -> tuple[Cleaned, ...]:
    """Remove a unit, and note that in the same transaction; nothing is given where somebody else does it.

    Raises:
        Unavailable: the connection was lost.
    """
    members = [work.rows[key] for key in unit.members]
    try:
        _refuse_stuck(unit, members)
        with _attempt(connection, work.patience) as begun:
            return _Removal(begun, unit, work).perform()
    except _Left as left:
        return _all_left(members, left)


def foretell(connection: Connection, unit: Unit[Key], work: Work, going: Going) -> tuple[Cleaned, ...]:
    """Say what :func:`remove` would do, as far as reading tells; what triggers do is not seen.

    Raises:
        Unavailable: the connection was lost.
    """
    members = [work.rows[key] for key in unit.members]
    try:
        _refuse_stuck(unit, members)
        with _attempt(connection, work.patience) as begun:
            begun.connection.execute("set transaction read only")
            present = {key for key in unit.members if is_there(connection, work.graph.homes[key[0]], key[1])}
            for key in present:
                _refuse_kept(connection, work.graph, key, going)
    except _Left as left:
        return _all_left(members, left)
    return tuple(
        Cleaned(entity=work.rows[key].entity, fate=Fate.TO_REMOVE if key in present else Fate.GONE)
        for key in unit.members
    )


@contextmanager
def _attempt(connection: Connection, patience: Patience) -> Iterator[Transaction]:
    """Open a transaction in which what the server refuses is a reason to leave the rows."""
    try:
        with transaction(connection, patience) as begun:
            begun.run("manners_of_removal")
            try:
                yield begun
            except Connection.Error as error:
                raise _Left(reason(str(error))) from error
    except _Left as left:
        if connection.closed:
            raise Unavailable(f"The connection was lost: {left}") from left
        raise
    except PgassayError as error:
        if connection.closed:
            raise
        raise _Left(reason(str(error.__cause__ or error.sentence))) from error


class _Removal:
    def __init__(self, begun: Transaction, unit: Unit[Key], work: Work) -> None:
        self._begun = begun
        self._connection = begun.connection
        self._unit = unit
        self._work = work
        self._graph = work.graph

    def perform(self) -> tuple[Cleaned, ...]:
        ids = [self._work.rows[key].entity.id for key in self._unit.members]
        if len(self._begun.run("claim_entities", ids=ids)) < len(ids):
            return ()
        present = [key for key in self._unit.members if lock(self._connection, *self._row(key))]
        going = by_table(self._unit.members)
        for key in present:
            _refuse_kept(self._connection, self._graph, key, going)
        before = count(self._connection)
        expected = self._delete(present)
        self._connection.execute("set constraints all immediate")
        notes = self._examine(count(self._connection).since(before), expected)
        self._begun.run("mark_cleaned_up", ids=ids)
        return tuple(
            Cleaned(
                entity=self._work.rows[key].entity,
                fate=Fate.REMOVED if key in present else Fate.GONE,
                notes=notes if key in present else (),
            )
            for key in self._unit.members
        )

    def _delete(self, present: list[Key]) -> Counts:
        """Delete the rows, each behind those that refer to it; give what at most may be counted for that."""
        self._defer()
        places = {key: place_of(self._connection, *self._row(key)) for key in present}
        changed = [places[each.child] for each in self._unit.nulled if self._null(each)]
        changed += [places[each.child] for each in self._unit.yielding if each.child in places]
        for key in present:
            if not delete(self._connection, *self._row(key)) and is_there(self._connection, *self._row(key)):
                raise _Left("a trigger or a rule of its table keeps it")
        deleted = list(places.values())
        found = {
            oid: Counted(deleted=deleted.count(oid), updated=changed.count(oid))
            for oid in {*deleted, *changed}
        }
        return Counts(relations=found, functions={})

    def _defer(self) -> None:
        keys = [self._graph.by_label(name) for name in sorted({each.key for each in self._unit.deferred})]
        if keys:
            names = sql.SQL(", ").join(sql.Identifier(each.schema, each.name) for each in keys)
            self._connection.execute(sql.SQL("set constraints {} deferred").format(names))

    def _null(self, reference: Reference[Key]) -> bool:
        """Make a reference within the unit lead nowhere; whether there was one."""
        columns = self._graph.by_label(reference.key).columns
        return null(self._connection, *self._row(reference.child), columns=columns)

    def _examine(self, done: Counts, expected: Counts) -> tuple[str, ...]:
        """See to it that no other row was removed or changed; rows that were added are only told of."""
        names: dict[int, str] = dict(self._begun.run("relation_names", oids=list(done.relations)))
        for oid, each in done.relations.items():
            known = expected.relations.get(oid, NOTHING)
            if each.deleted > known.deleted or each.updated > known.updated:
                raise _Left(f"a trigger would remove or change other rows, of {names.get(oid, oid)}")
        for (name,) in self._begun.run("emptied"):
            raise _Left(f"a trigger would empty {name}, or change its definition")
        added = {oid: each.inserted for oid, each in done.relations.items() if each.inserted}
        return tuple(f"a trigger added {rows} to {names.get(oid, oid)}" for oid, rows in added.items())

    def _row(self, key: Key) -> tuple[Home, str]:
        return self._graph.homes[key[0]], key[1]


def _all_left(members: list[Registered], why: _Left) -> tuple[Cleaned, ...]:
    return tuple(Cleaned(entity=each.entity, fate=Fate.LEFT, reason=str(why)) for each in members)


def _refuse_kept(connection: Connection, graph: Graph, key: Key, going: Going) -> None:
    found = keepers(connection, graph, key, going=going)
    if found:
        raise _Left(f"{', '.join(found)} would go with it, or hold it: not registered, or left itself")


def _refuse_stuck(unit: Unit[Key], members: list[Registered]) -> None:
    if unit.stuck:
        keys = ", ".join(unit.stuck)
        raise _Left(f"it is in a circle of foreign keys that are neither deferrable nor nullable: {keys}")
    if len(members) > 1 and any(each.entity.method == DELETE for each in members):
        raise _Left("it is in a circle of foreign keys, which the method DELETE does not open")
