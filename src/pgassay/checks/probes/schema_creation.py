"""A privilege on paper is not always one in fact: event triggers, extensions of a provider and read-only
sessions may refuse it. So a schema is created, and undone, in a transaction that is rolled back.

Nothing stays but a transaction id. Lacking it, pgTAP and the store must be installed by somebody else.
"""

from collections.abc import Iterator

from pgassay.checks.contract import Ground
from pgassay.model.check import Area, Finding, Level
from pgassay.model.message import ServerMessage

TITLE = "A schema can be created"
LEVEL = Level.WARNING
AREAS = (Area.PREFLIGHT,)
HELP = "grant create on database {database} to {role};"

_FORBIDDEN, _READ_ONLY = "42501", "25006"


def examine(ground: Ground) -> Iterator[Finding]:
    """Try it, undo it, and look that it is undone."""
    name = f"pgassay_preflight_{ground.around.backend_pid}"
    *_, created, _, left = ground.ask(
        "begin",
        "set local statement_timeout = '5s'",
        "set local lock_timeout = '1s'",
        f"create schema {name}",
        "rollback",
        ("select pg_catalog.count(*) from pg_catalog.pg_namespace as n where n.nspname = $1", name),
    )
    if created.error is not None:
        yield _refused(ground, created.error)
    elif left.error is None and left.rows[0][0] == "0":
        yield ground.finding("database", Level.PASSED, "a schema was created and undone")
    else:
        remedy = f"drop schema {name};"
        yield ground.finding(name, Level.FAILED, "was created, and is still there", remedy)


def _refused(ground: Ground, error: ServerMessage) -> Finding:
    wire = ground.opening.wire
    database = wire.identity["DBNAME"] if wire is not None else ""
    if error.sqlstate == _FORBIDDEN:
        return ground.finding(
            "database", Level.WARNING, error.message, database=database, role=ground.around.role
        )
    if error.sqlstate == _READ_ONLY:
        return ground.finding("database", Level.WARNING, error.message, "Connect to the primary.")
    return ground.finding("database", Level.NOT_VERIFIED, error.message, "Run it again.")
