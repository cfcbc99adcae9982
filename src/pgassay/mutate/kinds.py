"""Finds the kinds of mutants. A kind is one file: a query in ``operators/sql``, or a module in ``bodies``.

A query lists its mutants itself; a module rewrites the bodies of functions.
"""

import pkgutil
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import Protocol

from pgassay.model.mutate import Kind
from pgassay.mutate import bodies
from pgassay.mutate.body.text import Body, Edit
from pgassay.pg.query import Query, load, parse_query

QUERIES = "pgassay.mutate.operators"


class BodyOperator(Protocol):
    """What a module in ``bodies`` offers; its name is the kind."""

    SECTION: str
    TITLE: str

    def edits(self, body: Body) -> Iterator[Edit]:
        """Give the changes to one function's body, in the order in which they stand in it."""


@cache
def query_kinds() -> tuple[Kind, ...]:
    """Give the kinds that are queries, by name."""
    headers = {
        path.name.split(".")[0]: parse_query(path.read_text("utf-8"), name=path.name).header
        for path in files(QUERIES).joinpath("sql").iterdir()
        if path.name.endswith(".sql")
    }
    return tuple(
        Kind(name=name, section=header["section"], title=header["title"])
        for name, header in sorted(headers.items())
    )


def query_of(kind: Kind, *, major: int) -> Query:
    """Give the query that lists the mutants of a kind."""
    return load(QUERIES, kind.name, major=major)


@cache
def body_kinds() -> tuple[tuple[Kind, BodyOperator], ...]:
    """Give the kinds that are modules, by name, with what rewrites."""
    found = []
    for each in pkgutil.iter_modules(bodies.__path__):
        module: BodyOperator = import_module(f"{bodies.__name__}.{each.name}")
        found.append((Kind(name=each.name, section=module.SECTION, title=module.TITLE), module))
    return tuple(sorted(found, key=lambda pair: pair[0].name))


def all_kinds() -> tuple[Kind, ...]:
    """Give every kind."""
    return (*query_kinds(), *(kind for kind, _ in body_kinds()))
