"""Cuts a script into what is committed together: as much as possible in one transaction.

Cuts are where the server forces one: around a statement that cannot be in a transaction, and behind a new
value of an enum that a later statement uses.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pgassay.migrate.script import Script
from pgassay.migrate.statement import Statement
from pgassay.migrate.transactions import alone
from pgassay.parse.sql.grammar import kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Statements that are committed together; one ``alone`` is no transaction. Numbers count from 1."""

    number: int
    statements: tuple[Statement, ...]
    alone: str = ""


def batches_of(script: Script) -> tuple[Batch, ...]:
    """Cut a script."""
    parts = tuple(_parts(script.statements))
    return tuple(
        Batch(number=number, statements=part, alone=_why(part)) for number, part in enumerate(parts, start=1)
    )


def why_alone(statement: Statement) -> str:
    """Say why a statement cannot be in a transaction; empty where it can."""
    return next((why for node in statement.nodes if (why := alone(node))), "")


def uses_new_value(statement: Statement, later: Iterable[Statement]) -> bool:
    """Whether a statement adds a value to an enum, and a later one may use it.

    Not even where the same transaction made the type may it be used at once, before PostgreSQL 17.
    """
    for node in statement.nodes:
        if kind(node) == "AlterEnumStmt" and node.new_val and not node.old_val:
            literal = "'" + node.new_val.replace("'", "''") + "'"
            return any(literal in each.text for each in later)
    return False


def _why(part: tuple[Statement, ...]) -> str:
    return why_alone(part[0]) if len(part) == 1 else ""


def _parts(statements: tuple[Statement, ...]) -> Iterator[tuple[Statement, ...]]:
    gathered: list[Statement] = []
    for position, each in enumerate(statements):
        if why_alone(each):
            if gathered:
                yield tuple(gathered)
                gathered = []
            yield (each,)
            continue
        gathered.append(each)
        if uses_new_value(each, statements[position + 1 :]):
            yield tuple(gathered)
            gathered = []
    if gathered:
        yield tuple(gathered)
