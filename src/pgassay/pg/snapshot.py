"""Reads a hash over the definition of each object of a database, and which objects each definition uses.

The texts that are hashed are those of :mod:`pgassay.pg.catalog.fingerprint`; the server hashes them.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from psycopg import Connection, RawCursor
from psycopg.errors import Error
from psycopg.rows import TupleRow

from pgassay.model.errors import Unavailable
from pgassay.model.touch import FUNCTION, POLICY, TABLE, TRIGGER, VIEW, CatalogObject, Object, Snapshot
from pgassay.pg.catalog.fingerprint import OURS
from pgassay.pg.connection import reason
from pgassay.pg.objects import MANNERS, Objects
from pgassay.pg.query import Query, load, major_version, rows

_CATALOG = "pgassay.pg.catalog"
_FAMILIES = (
    "relations",
    "columns",
    "column_order",
    "constraints",
    "indexes",
    "policies",
    "triggers",
    "rules",
    "functions",
    "types",
)
TYPE = "type"
"""No test touches a type by itself, but what uses one changes with it."""
_SPELLED = {"procedure": FUNCTION, "domain": TYPE}
"""Kinds that the fingerprint tells apart and tests do not."""
_CLASS, _PROC, _TYPE, _POLICY, _TRIGGER = 1259, 1255, 1247, 3256, 2620
"""The numbers of the catalogs of these, the same in every database."""


def take_snapshot(
    connection: Connection[TupleRow], objects: Objects, *, ignored: tuple[str, ...] = OURS
) -> Snapshot:
    """Hash the definitions of these objects, and of types, and read which of them use which.

    Raises:
        Unavailable: the catalogs cannot be read.
    """
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(MANNERS)
            hashes = list(_hashes(connection, ignored))
            parts = rows(connection, _query(connection, "object_parts"))
            types: dict[int, str] = dict(rows(connection, _query(connection, "types")))
    except Error as error:
        raise Unavailable(f"The catalogs cannot be read: {reason(str(error))}") from error
    placed = {(str(row[0]), str(row[1])): int(row[3]) for row in parts if row[0] != "use"}
    uses = [tuple(int(each) for each in row[2:]) for row in parts if row[0] == "use"]
    known = [each for each in hashes if _SPELLED.get(each[0], each[0]) != TYPE or each[1] in types.values()]
    return _snapshot(objects, known, placed, _Uses(objects, types, uses))


def _query(connection: Connection[TupleRow], name: str) -> Query:
    return load("pgassay.pg", name, major=major_version(connection))


def _hashes(connection: Connection[TupleRow], ignored: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """Give the kind, the name and a hash of every part of every object."""
    texts = [load(_CATALOG, name, major=major_version(connection)).text for name in _FAMILIES]
    every = " union all ".join(f"({text}\n)" for text in texts)
    cursor = RawCursor(connection)
    query = f"select kind, name, pg_catalog.md5(text) from ({every}) as every"  # noqa: S608 - our own files
    cursor.execute(query.encode(), [list(ignored)])
    yield from ((str(kind), str(name), str(text)) for kind, name, text in cursor.fetchall())


class _Uses:
    """Which object uses which, from numbers to names."""

    def __init__(self, objects: Objects, types: Mapping[int, str], links: Iterable[tuple[int, ...]]) -> None:
        named = {
            _PROC: (FUNCTION, {each.oid: each.name for each in objects.functions.values()}),
            _TYPE: (TYPE, types),
            _POLICY: (POLICY, {each.oid: each.name for each in objects.policies}),
            _TRIGGER: (TRIGGER, {each.oid: each.name for each in objects.triggers}),
        }
        self._known = {
            (class_, oid): Object(kind=kind, name=name)
            for class_, (kind, names) in named.items()
            for oid, name in names.items()
        }
        self._known |= {(_CLASS, each.oid): each.object for each in objects.relations.values()}
        self._found: defaultdict[Object, set[Object]] = defaultdict(set)
        for class_, oid, used_class, used in links:
            user, other = self._known.get((class_, oid)), self._known.get((used_class, used))
            if user is not None and other is not None and user != other:
                self._found[user].add(other)

    def of(self, each: Object) -> tuple[Object, ...]:
        return tuple(sorted(self._found.get(each, ())))


def _snapshot(
    objects: Objects,
    hashes: list[tuple[str, str, str]],
    placed: Mapping[tuple[str, str], int],
    uses: _Uses,
) -> Snapshot:
    tables = {each.name: each for each in objects.relations.values()}
    known = {each.object for each in tables.values()}
    known |= {Object(kind=FUNCTION, name=each.name) for each in objects.functions.values()}
    known |= {Object(kind=POLICY, name=each.name) for each in objects.policies}
    known |= {Object(kind=TRIGGER, name=each.name) for each in objects.triggers}
    parts: defaultdict[Object, list[str]] = defaultdict(list)
    for kind, name, text in hashes:
        table = tables.get(name) or tables.get(_owner(name))
        if kind == "index":
            table = objects.relations.get(placed.get((kind, name), 0), table)
        referred = objects.relations.get(placed.get(("reference", name), 0)) if kind == "constraint" else None
        own = Object(kind=_SPELLED.get(kind, kind), name=name)
        for each in (table, referred):
            if each is not None and own.kind not in (FUNCTION, TYPE):
                parts[each.object].append(f"{kind} {name} {text}")
        if (own in known and own.kind not in (TABLE, VIEW)) or own.kind == TYPE:
            parts[own].append(text)
    found = tuple(
        CatalogObject(
            kind=each.kind, name=each.name, digest=_digest(sorted(parts.get(each, ()))), uses=uses.of(each)
        )
        for each in sorted(known | parts.keys())
    )
    whole = _digest(f"{each.kind} {each.name} {each.digest}" for each in found)
    return Snapshot(id=whole, objects=found)


def _digest(texts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(texts).encode("utf-8", "surrogatepass")).hexdigest()


def _owner(name: str) -> str:
    """Give what stands before the last part of a dotted name, which may be quoted and have dots in it."""
    if not name.endswith('"'):
        return name.rpartition(".")[0]
    start = len(name) - 1
    while (start := name.rfind('"', 0, start)) > 0 and name[start - 1] == '"':
        start -= 1
    return name[: start - 1] if start > 0 else ""
