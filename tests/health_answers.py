"""Health as the command tells it and as the function in the store does, in a form that can be compared."""

import re
from uuid import UUID

from fix_health import Patient, examine
from pgassay.checks.compiled.compile import compile_functions
from pgassay.checks.compiled.configuration import PREFIX, configuration
from pgassay.checks.load import builtin
from pgassay.checks.plan import make_plan
from pgassay.checks.settings import ChecksSettings
from pgassay.model.health import health_of, message_of
from pgassay.pg.connection import Connection, connect, sql
from pgassay.pg.query import major_version
from pgassay.store.functions import configure, install_functions
from pgassay.store.schema import install

_ASKED_OUTSIDE = "database_growth"
"""What is judged by the store, wherever that is."""
_PASSING = re.compile(r"\d+(?:[.,:]\d+)*")
"""Figures: between two looks at one server, time passes and counters grow."""


def settled(text: str) -> str:
    """A text without what changes from one moment to the next."""
    return _PASSING.sub("#", text)


def keep(patient: Patient) -> None:
    """Install the functions, and what they must know of the settings."""
    with connect(patient.target) as connection:
        install(connection)
        install_functions(connection, compile_functions(builtin(), major=major_version(connection)))
        configure(connection, configured(patient.settings), prefix=PREFIX)


def configured(settings: ChecksSettings) -> dict[str, str]:
    """What the functions must know of some settings."""
    plan = make_plan(builtin(), settings, every=builtin(), run=UUID(int=1))
    return configuration(settings, plan)


def ask(connection: Connection, function: str) -> list[tuple[str, ...]]:
    """Call a function as somebody with nothing but psql does."""
    call = sql.SQL("select * from prod_test_schema.{}()").format(sql.Identifier(function))
    return [tuple(row) for row in connection.execute(call)]


def health_of_command(patient: Patient) -> dict[str, tuple[str, str]]:
    """For each check, status and message as the command has them."""
    return {
        name: (health_of(result.level).value, settled(message_of(result)))
        for name, result in examine(patient).items()
        if name != _ASKED_OUTSIDE
    }


def health_of_function(patient: Patient) -> dict[str, tuple[str, str]]:
    """The same, as the function has them."""
    with connect(patient.target) as connection:
        rows = ask(connection, "production_health_check")
    found = {name: (status, settled(message)) for _, name, status, message, _ in rows}
    assert found.pop(_ASKED_OUTSIDE) == ("NOT VERIFIED", "SQL alone cannot tell.")
    return found
