"""What is kept aside of a database, whichever way it was set aside."""

from pgassay.model.aside import Aside
from pgassay.model.errors import Unavailable
from pgassay.pg.connection import Connection, connect
from pgassay.pg.target import Target
from pgassay.recovery.rollback.databases import aside as databases
from pgassay.recovery.rollback.ground import APPLICATION
from pgassay.recovery.rollback.schemas import aside as schemas


def kept_aside(server: Connection, target: Target, live: str) -> tuple[Aside, ...]:
    """Give what operations set aside, the newest first; schemas only where the database can be reached."""
    found = list(databases.asides(server, live))
    try:
        with connect(target, application=APPLICATION) as connection:
            found += schemas.asides(connection, live)
    except Unavailable:
        pass
    return tuple(sorted(found, key=lambda each: each.run.started_at, reverse=True))
