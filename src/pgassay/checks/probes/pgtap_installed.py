"""Tests are written in pgTAP. Where it is missing, `pgassay test` brings it: as an extension where the
server offers one, else as plain objects, else inside a transaction that is rolled back; each needs
the right to create.

It does not install anything, and does not try to.
"""

from collections.abc import Iterator

from pgassay.checks.contract import Ground
from pgassay.model.check import Area, Finding, Level
from pgassay.pg import query

TITLE = "pgTAP is installed, or can be"
LEVEL = Level.FAILED
AREAS = (Area.PREFLIGHT,)
HELP = "grant create on database {database} to {role}; or, as a superuser: create extension pgtap;"


def examine(ground: Ground) -> Iterator[Finding]:
    """Look for it, then for a way to bring it."""
    found, offered, rights = ground.ask(
        query.load("pgassay.pg", "find_pgtap", major=ground.around.major).text,
        query.load("pgassay.pg", "pgtap_available", major=ground.around.major).text,
        "select pg_catalog.has_database_privilege(pg_catalog.current_database(), 'create'),"
        " pg_catalog.current_database()",
    )
    for each in (found, offered, rights):
        if each.error is not None:
            yield ground.finding("pgTAP", Level.NOT_VERIFIED, each.error.message, "Run it again.")
            return
    may_create, database = rights.rows[0][0] == "t", rights.rows[0][1]
    if found.rows:
        schema, version = found.rows[0]
        yield ground.finding(
            "pgTAP", Level.PASSED, f"pgTAP {version} is in the schema {schema}", version=version
        )
    elif may_create:
        way = "as plain objects, or inside a transaction"
        if offered.rows:
            way = f"as the extension that the server offers ({offered.rows[0][0]}), or {way}"
        yield ground.finding("pgTAP", Level.INFO, f"pgTAP is not installed; pgassay test brings it {way}")
    else:
        detail = f"pgTAP is not installed, and {ground.around.role} may not create anything in the database"
        yield ground.finding("pgTAP", LEVEL, detail, database=database, role=ground.around.role)
