"""Carries what one database's store knows over into the store of another, such that nothing is lost.

The two are states of one store at different times. ``WHOLE`` brings rows of the other up to date, too;
``MISSING`` only adds those that it has not, since what it has may be newer by now. Rows are told apart by
their primary keys. All of it is carried in one transaction, or nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pgassay.pg.connection import Connection, sql
from pgassay.store.schema import install
from pgassay.store.session import Patience, Transaction, transaction

_WHILE_CARRYING = Patience(lock_ms=5_000, statement_ms=600_000)
_STAGE = sql.Identifier("pg_temp", "pgassay_carried")


class How(StrEnum):
    """What is carried."""

    WHOLE = "whole"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """How many rows were added, and how many were brought up to date."""

    added: int = 0
    changed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    schema: str
    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]

    @property
    def identifier(self) -> sql.Identifier:
        return sql.Identifier(self.schema, self.name)


def carry(source: Connection, target: Connection, how: How) -> Carried:
    """Carry rows from the store in one database into that in another, which is installed where it is missing.

    Raises:
        Unavailable: one of them has no store, is locked, or does not let us.
    """
    install(target)
    with transaction(source, _WHILE_CARRYING) as reading, transaction(target, _WHILE_CARRYING) as writing:
        there = {(each.schema, each.name): each for each in _tables(reading)}
        added = changed = 0
        for table in _tables(writing):
            other = there.get((table.schema, table.name))
            if other is None or not table.key:
                continue
            columns = [each for each in table.columns if each in other.columns]
            _stage(reading.connection, writing.connection, table, columns)
            if how is How.WHOLE:
                changed += _bring_up_to_date(writing.connection, table, columns)
            added += _add(writing.connection, table, columns)
            writing.connection.execute(sql.SQL("drop table {}").format(_STAGE))
    return Carried(added=added, changed=changed)


def _tables(begun: Transaction) -> list[_Table]:
    return [
        _Table(schema=schema, name=name, key=tuple(key), columns=tuple(columns))
        for schema, name, key, columns in begun.run("carried_tables")
    ]


def _stage(reading: Connection, writing: Connection, table: _Table, columns: Sequence[str]) -> None:
    """Put the rows of the source beside the table."""
    listed = _listed(columns)
    make = sql.SQL("create temp table {} on commit drop as select {} from {} with no data")
    writing.execute(make.format(sql.Identifier("pgassay_carried"), listed, table.identifier))
    out = sql.SQL("copy (select {} from {}) to stdout").format(listed, table.identifier)
    into = sql.SQL("copy {} ({}) from stdin").format(_STAGE, listed)
    with (
        reading.cursor() as reader,
        writing.cursor() as writer,
        reader.copy(out) as rows,
        writer.copy(into) as copy,
    ):
        for block in rows:
            copy.write(block)
    writing.execute(sql.SQL("analyze {}").format(_STAGE))


def _bring_up_to_date(writing: Connection, table: _Table, columns: Sequence[str]) -> int:
    others = [each for each in columns if each not in table.key]
    if not others:
        return 0
    update = sql.SQL(
        "update {table} as known set ({names}) = row({values}) from {stage} as carried "
        "where {same} and row({olds})::text is distinct from row({values})::text"
    )
    return writing.execute(
        update.format(
            table=table.identifier,
            names=_listed(others),
            stage=_STAGE,
            same=_same(table.key),
            olds=_listed(others, of="known"),
            values=_listed(others, of="carried"),
        )
    ).rowcount


def _add(writing: Connection, table: _Table, columns: Sequence[str]) -> int:
    insert = sql.SQL(
        "insert into {table} ({names}) select {names} from {stage} as carried "
        "where not exists (select from {table} as known where {same}) on conflict do nothing"
    )
    return writing.execute(
        insert.format(table=table.identifier, names=_listed(columns), stage=_STAGE, same=_same(table.key))
    ).rowcount


def _listed(names: Sequence[str], *, of: str = "") -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(of, each) if of else sql.Identifier(each) for each in names)


def _same(key: Sequence[str]) -> sql.Composed:
    equal = sql.SQL("known.{0} = carried.{0}")
    return sql.SQL(" and ").join(equal.format(sql.Identifier(each)) for each in key)
