"""Tables of schemas in publications: taken out when they are set aside, and put in when they come back."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pgassay.model.errors import Refused
from pgassay.model.rollback import PublishedTable
from pgassay.pg.connection import Connection, sql
from pgassay.recovery.rollback.schemas.ask import ask
from pgassay.recovery.rollback.schemas.names import unquoted

_ADDED = re.compile(rb'ALTER PUBLICATION (?P<name>"(?:[^"]|"")*"|\S+) ADD ')


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What a publication has of a schema, and whether this role may change that."""

    schema: str
    table: PublishedTable
    may: bool
    owner: str

    @property
    def what(self) -> str:
        """It in words."""
        table = f"{self.schema}.{self.table.table}" if self.table.table else f"the schema {self.schema}"
        return f"{table} in the publication {self.table.publication}"


def read_published(connection: Connection, schemas: Sequence[str]) -> tuple[Published, ...]:
    """Read what is published of these schemas."""
    return tuple(
        Published(
            schema=schema,
            table=PublishedTable(
                publication=publication, table=table, columns=tuple(columns), where=condition
            ),
            may=may,
            owner=owner,
        )
        for publication, schema, table, columns, condition, may, owner in ask(
            connection, "published", schemas=list(schemas)
        )
    )


def demand_published(found: Sequence[Published], me: str) -> None:
    """Refuse where a publication would keep what is set aside.

    Raises:
        Refused: this role may not change one.
    """
    for each in found:
        if not each.may:
            raise Refused(
                f"The role {me} may not replace {each.what}, which belongs to {each.owner}.",
                remedy=f'alter publication "{each.table.publication}" owner to {me};',
            )


def withdraw(connection: Connection, schema: str, tables: Iterable[PublishedTable]) -> None:
    """Take the tables of a schema out of their publications."""
    for each in tables:
        place = _place(schema, each)
        words = sql.SQL("alter publication {} drop {}").format(sql.Identifier(each.publication), place)
        connection.execute(words)


def publish(connection: Connection, schema: str, tables: Iterable[PublishedTable]) -> None:
    """Put the tables of a schema into their publications, with the columns and the rows that these had."""
    for each in tables:
        words = sql.SQL("alter publication {} add {}").format(
            sql.Identifier(each.publication), _place(schema, each)
        )
        if each.columns:
            columns = sql.SQL(", ").join(map(sql.Identifier, each.columns))
            words = sql.SQL("{} ({})").format(words, columns)
        # The condition was read from a comment: as one message of one statement, it can be nothing but that.
        text = words.as_string(connection) + (f" where ({each.where})" if each.where else "")
        connection.execute(text.encode(connection.info.encoding), binary=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Addable:
    """Statements that add to publications, and the names of those publications that cannot be added to."""

    statements: tuple[bytes, ...]
    refused: tuple[str, ...]


def addable(connection: Connection, statements: Iterable[bytes]) -> Addable:
    """Part an archive's statements by whether their publications are there and are this role's to change."""
    mine = {name for name, may in ask(connection, "publications") if may}
    kept, refused = [], set()
    for each in statements:
        if (found := _ADDED.match(each)) is None:
            continue
        name = unquoted(found["name"].decode("utf-8", "surrogateescape"))
        if name in mine:
            kept.append(each)
        else:
            refused.add(name)
    return Addable(statements=tuple(kept), refused=tuple(sorted(refused)))


def _place(schema: str, each: PublishedTable) -> sql.Composed:
    if not each.table:
        return sql.SQL("tables in schema {}").format(sql.Identifier(schema))
    return sql.SQL("table only {}").format(sql.Identifier(schema, each.table))
