"""Whether every row refers to one that is there, whatever the constraint says of itself."""

from pgassay.model.recovery import RecoveryStep, StepResult
from pgassay.pg.connection import Connection
from pgassay.recovery.ask import ask
from pgassay.recovery.course import Verdict

_VERDICT = Verdict(step=RecoveryStep.FOREIGN_KEYS)
_MOST = 10


def check_foreign_keys(connection: Connection) -> StepResult:
    """Ask for rows that refer to nothing, one query a foreign key."""
    keys = ask(connection, "foreign_key_queries")
    counted = (
        (name, table, *connection.execute(query.encode()).fetchall()[0]) for name, table, query in keys
    )
    found = [(name, table, orphans) for name, table, orphans in counted if orphans]
    if found:
        wrong = [f"{name}: {orphans} rows refer to nothing." for name, _, orphans in found]
        tables = tuple(sorted({table for _, table, _ in found}))
        return _VERDICT.broken(wrong[0], *wrong[1:_MOST], tables=tables)
    return _VERDICT.holds(f"No row of {len(keys)} foreign keys refers to nothing.")
