"""What pgassay finds is worth keeping: the next run compares itself with it, and `pgassay ready` reads
it. The store is where that goes.

It only looks; `pgassay store install` makes or updates the tables.
"""

from collections.abc import Iterator

from pgassay.checks.contract import Ground, StoreStanding
from pgassay.model.check import Area, Finding, Level

TITLE = "The store is installed and current"
LEVEL = Level.WARNING
AREAS = (Area.PREFLIGHT,)
HELP = "pgassay store install"


def examine(ground: Ground) -> Iterator[Finding]:
    """Say how it stands."""
    if ground.store is None:
        return
    ground.opening.round_trips += 1
    yield _told(ground, ground.store())


def _told(ground: Ground, found: StoreStanding) -> Finding:
    if found.trouble:
        return ground.finding("store", Level.NOT_VERIFIED, found.trouble, found.remedy)
    if not found.place:
        return ground.finding("store", Level.INFO, "[store] enabled is false: nothing is remembered")
    if found.installed is None:
        return ground.finding("store", Level.WARNING, f"there is none in {found.place}")
    if found.installed < found.known:
        detail = f"version {found.installed} in {found.place}; this pgassay knows {found.known}"
        return ground.finding("store", Level.WARNING, detail)
    if found.installed > found.known:
        detail = f"version {found.installed} in {found.place}; this pgassay knows {found.known} only"
        return ground.finding("store", Level.WARNING, detail, "pip install --upgrade pgassay")
    return ground.finding("store", Level.PASSED, f"version {found.installed} in {found.place}")
