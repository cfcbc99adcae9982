"""What there is to be tried: relations, their columns, and what the catalogs say of the privileges on them.

Privileges decide only how much is tried: who has none is refused once, and that is the proof.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pgassay.checks.access.session import Row, Session, array
from pgassay.model.access import Action

OURS = ("prod_test_schema", "performance_monitoring")
_BITS = {Action.UPDATE: 4, Action.INSERT: 8, Action.DELETE: 16}
_TABLES = frozenset({"table", "partitioned table", "partition"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column; ``name`` is quoted. See ``sql/columns.sql`` for what the rest means."""

    name: str
    generated: bool
    writable: bool
    settable: bool
    required: bool
    filled: bool
    surrogate: bool
    foreign_key: bool
    leading: bool
    kin: str
    made: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignKey:
    """Columns that point elsewhere, and the statement that finds values for them."""

    columns: tuple[str, ...]
    finding: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What a role is granted on a relation: as a ``whole``, or on single ``columns`` only."""

    usage: bool
    whole: frozenset[Action]
    columns: tuple[tuple[Action, tuple[str, ...]], ...] = ()

    def on(self, action: Action) -> bool:
        """Whether the role has a privilege for this at all."""
        needed = Action.UPDATE if action is Action.MOVE else action
        return self.usage and (needed in self.whole or bool(self.columns_for(needed)))

    def columns_for(self, action: Action) -> tuple[str, ...]:
        """Give the columns that there is a privilege for, where there is none on the whole relation."""
        if action in self.whole:
            return ()
        return next((names for known, names in self.columns if known is action), ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A relation; ``name`` is quoted and qualified, ``size`` in bytes."""

    oid: int
    name: str
    kind: str
    owned: bool
    updatable: int
    size: int
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    foreign_keys: tuple[ForeignKey, ...]
    rights: tuple[tuple[str, Rights], ...]

    @property
    def is_table(self) -> bool:
        """Whether rows live in it, and row-level security can hold on it."""
        return self.kind in _TABLES

    def takes(self, action: Action) -> bool:
        """Whether the action makes sense here at all, whoever asks."""
        if action is Action.SELECT:
            return True
        if self.is_table:
            return True
        return self.kind != "materialized view" and bool(self.updatable & _BITS.get(action, 0))

    def rights_of(self, role: str) -> Rights:
        """Give what a role is granted."""
        return dict(self.rights)[role]


def read_relations(
    session: Session, roles: Sequence[str], *, schemas: Sequence[str] = (), ignored: Sequence[str] = ()
) -> tuple[Relation, ...]:
    """List what can be tried, by name. A partition that nobody has a privilege on is left out.

    Raises:
        Unavailable: the catalogs cannot be read.
    """
    found = session.ask("relations", schemas=array(schemas), ignored=array((*OURS, *ignored)))
    oids = array([str(row[0]) for row in found])
    columns = _grouped(session.ask("columns", oids=oids))
    keys = _grouped(session.ask("foreign_keys", oids=oids))
    rights = _grouped(session.ask("rights", oids=oids, roles=array(tuple(set(roles)))))
    relations = (
        _relation(row, columns.get(row[0], []), keys.get(row[0], []), rights.get(row[0], [])) for row in found
    )
    return tuple(each for each in relations if each.kind != "partition" or _reachable(each))


def _reachable(relation: Relation) -> bool:
    return any(rights.on(action) for _, rights in relation.rights for action in Action)


def _grouped(rows: Iterable[Row]) -> dict[str | None, list[Row]]:
    groups: dict[str | None, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[0], []).append(row[1:])
    return groups


def _relation(row: Row, columns: list[Row], keys: list[Row], rights: list[Row]) -> Relation:
    oid, name, kind, owned, updatable, size, key = (each or "" for each in row)
    return Relation(
        oid=int(oid),
        name=name,
        kind=kind,
        owned=owned == "1",
        updatable=int(updatable),
        size=int(size),
        key=_names(key),
        columns=tuple(_column(each) for each in columns),
        foreign_keys=tuple(ForeignKey(columns=_names(each[0]), finding=each[1] or "") for each in keys),
        rights=tuple((each[0] or "", _rights(each[1:])) for each in rights),
    )


def _column(row: Row) -> Column:
    name, generated, writable, settable, required, filled, surrogate, foreign_key, leading, kin, made = row
    return Column(
        name=name or "",
        generated=generated == "1",
        writable=writable == "1",
        settable=settable == "1",
        required=required == "1",
        filled=filled == "1",
        surrogate=surrogate == "1",
        foreign_key=foreign_key == "1",
        leading=leading == "1",
        kin=kin or "",
        made=made,
    )


def _rights(row: Row) -> Rights:
    usage, whole, *single = row
    actions = (Action.SELECT, Action.INSERT, Action.UPDATE)
    return Rights(
        usage=usage == "1",
        whole=frozenset(Action(word) for word in (whole or "").split()),
        columns=tuple((action, _names(names)) for action, names in zip(actions, single, strict=True)),
    )


def _names(text: str | None) -> tuple[str, ...]:
    return tuple(json.loads(text or "[]"))
