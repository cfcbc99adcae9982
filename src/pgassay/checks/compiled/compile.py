"""Makes functions in SQL of checks: what is called, in which words it answers, and for which server.

Each check stays a query of its own that may fail by itself: the function asks them one by one, in a loop with
an exception handler, just as the engine asks each within a savepoint.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pgassay.checks.compiled.row import check_row
from pgassay.checks.compiled.text import placed
from pgassay.checks.contract import Check
from pgassay.checks.parameters import array_literal
from pgassay.checks.plan import Asked, fitting
from pgassay.checks.surroundings import needs_of
from pgassay.model.check import Area
from pgassay.model.health import SHOWN
from pgassay.model.sql_function import SqlFunction
from pgassay.pg import query

SCHEMA = "prod_test_schema"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """A function to make: of which area, with which columns, and which file has its last query."""

    name: str
    area: Area
    columns: str
    select: str
    comment: str


_HEALTH = "category text, name text, status text, message text, checked_at timestamptz"
_VALIDATION = "validation_item text, status text, details text, remediation_action text"
_KINDS = (
    _Kind(
        name="production_health_check",
        area=Area.HEALTH,
        columns=_HEALTH,
        select="health",
        comment="How this database is doing: the same as pgassay health.",
    ),
    _Kind(
        name="validate_pre_migration_state",
        area=Area.PRE_MIGRATION,
        columns=_VALIDATION,
        select="validation",
        comment="Whether this database may be migrated: the same as pgassay checks run --area pre-migration.",
    ),
    _Kind(
        name="validate_post_migration_state",
        area=Area.POST_MIGRATION,
        columns=_VALIDATION,
        select="validation",
        comment="Whether a migration left what it should: as pgassay checks run --area post-migration.",
    ),
)


def compile_functions(checks: Sequence[Check], *, major: int) -> tuple[SqlFunction, ...]:
    """Make the functions that answer what the checks of each area ask, for servers of one major version."""
    return tuple(_function(kind, checks, major=major) for kind in _KINDS)


def _function(kind: _Kind, checks: Sequence[Check], *, major: int) -> SqlFunction:
    about = [Asked(check=each, values={}) for each in checks if kind.area in each.info.areas]
    chosen = [each.check for each in fitting(about, major=major)]
    rows = [check_row(place, each, major=major) for place, each in enumerate(chosen, start=1)]
    answer = _text("answer").replace("@shown@", str(SHOWN)) + _text(kind.select).rstrip()
    parts = {
        "name": kind.name,
        "columns": kind.columns,
        "surroundings": _surroundings(major),
        "needs": _needs(chosen, major),
        "checks": ",\n".join(rows),
        "answer": answer,
    }
    definition = _text("frame")
    for name, text in parts.items():
        definition = definition.replace(f"@{name}@", text)
    return SqlFunction(schema=SCHEMA, name=kind.name, definition=definition, comment=kind.comment)


def _surroundings(major: int) -> str:
    named = query.load("pgassay.checks", "surroundings", major=major)
    return placed(named, lambda name: _SHARED.format(name=name))


_SHARED = (
    "(select coalesce(array_agg(e.value), '{{}}') from "
    "jsonb_array_elements_text(_settings -> 'checks.{name}') as e (value))"
)


def _needs(checks: Sequence[Check], major: int) -> str:
    needs = needs_of([each.info for each in checks])
    values = {
        "kinds": array_literal([each.kind for each in needs]),
        "names": array_literal([each.name for each in needs]),
    }
    named = query.load("pgassay.checks", "needs", major=major)
    return placed(named, lambda name: "'" + values[name].replace("'", "''") + "'")


@cache
def _text(name: str) -> str:
    return files("pgassay.checks.compiled").joinpath(f"{name}.sql").read_text("utf-8")
