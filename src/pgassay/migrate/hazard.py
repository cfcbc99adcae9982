"""The shape of a hazard, and what a statement is judged by.

A hazard is one module in ``hazards`` with a constant ``HAZARD``, found by looking. It takes a node of a tree
and gives what deserves a look; nothing is sent.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from pgassay.migrate.script import Script
from pgassay.migrate.statement import Statement, Table
from pgassay.model.migration_plan import HazardFound, Severity
from pgassay.parse.sql.grammar import Node, unwrap
from pgassay.parse.sql.nodes import enum_name

BIG = 100_000
"""From so many rows on, writing or reading a whole table is felt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of the database: rows of tables as estimated, types of columns."""

    rows: Mapping[Table, float] = field(default_factory=dict)
    types: Mapping[tuple[str, str, str], str] = field(default_factory=dict)

    def rows_of(self, relation: Node) -> float | None:
        """Give the rows of a table; ``None`` where it is not there, or not known."""
        return next(
            (rows for (schema, name), rows in self.rows.items() if _means(relation, schema, name)), None
        )

    def type_of(self, relation: Node, column: str) -> str | None:
        """Give the type of a column, as the server prints it."""
        for (schema, table, name), type_ in self.types.items():
            if name == column and _means(relation, schema, table):
                return type_
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A statement on trial: the script around it, and what is known of the database."""

    hazard: str
    script: Script
    statement: Statement
    facts: Facts

    def danger(self, sentence: str, instead: str = "") -> HazardFound:
        """Find something that destroys, opens or stops."""
        return self._found(Severity.DANGER, sentence, instead)

    def caution(self, sentence: str, instead: str = "") -> HazardFound:
        """Find something that may."""
        return self._found(Severity.CAUTION, sentence, instead)

    def by_size(self, relation: Node, sentence: str, instead: str = "") -> Iterator[HazardFound]:
        """Find something that matters by the size of a table: nothing where the file made it itself."""
        if not self.existed(relation):
            return
        rows = self.facts.rows_of(relation)
        if rows is None or rows < 0:
            yield self.caution(f"{sentence} How big it is, is not known.", instead)
        elif rows >= BIG:
            yield self.danger(f"{sentence} It has about {rows:,.0f} rows.", instead)
        elif rows > 0:
            yield self.caution(f"{sentence} It has about {rows:,.0f} rows.", instead)

    def existed(self, relation: Node) -> bool:
        """Whether a relation is not the file's own; one that is not there yet may be by then.

        What is made ``if not exists`` is the file's own only where it is not there.
        """
        earlier = self.script.statements[: self.statement.number - 1]
        made = [
            only_if_missing
            for each in earlier
            for table, only_if_missing in each.made
            if table == (relation.schemaname, relation.relname)
        ]
        own = bool(made) and (not all(made) or self.facts.rows_of(relation) is None)
        return relation.relpersistence != "t" and not own

    def _found(self, severity: Severity, sentence: str, instead: str) -> HazardFound:
        return HazardFound(
            hazard=self.hazard,
            severity=severity,
            place=self.statement.place,
            sentence=sentence,
            instead=instead,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazard:
    """A hazard: a line of what it is, the kinds of nodes that it is about, and the trial."""

    title: str
    kinds: tuple[str, ...]
    judge: Callable[[Node, Case], Iterator[HazardFound]]


def commands(node: Node, *subtypes: str) -> Iterator[tuple[Node, Node]]:
    """Give the commands of an ALTER TABLE that are of some kinds, each with what it defines."""
    for command in map(unwrap, node.cmds):
        if enum_name(command, "subtype") in subtypes:
            yield command, unwrap(getattr(command, "def"))


def shown(relation: Node) -> str:
    """Give a relation's name as it is written."""
    return f"{relation.schemaname}.{relation.relname}" if relation.schemaname else str(relation.relname)


def _means(relation: Node, schema: str, name: str) -> bool:
    return bool(relation.relname == name and relation.schemaname in ("", schema))
