"""Whether who connects as the user does finds the schemas that were meant, and can read what is in them."""

from pgassay.model.aside import Aside
from pgassay.model.errors import Unavailable
from pgassay.model.rollback import RollbackResult, RollbackStep
from pgassay.pg.connection import Connection, connect
from pgassay.pg.target import Target
from pgassay.recovery.rollback.course import Says, nobody_gets_in
from pgassay.recovery.rollback.ground import APPLICATION
from pgassay.recovery.rollback.schemas.ask import ask

_SAYS = Says(step=RollbackStep.SMOKE)


def smoke(target: Target, aside: Aside) -> RollbackResult:
    """Connect as the user's own conninfo says, and look."""
    names = [each.name for each in aside.schemas]
    swapped = [each.live for each in aside.schemas]
    try:
        with connect(target, application=APPLICATION) as connection:
            ((there, tables, readable),) = ask(connection, "who_is_here", asides=names, schemas=swapped)
    except (Unavailable, Connection.Error) as error:
        return nobody_gets_in(aside.run.live, error)
    if there < len(names):
        return _SAYS.broken(f"Who connects to {aside.run.live} does not find what was set aside.")
    if readable < tables:
        return _SAYS.not_verified(f"This role may read {readable} of {tables} tables.")
    return _SAYS.holds(f"{aside.run.live} can be reached, and {tables} tables in its schemas can be read.")
