"""Extensions that the backup had in the schemas that are swapped, and that are gone since, or elsewhere.

An archive names what belongs to an extension by its schema. One that was dropped is created again in the same
transaction. One that was moved is not moved back: what an undo brings back looks for it where it is now.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pgassay.model.backup import Manifest
from pgassay.model.errors import Refused
from pgassay.pg.connection import Connection, reason, sql
from pgassay.recovery.rollback.schemas.ask import ask
from pgassay.recovery.rollback.schemas.names import quoted, unquoted
from pgassay.recovery.rollback.schemas.trial import trial

_CREATE = sql.SQL("create extension {} schema {}")
_SCHEMA = "schema: "


@dataclass(frozen=True, slots=True, kw_only=True)
class GoneExtension:
    """One that the backup had in ``schema``, and the database has not at all."""

    name: str
    schema: str


def gone_extensions(
    connection: Connection, manifest: Manifest, schemas: Collection[str]
) -> tuple[GoneExtension, ...]:
    """Give those that are to be created again.

    Raises:
        Refused: one is in another schema now.
    """
    there = {name: schema for schema, name, _ in ask(connection, "extensions", schemas=None)}
    found = []
    for each in manifest.inventory:
        if each.kind != "extension":
            continue
        name, schema = unquoted(each.name), _schema_of(each.text)
        if schema not in schemas or there.get(name) == schema:
            continue
        if name in there:
            raise Refused(
                f"With the backup, the extension {name} was in the schema {schema}, "
                f"and it is in {there[name]} now.",
                remedy=f"Move it back: alter extension {quoted(name)} set schema {quoted(schema)};",
            )
        found.append(GoneExtension(name=name, schema=schema))
    return tuple(found)


def demand_creatable(connection: Connection, gone: Sequence[GoneExtension]) -> None:
    """Refuse where an extension could not be created again; it is tried, and undone.

    Raises:
        Refused: this role may not, or the server has it no more.
    """
    failed = []
    with trial(connection) as somewhere:
        for each in gone:
            try:
                with connection.transaction():
                    _create(connection, each.name, somewhere)
            except Connection.DatabaseError as error:
                failed.append((each, reason(str(error)).rstrip(".")))
    for each, why in failed:
        raise Refused(
            f"The extension {each.name}, which the backup had in {each.schema}, is gone, and the role "
            f"{quoted(connection.info.user)} cannot create it again: {why}.",
            remedy="Have a superuser do it: "
            f"create extension {quoted(each.name)} schema {quoted(each.schema)};",
        )


def create_again(connection: Connection, gone: Sequence[GoneExtension]) -> None:
    """Create them."""
    for each in gone:
        _create(connection, each.name, each.schema)


def _create(connection: Connection, name: str, schema: str) -> None:
    connection.execute(_CREATE.format(sql.Identifier(name), sql.Identifier(schema)))


def _schema_of(text: str) -> str:
    lines = (line for line in text.split("\n") if line.startswith(_SCHEMA))
    return unquoted(next(lines, _SCHEMA).removeprefix(_SCHEMA))
