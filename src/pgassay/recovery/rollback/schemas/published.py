"""Tables of schemas in publications: taken out when they are set aside, and put in when they come back."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pgassay.model.aside import PublishedTable
from pgassay.model.errors import Refused
from pgassay.pg.connection import Connection, sql
from pgassay.recovery.rollback.schemas.ask import ask
from pgassay.recovery.rollback.schemas.names import unquoted

_ADDED = re.compile(
    rb'ALTER PUBLICATION (?P<name>"(?:[^"]|"")*"|\S+) ADD TABLES? (?:ONLY |IN SCHEMA )?(?P<what>[^;]*)'
)
_THERE = "42710"


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


def publishing(schema: str, each: PublishedTable, encoding: str) -> bytes:
    """Give the statement that publishes a table again, with the columns and the rows that it had."""
    words = sql.SQL("alter publication {} add {}").format(
        sql.Identifier(each.publication), _place(schema, each)
    )
    if each.columns:
        words = sql.SQL("{} ({})").format(words, sql.SQL(", ").join(map(sql.Identifier, each.columns)))
    return (words.as_string() + (f" where ({each.where})" if each.where else "")).encode(encoding)


def publish_each(connection: Connection, wanted: Iterable[tuple[str, bytes]]) -> tuple[str, ...]:
    """Publish what can be published; give what cannot. Each has what it is, and its statement.

    That something is published already is no error.
    """
    left = []
    for what, statement in wanted:
        try:
            with connection.transaction():
                # A condition may come from a comment: one statement of one message can be nothing else.
                connection.execute(statement, binary=True)
        except Connection.DatabaseError as error:
            if error.sqlstate != _THERE:
                left.append(what)
    return tuple(left)


def of_archive(statements: Iterable[bytes]) -> Iterator[tuple[str, bytes]]:
    """Give what an archive publishes, in words, and the statement."""
    for each in statements:
        if (found := _ADDED.match(each)) is not None:
            name, what = (found[part].decode("utf-8", "replace") for part in ("name", "what"))
            yield f"{what} in the publication {unquoted(name)}", each


def _place(schema: str, each: PublishedTable) -> sql.Composed:
    if not each.table:
        return sql.SQL("tables in schema {}").format(sql.Identifier(schema))
    return sql.SQL("table only {}").format(sql.Identifier(schema, each.table))
