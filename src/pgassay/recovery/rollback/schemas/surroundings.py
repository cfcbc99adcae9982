"""What is bound to schemas, and whether it could be bound to what takes their place.

It is read before anything is asked, and again in the transaction itself.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pgassay.model.errors import Refused
from pgassay.model.events.rollback import RollbackWarned
from pgassay.model.rollback import RollbackResult, RollbackStep
from pgassay.pg.connection import Connection, reason, sql
from pgassay.recovery.rollback.course import Says
from pgassay.recovery.rollback.schemas.ask import ask
from pgassay.recovery.rollback.schemas.published import Published, demand_published, read_published
from pgassay.recovery.rollback.schemas.references import Reference, demand_references, read_references

_ANYWHERE = "create schema pgassay_anywhere"
_MOVE = sql.SQL("alter extension {} set schema pgassay_anywhere")


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """An extension in a schema that is swapped: it moves along."""

    schema: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What is bound to schemas: what depends on them from outside, what is published, extensions in them."""

    references: tuple[Reference, ...]
    published: tuple[Published, ...]
    extensions: tuple[Extension, ...]
    foreign_keys: tuple[tuple[str, str], ...]
    subscribed: tuple[tuple[str, int], ...]


def surroundings(connection: Connection, schemas: Sequence[str]) -> Surroundings:
    """Read what is bound to these schemas. The session's search path has to be empty.

    Raises:
        Refused: something of it could not be bound to what takes their place.
    """
    me = sql.Identifier(connection.info.user).as_string()
    extensions = tuple(_extensions(connection, schemas))
    references = read_references(connection, schemas)
    demand_references(connection, references)
    published = read_published(connection, schemas)
    demand_published(published, me)
    outwards = ask(connection, "foreign_keys_outwards", schemas=list(schemas))
    subscribed = ask(connection, "subscribed", schemas=list(schemas))
    return Surroundings(
        references=references,
        published=published,
        extensions=extensions,
        foreign_keys=tuple((table, refers_to) for table, refers_to in outwards),
        subscribed=tuple((name, count) for name, count in subscribed),
    )


def warnings_of(around: Surroundings) -> Iterator[RollbackWarned]:
    """Say what stays bound to what is set aside, and what that means."""
    if around.foreign_keys:
        tables = ", ".join(sorted({refers_to for _, refers_to in around.foreign_keys}))
        yield RollbackWarned(
            sentence=f"{len(around.foreign_keys)} foreign keys of what is set aside go on referring to "
            f"{tables}: who deletes rows there deletes what refers to them aside, too, or is refused for it."
        )
    for name, count in around.subscribed:
        yield RollbackWarned(
            sentence=f"The subscription {name} replicates into {count} tables that are set aside.",
            remedy=f"alter subscription {name} refresh publication;",
        )


def bound(around: Surroundings, names: Sequence[str]) -> RollbackResult:
    """Say what is bound to the schemas."""
    found = (*(each.what for each in around.references), *(each.what for each in around.published))
    return Says(step=RollbackStep.REFERENCES).holds(
        f"{len(found)} things outside are bound to {', '.join(names)}, and can be bound anew.", *found
    )


def _extensions(connection: Connection, schemas: Sequence[str]) -> Iterator[Extension]:
    """Give the extensions in schemas. Whether one can be moved is tried: hosts have rules of their own."""
    for schema, name, relocatable in ask(connection, "extensions", schemas=list(schemas)):
        if not relocatable:
            raise Refused(
                f"The extension {name} is in the schema {schema} and cannot be moved out of it.",
                remedy=f"Drop it, and create it again with: create extension {name} schema extensions;",
            )
        try:
            with connection.transaction(force_rollback=True):
                connection.execute(_ANYWHERE)
                connection.execute(_MOVE.format(sql.Identifier(name)))
        except Connection.Error as error:
            raise Refused(
                f"The extension {name} in the schema {schema} cannot be moved by the role "
                f"{sql.Identifier(connection.info.user).as_string()}: {reason(str(error)).rstrip('.')}.",
                remedy=f'Have its owner move it: alter extension "{name}" set schema extensions;',
            ) from error
        yield Extension(schema=schema, name=name)
