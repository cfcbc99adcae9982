"""What a swap of schemas would be: which ones, what stays, and whether it could be carried to its end.

It is looked at before anything is asked, and again in the transaction itself.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event

from pgassay.model.errors import Refused, Unavailable
from pgassay.model.recovery import Manifest
from pgassay.model.rollback import Aside, RollbackPlan, RollbackResult, RollbackStep, RollbackWay
from pgassay.pg.connection import Connection, reason, sql
from pgassay.pg.target import Target
from pgassay.recovery.rollback.course import Says
from pgassay.recovery.rollback.owners import demand_owners
from pgassay.recovery.rollback.schemas.ask import ask
from pgassay.recovery.rollback.schemas.choice import Choice, SchemaNow, choose
from pgassay.recovery.rollback.schemas.part import part_of, schemas_then
from pgassay.recovery.rollback.schemas.published import Published, demand_published, read_published
from pgassay.recovery.rollback.schemas.references import Reference, demand_references, read_references
from pgassay.recovery.rollback.schemas.session import one_transaction

_PATIENCE_S = 5.0
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


def look_ahead(target: Target, manifest: Manifest, *, because: str = "") -> RollbackPlan:
    """Say which schemas of a backup would be swapped; ``because`` is why the database itself is not.

    Raises:
        Refused: none, or it could not be carried to its end.
        Unavailable: the server cannot be reached.
    """
    with _looking(target) as connection:
        found = choice_of(connection, manifest)
        surroundings(connection, found.names)
    return RollbackPlan(way=RollbackWay.SCHEMAS, schemas=found.names, staying=found.staying, because=because)


def look_back(target: Target, aside: Aside) -> RollbackPlan:
    """Say which schemas an undo would put back.

    Raises:
        Refused: it could not be carried to its end.
        Unavailable: the server cannot be reached.
    """
    names = tuple(each.live for each in aside.schemas)
    if gone := sorted(set(aside.run.schemas) - set(names)):
        raise Refused(
            f"What was set aside of {', '.join(gone)} is gone, and the rest alone does not fit.",
            remedy="pgassay rollback list",
        )
    with _looking(target) as connection:
        owned = {each.name: each.owned for each in read_schemas(connection)}
        for name in (*(each.name for each in aside.schemas), *names):
            if not owned.get(name, True):
                raise Refused(
                    f"The role {_quoted(connection.info.user)} may not rename the schema {name}.",
                    remedy="Undo it as the role that rolled back.",
                )
        surroundings(connection, names)
    return RollbackPlan(way=RollbackWay.SCHEMAS, schemas=names)


def read_schemas(connection: Connection) -> tuple[SchemaNow, ...]:
    """Read which schemas there are."""
    return tuple(
        SchemaNow(name=name, owner=owner, owned=owned, of_extension=of_extension, comment=comment)
        for name, owner, owned, of_extension, comment in ask(connection, "schemas")
    )


def choice_of(connection: Connection, manifest: Manifest) -> Choice:
    """Choose the schemas of a backup that can be swapped.

    Raises:
        Refused: there is none, no schema can be made, or something in them belongs to others.
    """
    ((me, may_create, _),) = ask(connection, "rights")
    role, database = _quoted(me), _quoted(connection.info.dbname)
    if not may_create:
        raise Refused(
            f"The role {role} may not create schemas in {database}.",
            remedy=f"grant create on database {database} to {role};",
        )
    found = choose(schemas_then(manifest), read_schemas(connection))
    if not found.swapped:
        raise Refused(
            f"No schema of the backup belongs to the role {role}, but for those of platform and store.",
            remedy="Roll back as the role that owns the application's schemas.",
        )
    demand_owners(part_of(manifest, found.names), connection)
    return found


def surroundings(connection: Connection, schemas: Sequence[str]) -> Surroundings:
    """Read what is bound to these schemas. The session's search path has to be empty.

    Raises:
        Refused: something of it could not be bound to what takes their place.
    """
    me = _quoted(connection.info.user)
    extensions = tuple(_extensions(connection, schemas))
    references = read_references(connection, schemas)
    demand_references(references, me)
    published = read_published(connection, schemas)
    demand_published(published, me)
    outwards = ask(connection, "foreign_keys_outwards", schemas=list(schemas))
    return Surroundings(
        references=references,
        published=published,
        extensions=extensions,
        foreign_keys=tuple((table, refers_to) for table, refers_to in outwards),
    )


def staying_keys(around: Surroundings) -> str:
    """Say which foreign keys of what is set aside stay, and what that means; nothing where there are none."""
    if not around.foreign_keys:
        return ""
    tables = ", ".join(sorted({refers_to for _, refers_to in around.foreign_keys}))
    return (
        f"{len(around.foreign_keys)} foreign keys of what is set aside go on referring to {tables}: who "
        "deletes rows of those deletes what refers to them aside, too, or is refused for it."
    )


def bound(around: Surroundings, names: Sequence[str]) -> RollbackResult:
    """Say what is bound to the schemas."""
    found = (*(each.what for each in around.references), *(each.what for each in around.published))
    return Says(step=RollbackStep.REFERENCES).holds(
        f"{len(found)} things outside are bound to {', '.join(names)}, and can be bound anew.", *found
    )


@contextmanager
def _looking(target: Target) -> Iterator[Connection]:
    """Look around in a transaction that changes nothing."""
    try:
        with one_transaction(target, lock_timeout_s=_PATIENCE_S, stop=Event()) as connection:
            yield connection
    except Connection.Error as error:
        raise Unavailable(
            f"What is bound to the schemas cannot be read: {reason(str(error)).rstrip('.')}.",
            remedy="Try again; select * from pg_locks where not granted; shows who waits for whom.",
        ) from error


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
                f"{_quoted(connection.info.user)}: {reason(str(error)).rstrip('.')}.",
                remedy=f'Have its owner move it: alter extension "{name}" set schema extensions;',
            ) from error
        yield Extension(schema=schema, name=name)


def _quoted(name: str) -> str:
    return sql.Identifier(name).as_string()
