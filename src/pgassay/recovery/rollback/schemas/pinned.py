"""Schemas that an extension keeps in their places: what is in them is moved out, rather than they themselves.

Many an extension cannot be moved by who works with it: its types and functions belong to a superuser, or it
says itself that it stays where it is. Everything names it by its schema, so that keeps its name, too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pgassay.model.errors import Refused
from pgassay.pg.connection import Connection, reason, sql
from pgassay.recovery.rollback.schemas.ask import ask, execute
from pgassay.recovery.rollback.schemas.names import quoted
from pgassay.recovery.rollback.schemas.trial import trial

_MOVE = sql.SQL("alter extension {} set schema {}")
_MOST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """An extension in a schema that is swapped. ``why`` it cannot be moved is empty where it can be."""

    schema: str
    name: str
    why: str = ""


def read_extensions(connection: Connection, schemas: Sequence[str]) -> Iterator[Extension]:
    """Give the extensions in schemas. Whether one can be moved is tried: hosts have rules of their own."""
    for schema, name, relocatable in ask(connection, "extensions", schemas=list(schemas)):
        why = _tried(connection, name) if relocatable else "it is bound to its schema"
        yield Extension(schema=schema, name=name, why=why)


def pinned_by(extensions: Sequence[Extension]) -> dict[str, Extension]:
    """Give the schemas that stay in their places, each with an extension that keeps it there."""
    return {each.schema: each for each in reversed(extensions) if each.why}


def demand_movable(connection: Connection, schema: str, because: Extension) -> None:
    """Refuse where something in a schema that stays in its place could not be moved out of it.

    Raises:
        Refused: something in it belongs to others.
    """
    found = ask(connection, "inhabitants", schema=schema, into="")
    others = list(dict.fromkeys(what for what, _, may in found if not may))
    if others:
        me = quoted(connection.info.user)
        more = f" and {len(others) - _MOST} more" if len(others) > _MOST else ""
        raise Refused(
            f"The extension {because.name} keeps the schema {because.schema} in its place ({because.why}), "
            f"and the role {me} cannot move out of it what belongs to others: "
            f"{', '.join(others[:_MOST])}{more}.",
            remedy=f"Give these to {me}, or have a superuser move the extension: alter extension "
            f"{quoted(because.name)} set schema extensions;",
        )


def move_out(connection: Connection, schema: str, into: str) -> None:
    """Move everything in a schema into another one, but for what belongs to extensions.

    Whoever uses it waits from then on, until the transaction has ended.
    """
    for _, statement, _ in ask(connection, "inhabitants", schema=schema, into=into):
        execute(connection, statement)


def copy_rights(connection: Connection, schema: str, into: str) -> None:
    """Give a schema the owner, the privileges and the default privileges of another one."""
    for (statement,) in ask(connection, "schema_rights", schema=schema, into=into):
        execute(connection, statement)


def _tried(connection: Connection, name: str) -> str:
    try:
        with trial(connection) as somewhere:
            connection.execute(_MOVE.format(sql.Identifier(name), sql.Identifier(somewhere)))
    except Connection.Error as error:
        if error.sqlstate is None:
            raise
        return reason(str(error)).rstrip(".")
    return ""
