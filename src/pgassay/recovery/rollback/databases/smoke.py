"""Whether who connects by the name gets the database that was meant, and can read it."""

from pgassay.model.errors import Unavailable
from pgassay.model.rollback import RollbackResult, RollbackStep
from pgassay.pg.connection import Connection, connect
from pgassay.pg.target import Target
from pgassay.recovery.rollback.course import Says, nobody_gets_in
from pgassay.recovery.rollback.databases.ask import ask
from pgassay.recovery.rollback.databases.standing import standing_of
from pgassay.recovery.rollback.ground import APPLICATION, Ground

_SAYS = Says(step=RollbackStep.SMOKE)


def smoke(target: Target, ground: Ground) -> RollbackResult:
    """Connect as the user's own conninfo says, and look."""
    try:
        expected = standing_of(ground).oid
        with connect(target, application=APPLICATION) as connection:
            ((oid, tables, readable),) = ask(connection, "who_is_here")
    except (Unavailable, Connection.Error) as error:
        return nobody_gets_in(ground.live, error)
    if oid != expected:
        return _SAYS.broken(
            f"Who connects to {ground.live} still gets another database: something in between holds on to it."
        )
    if not tables:
        return _SAYS.broken(f"{ground.live} has no tables.")
    if readable < tables:
        return _SAYS.not_verified(f"This role may read {readable} of {tables} tables.")
    return _SAYS.holds(f"{ground.live} can be reached, and {tables} tables can be read.")
