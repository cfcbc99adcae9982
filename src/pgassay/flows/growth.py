"""How fast a target grows: what its size was is in the store, where what it is now is noted, too."""

from dataclasses import replace

from pgassay.checks.contract import Growing
from pgassay.config.settings import Settings
from pgassay.judge.growth import WINDOW, judge_growth
from pgassay.model.check import Level
from pgassay.model.errors import PgassayError
from pgassay.model.growth import Growth, GrowthLimits
from pgassay.model.sizes import Sizes, SizeSample
from pgassay.pg.clock import now
from pgassay.pg.connection import connect
from pgassay.pg.target import Target
from pgassay.store.sizes import first_noted, note_sizes, past_sizes

_GB = 1024**3


def growing(settings: Settings, target: Target) -> Growing:
    """Give what notes how large a target is now, and says how fast it grows."""

    def judge(database: str, sizes: Sizes, limits: GrowthLimits) -> Growth:
        try:
            place = settings.store_target(target)
            if place is None:
                return _unknown("[store] enabled is false: it is not known how large it was", "")
            with connect(place, application="pgassay store") as connection:
                at = now()
                past = past_sizes(connection, database, since=at - WINDOW)
                since = first_noted(connection, database) or at
                note_sizes(connection, database, sizes, at=at)
        except PgassayError as error:
            return _unknown(f"it is not known how large it was: {error.sentence}", error.remedy)
        samples = [*past, SizeSample(at=at, sizes=sizes)]
        return judge_growth(samples, _completed(limits, settings), since=since)

    return judge


def _completed(limits: GrowthLimits, settings: Settings) -> GrowthLimits:
    """Take the limit that the check of the size has, where the one of growth has none of its own."""
    known = [
        each.value
        for each in settings.checks.parameters
        if (each.check, each.name) == ("database_size", "limit_gb")
    ]
    if limits.limit_bytes or not known:
        return limits
    return replace(limits, limit_bytes=float(str(known[-1])) * _GB)


def _unknown(sentence: str, remedy: str) -> Growth:
    return Growth(level=Level.NOT_VERIFIED, sentence=sentence, remedy=remedy)
