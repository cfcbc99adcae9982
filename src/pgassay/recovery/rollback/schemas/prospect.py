"""What a swap of schemas would be: which ones, what stays, and whether it could be carried to its end."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

from pgassay.model.aside import Aside
from pgassay.model.backup import Manifest
from pgassay.model.errors import Refused, Unavailable
from pgassay.model.rollback import RollbackPlan, RollbackWay
from pgassay.pg.connection import Connection, reason
from pgassay.pg.target import Target
from pgassay.recovery.rollback.owners import demand_owners
from pgassay.recovery.rollback.schemas.ask import ask
from pgassay.recovery.rollback.schemas.choice import Choice, SchemaNow, choose
from pgassay.recovery.rollback.schemas.extensions import demand_creatable, gone_extensions
from pgassay.recovery.rollback.schemas.names import quoted
from pgassay.recovery.rollback.schemas.part import part_of, schemas_then
from pgassay.recovery.rollback.schemas.pinned import demand_movable
from pgassay.recovery.rollback.schemas.session import one_transaction
from pgassay.recovery.rollback.schemas.surroundings import surroundings, waits_of

_PATIENCE_S = 5.0


def look_ahead(target: Target, manifest: Manifest, *, because: str = "") -> RollbackPlan:
    """Say which schemas of a backup would be swapped; ``because`` is why the database itself is not.

    Raises:
        Refused: none, or it could not be carried to its end.
        Unavailable: the server cannot be reached.
    """
    with _looking(target) as connection:
        found = choice_of(connection, manifest)
        around = surroundings(connection, found.names)
        demand_creatable(connection, gone_extensions(connection, manifest, found.names))
    return RollbackPlan(
        way=RollbackWay.SCHEMAS,
        schemas=found.names,
        staying=found.staying,
        because=because,
        waits=waits_of(around),
    )


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
                    f"The role {quoted(connection.info.user)} may not rename the schema {name}.",
                    remedy="Undo it as the role that rolled back.",
                )
        around = surroundings(connection, names)
        for each in aside.schemas:
            if (because := around.pinned.get(each.live)) is not None:
                demand_movable(connection, each.name, because)
    return RollbackPlan(way=RollbackWay.SCHEMAS, schemas=names, waits=waits_of(around))


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
    role, database = quoted(me), quoted(connection.info.dbname)
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
