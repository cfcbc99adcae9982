"""The one place that asks the operating system for the time."""

import time
from datetime import UTC, datetime


def now() -> datetime:
    """Give this moment, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - the one clock


def monotonic() -> float:
    """Give seconds on a clock that never goes back; only differences mean anything."""
    return time.monotonic()


def pause(seconds: float) -> None:
    """Do nothing for a while."""
    time.sleep(seconds)


def since_boot() -> float:
    """Give the seconds since the machine started, its sleep included, as Linux counts for its processes."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)
