"""Whether the restored database can be written to: one row of each table is taken out and put back.

That goes through the table, every index and every constraint but foreign keys, whose triggers are off, as
are the application's own: what is to be seen is the database, not what the application thinks of a change.
All of it is rolled back.
"""

from pgassay.model.recovery import RecoveryStep, StepResult
from pgassay.pg.clone import maker
from pgassay.pg.connection import Connection, connect, reason
from pgassay.recovery.ask import ask
from pgassay.recovery.course import Verdict
from pgassay.recovery.steps.place import Place

_VERDICT = Verdict(step=RecoveryStep.WRITE)
_MOST = 10


def write_first(place: Place) -> StepResult:
    """Write to every table."""
    with (
        connect(place.target, application=maker()) as connection,
        connection.transaction(force_rollback=True),
    ):
        try:
            with connection.transaction():
                ask(connection, "without_triggers")
        except Connection.Error as error:
            return _VERDICT.not_verified(f"Triggers cannot be kept from running: {reason(str(error))}")
        statements = ask(connection, "write_queries")
        found = [(name, _write(connection, statement)) for name, statement in statements]
    wrong = [f"{name} cannot be written to: {why}." for name, why in found if why]
    if wrong:
        return _VERDICT.broken(wrong[0], *wrong[1:_MOST])
    return _VERDICT.holds(f"{len(statements)} tables were written to.")


def _write(connection: Connection, statement: str) -> str:
    try:
        with connection.transaction():
            connection.execute(statement.encode())
    except Connection.Error as error:
        return reason(str(error)).rstrip(".")
    return ""
