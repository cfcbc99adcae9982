"""Say how much of a database the tests of a recorded run touch."""

from dataclasses import dataclass

from pgassay.config.settings import Settings
from pgassay.judge.coverage import coverage
from pgassay.model.coverage import Coverage
from pgassay.model.errors import UsageError
from pgassay.model.touch import KINDS
from pgassay.pg.connection import connect
from pgassay.store.runs import find_run
from pgassay.store.touches import last_recorded_run, touched_by_run


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageWish:
    """Which run (empty: the last that recorded any), which objects, and the share asked for, in percent."""

    run: str = ""
    schemas: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    at_least: float | None = None


def coverage_of_run(wish: CoverageWish, settings: Settings, *, target: str | None) -> Coverage:
    """Compare what a run touched with what the database had when it began.

    Raises:
        UsageError: there is no such run, it recorded nothing, or nothing of the kind was there.
        Unavailable: the store cannot be reached, or is not installed.
    """
    unknown = [each for each in wish.kinds if each not in KINDS]
    if unknown:
        raise UsageError(f"There is no kind {unknown[0]!r}.", remedy=f"Kinds are {', '.join(KINDS)}.")
    place = settings.store_target(settings.target(target))
    if place is None:
        raise UsageError("Nothing is remembered, because [store] enabled is false.")
    with connect(place, application="pgassay store") as connection:
        found = find_run(connection, wish.run) if wish.run else last_recorded_run(connection)
        touches = touched_by_run(connection, found) if found is not None else None
    if touches is None or not touches.files:
        which = f"The run {found} has" if found is not None else "No run has"
        raise UsageError(
            f"{which} recorded what its files touch.", remedy="pgassay test, with [store] touches = true"
        )
    if not touches.objects:
        raise UsageError(f"What the database was like in run {found} was not recorded.")
    result = coverage(touches, schemas=wish.schemas, kinds=wish.kinds, at_least=wish.at_least)
    if not result.whole.total:
        raise UsageError("There was no object of that kind in that schema.", remedy="pgassay coverage")
    return result
