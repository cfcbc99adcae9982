"""A server that its makers no longer mend collects known holes, and a version that pgassay does not know
may behave in ways that it has never seen.

The dates are those of the project's versioning policy. Whether the latest minor release runs is not
seen, since that changes every quarter.
"""

from collections.abc import Iterator
from datetime import date

from pgassay.checks.contract import Ground
from pgassay.model.check import Area, Finding, Level, Parameter, ParameterKind

TITLE = "The server's version is supported"
LEVEL = Level.WARNING
AREAS = (Area.PREFLIGHT,)
HELP = "Plan an upgrade: https://www.postgresql.org/support/versioning/"
PARAMETERS = (
    Parameter(
        name="warning_days",
        default="180",
        kind=ParameterKind.NUMBER,
        help="days before the end of support from which there is a warning",
    ),
)

LAST_DAY = {
    10: date(2022, 11, 10),
    11: date(2023, 11, 9),
    12: date(2024, 11, 14),
    13: date(2025, 11, 13),
    14: date(2026, 11, 12),
    15: date(2027, 11, 11),
    16: date(2028, 11, 9),
    17: date(2029, 11, 8),
    18: date(2030, 11, 14),
}
"""The day of the last release of each major version."""
_OLDEST, _NEWEST = 14, max(LAST_DAY)


def examine(ground: Ground) -> Iterator[Finding]:
    """Compare the version with what is known, on the day of the run."""
    version = ground.around.server_version
    level, detail = standing(
        ground.around.major, today=ground.moment.date(), notice_days=float(ground.values["warning_days"])
    )
    yield ground.finding("server", level, f"PostgreSQL {version} {detail}", major=ground.around.major)


def standing(major: int, *, today: date, notice_days: float) -> tuple[Level, str]:
    """Say how a major version stands on a day."""
    if major > _NEWEST:
        return Level.WARNING, f"is newer than this pgassay, which knows {_OLDEST} to {_NEWEST}"
    last = LAST_DAY.get(major)
    if major < _OLDEST or last is None:
        return Level.FAILED, f"is older than what pgassay supports, {_OLDEST} to {_NEWEST}"
    left = (last - today).days
    if left < 0:
        return Level.WARNING, f"has had no support since {last}"
    if left <= notice_days:
        return Level.WARNING, f"is supported until {last}, {left} more days"
    return Level.PASSED, f"is supported until {last}"
