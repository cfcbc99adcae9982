"""Which rows refer to which: the foreign keys that lead to tables with registered rows, and their use."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pgassay.pg.connection import Connection, sql
from pgassay.store.cleanup.order import Reference
from pgassay.store.cleanup.registry import Home, Registered
from pgassay.store.session import Transaction

_SHOWN = 3
"""How many rows that keep another one are named."""

Key = tuple[int, str]
"""A registered row: the number of its table, and its key as text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignKey:
    """A foreign key of ``schema.table`` over ``columns``, which refer to ``referred``.

    ``names`` is the primary key of the referring table. ``parents`` and ``children`` are the numbers of the
    tables with registered rows that are at either end of it, as a whole or as partitions.
    """

    name: str
    schema: str
    table: str
    columns: tuple[str, ...]
    referred: tuple[str, ...]
    names: tuple[str, ...]
    deferrable: bool
    yielding: bool
    nullable: bool
    parents: frozenset[int]
    children: frozenset[int]

    @property
    def label(self) -> str:
        """What messages call it; no other has the same."""
        return f"{self.schema}.{self.table}.{self.name}"

    def joins(self, child: str, parent: str) -> sql.Composed:
        """Write the condition that a row of one refers to a row of the other, by their aliases."""
        pairs = zip(self.columns, self.referred, strict=True)
        return sql.SQL(" and ").join(
            sql.SQL("{} = {}").format(sql.Identifier(child, own), sql.Identifier(parent, other))
            for own, other in pairs
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """The tables of the registered rows by number, and the foreign keys that lead to them."""

    homes: Mapping[int, Home]
    keys: tuple[ForeignKey, ...]

    def by_label(self, label: str) -> ForeignKey:
        """Give a foreign key."""
        return next(each for each in self.keys if each.label == label)


def read_graph(begun: Transaction, rows: Iterable[Registered]) -> Graph:
    """Read the foreign keys that lead to the tables of these rows."""
    homes = {each.home.oid: each.home for each in rows if each.home is not None}
    found = begun.run("referring_keys", homes=list(homes))
    return Graph(homes=homes, keys=tuple(_foreign_key(row) for row in found))


def references(
    connection: Connection, graph: Graph, keys: Mapping[int, Collection[str]]
) -> Iterator[Reference[Key]]:
    """Give the references between registered rows; ``keys`` are theirs by the number of their table."""
    for each in graph.keys:
        for parent in sorted(each.parents & keys.keys()):
            for child in sorted(each.children & keys.keys()):
                yield from _between(connection, each, (graph.homes[parent], graph.homes[child]), keys)


def _between(
    connection: Connection, key: ForeignKey, ends: tuple[Home, Home], keys: Mapping[int, Collection[str]]
) -> Iterator[Reference[Key]]:
    parent, child = ends
    query = sql.SQL(
        "select p.{pk}::text, c.{ck}::text from {parent} as p join {child} as c on {joins}"
        " where p.{pk} = any (%s::{pt}[]) and c.{ck} = any (%s::{ct}[])"
    ).format(
        pk=sql.Identifier(parent.key_column),
        ck=sql.Identifier(child.key_column),
        parent=parent.table,
        child=child.table,
        joins=key.joins("c", "p"),
        pt=parent.type,
        ct=child.type,
    )
    found = connection.execute(query, [list(keys[parent.oid]), list(keys[child.oid])])
    for parent_key, child_key in found:
        yield Reference(
            child=(child.oid, child_key),
            parent=(parent.oid, parent_key),
            key=key.label,
            deferrable=key.deferrable,
            yielding=key.yielding,
            nullable=key.nullable,
        )


def keepers(
    connection: Connection, graph: Graph, row: Key, *, going: Mapping[int, Collection[str]]
) -> tuple[str, ...]:
    """Name the rows that refer to a row, but for those that are ``going``; a few of each foreign key."""
    home = graph.homes[row[0]]
    found: list[str] = []
    for each in graph.keys:
        if home.oid in each.parents:
            found += _keepers(connection, (graph, each), (home, row[1]), going)
    return tuple(found)


def _keepers(
    connection: Connection,
    by: tuple[Graph, ForeignKey],
    row: tuple[Home, str],
    going: Mapping[int, Collection[str]],
) -> list[str]:
    (graph, key), (home, value) = by, row
    excluded, values = _excluded(graph, key, going)
    named = [sql.Identifier("c", name) for name in key.names] or [sql.Identifier("c", "ctid")]
    query = sql.SQL(
        "select pg_catalog.concat_ws(', ', {named}) from {child} as c join {parent} as p on {joins}"
        " where p.{pk} = %s::{pt}{excluded} limit {limit}"
    ).format(
        named=sql.SQL(", ").join(named),
        child=sql.Identifier(key.schema, key.table),
        parent=home.table,
        joins=key.joins("c", "p"),
        pk=sql.Identifier(home.key_column),
        pt=home.type,
        excluded=excluded,
        limit=sql.Literal(_SHOWN + 1),
    )
    found = [str(text) for (text,) in connection.execute(query, [value, *values])]
    names = [f"{key.schema}.{key.table} {text}" for text in found[:_SHOWN]]
    return [*names, f"more of {key.schema}.{key.table}"] if len(found) > _SHOWN else names


def _excluded(
    graph: Graph, key: ForeignKey, going: Mapping[int, Collection[str]]
) -> tuple[sql.Composable, list[Any]]:
    """Leave rows of the referring table out, by the table that they are really in and by their keys."""
    parts: list[sql.Composable] = []
    values: list[Any] = []
    for oid in sorted(key.children & going.keys()):
        home = graph.homes[oid]
        inside = sql.SQL("select t.tableoid, t.ctid from {} as t where t.{} = any (%s::{}[])").format(
            home.table, sql.Identifier(home.key_column), home.type
        )
        parts.append(sql.SQL(" and (c.tableoid, c.ctid) not in ({})").format(inside))
        values.append(list(going[oid]))
    return sql.SQL("").join(parts), values


def _foreign_key(row: tuple[Any, ...]) -> ForeignKey:
    name, schema, table, columns, referred, names, *rest = row
    deferrable, yielding, nullable, parents, children = rest
    return ForeignKey(
        name=name,
        schema=schema,
        table=table,
        columns=tuple(columns),
        referred=tuple(referred),
        names=tuple(names),
        deferrable=deferrable,
        yielding=yielding,
        nullable=nullable,
        parents=frozenset(parents),
        children=frozenset(children),
    )
