"""Lists the mutants of a database, in an order that stays the same while its schema does.

Never mutated: the system's objects, those of extensions (pgTAP itself), and what pgassay keeps its own
records in.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from pgassay.model.mutate import Kind, Mutant, Touched
from pgassay.mutate.body.text import Body
from pgassay.mutate.kinds import BodyOperator, all_kinds, body_kinds, query_kinds, query_of
from pgassay.pg.connection import Connection
from pgassay.pg.query import load, major_version, rows

_PACKAGE = "pgassay.mutate"
Row = tuple[Any, ...]
_PROC = "pg_proc"
_OURS = ("prod_test_schema", "performance_monitoring")


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All mutants of a database.

    ``fingerprint`` changes with its schema; ``spared`` are schemas whose functions are left alone, because
    pgTAP's are among them.
    """

    mutants: tuple[Mutant, ...]
    fingerprint: str
    spared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A mutant with the catalog and the number of the object that it belongs to, and numbers to be named."""

    class_: str
    oid: int
    mutant: Mutant
    relations: tuple[int, ...]
    functions: tuple[int, ...] = ()


def list_mutants(connection: Connection) -> Catalogue:
    """List every mutant of every kind."""
    connection.execute("select pg_catalog.set_config('search_path', '', false)")
    schemas = _query(connection, "schemas", ours=list(_OURS))
    names = [str(name) for _, name, _ in schemas]
    spared = tuple(str(name) for _, name, is_spared in schemas if is_spared)
    owned = [name for name in names if name not in spared]
    found = [*_from_queries(connection, names), *_from_bodies(connection, owned)]
    never = {(str(class_), int(oid)) for class_, oid in _query(connection, "extension_members")}
    never |= {(_PROC, int(oid)) for (oid,) in _query(connection, "routines_of", schemas=list(spared))}
    kept = [each for each in found if (each.class_, each.oid) not in never]
    ((fingerprint,),) = _query(connection, "fingerprint", schemas=[oid for oid, *_ in schemas])
    return Catalogue(mutants=_named(connection, kept), fingerprint=str(fingerprint or ""), spared=spared)


def _query(connection: Connection, name: str, **values: object) -> list[Row]:
    return rows(connection, load(_PACKAGE, name, major=major_version(connection)), **values)


def _from_queries(connection: Connection, schemas: list[str]) -> Iterator[_Found]:
    major = major_version(connection)
    for kind in query_kinds():
        for row in rows(connection, query_of(kind, major=major), schemas=schemas):
            yield _read(kind, row)


def _read(kind: Kind, row: Row) -> _Found:
    class_, oid, subject, object_, name, description, ddl, relations, *functions = row
    mutant = Mutant(
        id=f"{kind.name}:{subject}",
        kind=kind.name,
        object=str(object_),
        name=str(name),
        description=str(description),
        ddl=str(ddl),
    )
    return _Found(
        class_=str(class_),
        oid=int(oid),
        mutant=mutant,
        relations=tuple(relations),
        functions=tuple(functions[0]) if functions else (),
    )


def _from_bodies(connection: Connection, schemas: list[str]) -> Iterator[_Found]:
    routines = _query(connection, "routines", schemas=schemas)
    for kind, operator in body_kinds():
        for row in routines:
            yield from _rewritten(kind, operator, row)


def _rewritten(kind: Kind, operator: BodyOperator, row: Row) -> Iterator[_Found]:
    class_, oid, object_, name, language, returns, many, definition, text, before_row, relations = row
    body = Body(text=text, language=language, returns=returns, many=many, before_row=before_row)
    for number, edit in enumerate(operator.edits(body), start=1):
        ddl = _with_body(definition, text, body.changed(edit))
        if ddl is None:
            continue
        mutant = Mutant(
            id=f"{kind.name}:{object_}#{number}",
            kind=kind.name,
            object=object_,
            name=name,
            description=f"{object_} line {body.line(edit.start)}: {edit.description}",
            ddl=ddl,
        )
        yield _Found(class_=class_, oid=oid, mutant=mutant, relations=tuple(relations), functions=(oid,))


def _with_body(definition: str, body: str, changed: str) -> str | None:
    """Put another body into the text that the server gave; ``None`` where it is not found there as it is."""
    head, found, tail = definition.rpartition(body)
    tag = tail.strip()
    if not found or (tag and tag in changed):
        return None
    return head + changed + tail


def _named(connection: Connection, found: list[_Found]) -> tuple[Mutant, ...]:
    """Give the mutants with names for what they are met on."""
    relations = name_relations(connection, (oid for each in found for oid in each.relations))
    functions = name_functions(connection, (oid for each in found for oid in each.functions))
    named = [
        replace(
            each.mutant,
            touching=frozenset(
                [relations[oid] for oid in each.relations if oid in relations]
                + [functions[oid] for oid in each.functions if oid in functions]
            ),
        )
        for each in found
    ]
    order = {kind.name: place for place, kind in enumerate(all_kinds())}
    return tuple(sorted(named, key=lambda each: (order[each.kind], _natural(each.id))))


def _natural(text: str) -> tuple[str, int]:
    head, _, number = text.rpartition("#")
    return (head, int(number)) if head and number.isdecimal() else (text, 0)


def name_relations(connection: Connection, oids: Iterable[int]) -> dict[int, Touched]:
    """Name tables by their numbers; those that are gone are left out."""
    found = _query(connection, "relation_names", oids=sorted(set(oids)))
    return {int(oid): Touched(name=str(name)) for oid, name in found}


def name_functions(connection: Connection, oids: Iterable[int]) -> dict[int, Touched]:
    """Name functions by their numbers; those that are gone are left out."""
    found = _query(connection, "function_names", oids=sorted(set(oids)))
    return {int(oid): Touched(name=str(name), relation=False) for oid, name in found}
