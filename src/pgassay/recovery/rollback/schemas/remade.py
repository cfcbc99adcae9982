"""What is outside of schemas and can only be made anew by taking it away first: a query for each kind."""

from collections.abc import Iterator, Mapping, Sequence

from pgassay.pg.connection import Connection
from pgassay.recovery.rollback.schemas.ask import ask
from pgassay.recovery.rollback.schemas.reference import Reference, constraint_of

Key = tuple[str, int]
"""A catalog, and a number in it."""

_BY_CATALOG = {
    "pg_class": ("remade_indexes", "remade_columns"),
    "pg_constraint": ("remade_constraints",),
    "pg_attrdef": ("remade_expressions",),
    "pg_proc": ("remade_routines",),
    "pg_rewrite": ("remade_rules",),
    "pg_event_trigger": ("remade_event_triggers",),
}


def remade(
    connection: Connection, unknown: Mapping[Key, str], schemas: Sequence[str]
) -> Iterator[tuple[Key, Reference | None]]:
    """Give how to make those anew of which it is known, and nothing where that follows from another one's.

    ``unknown`` has a description of each.
    """
    by_catalog: dict[str, list[int]] = {}
    for catalog, number in unknown:
        by_catalog.setdefault(catalog, []).append(number)
    for catalog, numbers in by_catalog.items():
        for query in _BY_CATALOG.get(catalog, ()):
            yield from _found(connection, query, catalog, unknown, objects=numbers, schemas=list(schemas))
    views = {"pg_class": "relations", "pg_rewrite": "rules"}
    for catalog in views.keys() & by_catalog.keys():
        words = {each: by_catalog[catalog] if each == views[catalog] else [] for each in views.values()}
        yield from _found(connection, "remade_views", catalog, unknown, **words)


def _found(
    connection: Connection, query: str, catalog: str, unknown: Mapping[Key, str], **values: object
) -> Iterator[tuple[Key, Reference | None]]:
    for number, statements, may, unvalidated, first, locking in ask(connection, query, **values):
        key = (catalog, number)
        if statements is None:
            yield key, None
            continue
        yield (
            key,
            Reference(
                what=unknown[key],
                statements=tuple(statements),
                may=may,
                unvalidated=constraint_of(unvalidated),
                first=tuple(first),
                locking=tuple(locking),
            ),
        )
