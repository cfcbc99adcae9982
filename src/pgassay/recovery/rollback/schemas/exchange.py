"""Renames schemas, and puts others in their places; all of it inside of one transaction."""

from collections.abc import Iterable

from pgassay.model.aside import AsideSchema, PublishedTable
from pgassay.pg.connection import Connection, sql
from pgassay.recovery.rollback.schemas.choice import SchemaNow
from pgassay.recovery.rollback.schemas.part import SchemaThen
from pgassay.recovery.rollback.schemas.surroundings import Extension

_RENAME = sql.SQL("alter schema {} rename to {}")
_CREATE = sql.SQL("create schema {}")


def replace_schema(
    connection: Connection,
    schema: SchemaThen,
    now: SchemaNow | None,
    *,
    aside: str,
    published: tuple[PublishedTable, ...],
) -> AsideSchema:
    """Set a schema aside, and make an empty one in its place; say what was set aside."""
    set_aside(connection, schema.name, aside, there=now is not None)
    make_anew(connection, schema)
    return AsideSchema(
        live=schema.name,
        name=aside,
        comment=now.comment if now is not None else None,
        absent=now is None,
        published=published,
    )


def set_aside(connection: Connection, live: str, aside: str, *, there: bool) -> None:
    """Give a schema another name. For one that is not there, an empty one stands."""
    if there:
        connection.execute(_RENAME.format(sql.Identifier(live), sql.Identifier(aside)))
    else:
        connection.execute(_CREATE.format(sql.Identifier(aside)))


def make_anew(connection: Connection, schema: SchemaThen) -> None:
    """Create a schema as it was; what is granted on it comes from the archive.

    An archive takes it that everybody may use ``public``, as in a new database.
    """
    name = sql.Identifier(schema.name)
    create = sql.SQL("create schema {} authorization {}").format(name, sql.Identifier(schema.owner))
    connection.execute(create)
    comment_on(connection, schema.name, schema.comment)
    if schema.name == "public":
        connection.execute(sql.SQL("grant usage on schema {} to public").format(name))


def put_back(connection: Connection, part: AsideSchema) -> None:
    """Give a schema that was set aside its name again; one that stood for none is dropped."""
    if part.absent:
        connection.execute(sql.SQL("drop schema {}").format(sql.Identifier(part.name)))
        return
    connection.execute(_RENAME.format(sql.Identifier(part.name), sql.Identifier(part.live)))
    comment_on(connection, part.live, part.comment)


def move(connection: Connection, extensions: Iterable[Extension], there: Iterable[str]) -> None:
    """Move extensions out of what was set aside, into the schemas that have the names now."""
    names = set(there)
    for each in extensions:
        if each.schema in names:
            words = sql.SQL("alter extension {} set schema {}")
            connection.execute(words.format(sql.Identifier(each.name), sql.Identifier(each.schema)))


def comment_on(connection: Connection, schema: str, text: str | None) -> None:
    """Set the comment of a schema."""
    words = sql.SQL("comment on schema {} is {}")
    connection.execute(words.format(sql.Identifier(schema), sql.Literal(text)))
