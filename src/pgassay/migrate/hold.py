"""Holds a database for one operation: whoever else wants to migrate it meanwhile is told who does."""

from datetime import datetime

from pgassay.migrate.history import ask
from pgassay.model.errors import Refused
from pgassay.pg.connection import Connection
from pgassay.pg.turn import take_turn


def hold(connection: Connection) -> None:
    """Take the lock of migrations. The session keeps it until it ends.

    Raises:
        Refused: another session has it.
    """
    if take_turn(lambda: bool(ask(connection, "take_lock")[0][0])):
        return
    holder = next(iter(ask(connection, "lock_holder")), None)
    raise Refused(
        f"Another pgassay is migrating the database {connection.info.dbname}{_who(holder)}.",
        remedy="Wait until it has ended. If its process is gone, the server ends the session by itself "
        "when its statement is done: pgassay migrate status",
    )


def _who(holder: tuple[int, str | None, str | None, datetime | None] | None) -> str:
    if holder is None:
        return ""
    pid, role, _, since = holder
    begun = f" since {since:%H:%M:%S}" if since is not None else ""
    return f": server process {pid}, role {role}{begun}" if role else f": server process {pid}"
