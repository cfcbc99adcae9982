"""What a database is for its server, and whether a role may put another one in its place."""

from collections.abc import Iterator
from dataclasses import dataclass

from pgassay.model.errors import Refused, Unavailable
from pgassay.model.events.rollback import RollbackWarned
from pgassay.pg.connection import sql
from pgassay.recovery.rollback.databases.ask import ask
from pgassay.recovery.rollback.ground import Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a database is for its server, and what this role may do with it."""

    oid: int
    owner: str
    comment: str | None
    template: bool
    superuser: bool
    may_create: bool
    owned: bool
    prepared: int
    slots: int
    subscriptions: int
    tablespace: str | None


def standing_of(ground: Ground) -> Standing:
    """Look at the database.

    Raises:
        Unavailable: there is none of that name.
    """
    for row in ask(ground.connection, "standing", live=ground.live):
        names = Standing.__dataclass_fields__
        return Standing(**dict(zip(names, row, strict=True)))
    raise Unavailable(f"There is no database {ground.live}.")


def demand_rights(standing: Standing, ground: Ground) -> None:
    """Refuse what this role could not carry to its end.

    Raises:
        Refused: it may not make databases, rename this one, or end the sessions in it.
    """
    role = sql.Identifier(ground.connection.info.user).as_string()
    live = sql.Identifier(ground.live).as_string()
    if not ground.elsewhere:
        raise Refused(
            f"The role {role} gets into no other database of the server, from which {live} is renamed.",
            remedy=f"grant connect on database postgres to {role};",
        )
    if not standing.may_create:
        raise Refused(
            f"The role {role} may not create databases, and a rollback needs one beside {live}.",
            remedy=f"alter role {role} createdb; where its host does not allow that, the host restores.",
        )
    if not standing.owned:
        raise Refused(
            f"The role {role} may not rename the database {live}: its owner is {standing.owner}.",
            remedy=f'grant "{standing.owner}" to {role}; or connect as a role that is a member of it.',
        )
    demand_ends(ground)


def demand_free(standing: Standing, ground: Ground) -> None:
    """Refuse where something in the database, or on it, forbids a new name.

    Raises:
        Refused: it is a template, or prepared transactions are in it.
    """
    live = sql.Identifier(ground.live).as_string()
    if standing.template:
        raise Refused(
            f"{live} is a template, which others copy.", remedy=f"alter database {live} is_template false"
        )
    if standing.prepared:
        raise Refused(
            f"{standing.prepared} prepared transactions keep {live} from getting another name.",
            remedy="Commit them or roll them back; they are in pg_prepared_xacts.",
        )


def demand_ends(ground: Ground) -> None:
    """Refuse where sessions are in the database that this role may not end.

    Raises:
        Refused: there are such sessions.
    """
    found = ask(ground.connection, "sessions", databases=[ground.live])
    stubborn = [(pid, role, name) for pid, role, name, may_end in found if not may_end]
    if stubborn:
        pid, role, name = stubborn[0]
        me = sql.Identifier(ground.connection.info.user).as_string()
        raise Refused(
            f"{len(stubborn)} sessions in {ground.live} may not be ended by the role {me}: server process "
            f"{pid}, role {role or 'of the server'}{', ' + name if name else ''}.",
            remedy=f"grant pg_signal_backend to {me}; a superuser's session only a superuser can end.",
        )


def moving_warnings(standing: Standing) -> Iterator[RollbackWarned]:
    """Say what belongs to the database itself, and so does not come with its name."""
    if standing.slots or standing.subscriptions:
        yield RollbackWarned(
            sentence=f"{standing.slots} replication slots and {standing.subscriptions} subscriptions stay "
            "with the database that is set aside.",
            remedy="Make them anew when it is done.",
        )
    if standing.tablespace is not None:
        yield RollbackWarned(
            sentence=f"The database is in the tablespace {standing.tablespace}; the copy is in another."
        )
