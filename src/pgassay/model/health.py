"""The words in which the health of a database is told, and how a check's findings become one line.

The SQL functions in the store say the same in SQL; ``checks/compiled`` has that half.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import assert_never

from pgassay.model.check import CheckResult, Finding, Level

SHOWN = 3
"""How many findings one line tells; of the others it gives the number."""


class Health(StrEnum):
    """How a part of a database, or the whole, is doing; from good to bad."""

    HEALTHY = "HEALTHY"
    NOT_VERIFIED = "NOT VERIFIED"
    """It could not be looked at."""
    DEGRADED = "DEGRADED"
    UNHEALTHY = "UNHEALTHY"


def health_of(level: Level) -> Health:
    """Say what a check's level means for health."""
    match level:
        case Level.PASSED | Level.INFO:
            return Health.HEALTHY
        case Level.WARNING:
            return Health.DEGRADED
        case Level.NOT_VERIFIED:
            return Health.NOT_VERIFIED
        case Level.FAILED:
            return Health.UNHEALTHY
        case _:
            assert_never(level)


def overall(parts: Iterable[Health]) -> Health:
    """Give the worst of what could be verified; where nothing could, that.

    What is not verified does not hide how the rest is doing, and is counted beside it.
    """
    verified = [each for each in parts if each is not Health.NOT_VERIFIED]
    order = list(Health)
    return max(verified, key=order.index, default=Health.NOT_VERIFIED)


def message_of(result: CheckResult) -> str:
    """Tell what a check's worst findings say, in the order of the server."""
    told = _worst(result)
    if not told:
        return "nothing found"
    lines = [each.detail if each.object == "check" else f"{each.object}: {each.detail}" for each in told]
    return _cut(lines)


def remedy_of(result: CheckResult) -> str:
    """Tell what to do about a check's worst findings."""
    return _cut(list(dict.fromkeys(each.remediation for each in _worst(result) if each.remediation)))


def _worst(result: CheckResult) -> tuple[Finding, ...]:
    level = result.level
    return tuple(each for each in result.findings if each.level is level)


def _cut(lines: list[str]) -> str:
    more = len(lines) - SHOWN
    return "; ".join(lines[:SHOWN]) + (f"; and {more} more" if more > 0 else "")
