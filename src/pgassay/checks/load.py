"""Finds checks: pgassay's own, each in the folder of its area.

A file that is no check, or does not prove itself, is refused with its place.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from pgassay.checks.contract import Check, SqlCheck
from pgassay.checks.parameters import values_of
from pgassay.model.check import Area
from pgassay.model.errors import UsageError
from pgassay.parse.check_file import read_check
from pgassay.pg.query import parse_query

_FOLDER = "pgassay.checks/catalogue"


@cache
def builtin() -> tuple[Check, ...]:
    """Give pgassay's own checks, by area and name; one that differs by version is several."""
    return without_clashes(
        parse_check(file.read_text("utf-8"), path=f"{_FOLDER}/{area}/{file.name}", area=area)
        for area, file in _own_files()
    )


def parse_check(text: str, *, path: str, area: Area | None = None) -> SqlCheck:
    """Read the text of a check's file.

    Raises:
        UsageError: it is no check; the sentence names file and line.
    """
    read = read_check(text, path=path, area=area)
    for given in ({}, *(dict(each.parameters) for each in read.examples)):
        values_of(read.info, given, origin=path)
    return SqlCheck(
        info=read.info,
        query=parse_query(read.sql, name=read.info.name),
        query_line=read.query_line,
        examples=read.examples,
        without_examples=read.without_examples,
        text=text,
    )


def without_clashes(checks: Iterable[Check]) -> tuple[Check, ...]:
    """Give checks as they are.

    Raises:
        UsageError: two of them have one name and are for the same version of the server.
    """
    found: list[Check] = []
    for check in checks:
        for other in found:
            if other.info.name == check.info.name and _overlap(other, check):
                raise UsageError(
                    f"{check.info.path}: There is another check of that name: {other.info.path}.",
                    remedy="Rename one, or part them by 'since' and 'until'.",
                )
        found.append(check)
    return tuple(found)


def _own_files() -> Iterator[tuple[Area, Traversable]]:
    root = files("pgassay.checks").joinpath("catalogue")
    for folder in sorted(root.iterdir(), key=lambda each: each.name):
        if folder.is_dir() and folder.name in list(Area):
            for file in sorted(folder.iterdir(), key=lambda each: each.name):
                if file.name.endswith(".sql"):
                    yield Area(folder.name), file


def _overlap(one: Check, other: Check) -> bool:
    first, second = one.info, other.info
    return (not first.until or second.since <= first.until) and (
        not second.until or first.since <= second.until
    )
