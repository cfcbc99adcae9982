"""How fast a database grows, and what of that is to be looked at."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pgassay.judge.growth import YOUNG, judge_growth
from pgassay.judge.statistics import slope
from pgassay.model.check import Level
from pgassay.model.growth import Growth, GrowthLimits
from pgassay.model.sizes import RelationSize, Sizes, SizeSample

MOMENT = datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)
MB, GB = 1024**2, 1024**3
LIMITS = GrowthLimits(percent=20, least_bytes=100 * MB, limit_bytes=0, days=30)


def samples(*sizes: float, every: timedelta = timedelta(days=1)) -> list[SizeSample]:
    return [
        SizeSample(at=MOMENT + number * every, sizes=Sizes(size_bytes=round(size)))
        for number, size in enumerate(sizes)
    ]


def judged(known: list[SizeSample], limits: GrowthLimits, *, since: datetime = MOMENT) -> Growth:
    """Judge samples of a database that is watched since the first of them, if nothing else is said."""
    return judge_growth(known, limits, since=since)


def test_the_slope_is_that_of_most_pairs() -> None:
    assert slope([(0, 0), (1, 2), (2, 4), (3, 6)]) == 2
    assert slope([(0, 0), (1, 2), (2, 4), (3, 600), (4, 8), (5, 10)]) == 2
    assert slope([(0, 1), (0, 9), (1, 5), (2, 5)]) == pytest.approx(0)


def test_a_database_that_grows_by_a_third_a_week_is_warned_of() -> None:
    found = judged(samples(*(10 * GB + day * 0.5 * GB for day in range(10))), LIMITS)
    assert found.level is Level.WARNING
    assert found.per_day == pytest.approx(0.5 * GB)
    assert found.sentence == "14.5 GB; it grows by 3.5 GB a week (24.1 %), by 10 sizes of 9 days"


@pytest.mark.parametrize(
    "sizes",
    [
        [10 * GB] * 10,
        [10 * GB + day * 0.1 * GB for day in range(10)],
        [10 * GB - day * GB for day in range(9)],
        [10 * GB] * 8 + [18 * GB] * 3,  # one load
        [10 * GB] * 4 + [80 * GB] + [10 * GB] * 4,  # something large that came and went
        [1 * MB * 2**day for day in range(6)],  # fast, and small
        [0] * 6,
    ],
)
def test_what_is_slow_or_small_or_over_is_fine(sizes: list[float]) -> None:
    assert judged(samples(*sizes), LIMITS).level is Level.PASSED


def test_a_limit_that_comes_near_is_warned_of_however_slow_that_is() -> None:
    limits = replace(LIMITS, limit_bytes=20 * GB)
    slow = [18 * GB + day * 0.05 * GB for day in range(10)]
    assert judged(samples(*slow), LIMITS).level is Level.PASSED
    near = judged(samples(*slow), limits)
    assert near.level is Level.PASSED
    assert "at this pace it has 20.0 GB in 31 days" in near.sentence
    soon = judged(samples(*slow), replace(limits, days=31.5))
    assert soon.level is Level.WARNING
    over = judged(samples(*(each + 5 * GB for each in slow)), limits)
    assert (over.level, "in 0 days" in over.sentence) == (Level.WARNING, True)


def test_what_does_not_grow_never_comes_to_its_limit() -> None:
    found = judged(samples(*[19 * GB] * 9), replace(LIMITS, limit_bytes=20 * GB))
    assert (found.level, "at this pace" in found.sentence) == (Level.PASSED, False)


@pytest.mark.parametrize(
    ("count", "every"),
    [(1, timedelta(days=1)), (4, timedelta(days=2)), (60, timedelta(hours=1)), (5, timedelta(hours=17))],
)
def test_too_little_history_is_not_verified(count: int, every: timedelta) -> None:
    found = judged(samples(*(GB * 2**each for each in range(count)), every=every), LIMITS)
    assert (found.level, found.per_day, found.samples) == (Level.NOT_VERIFIED, None, count)
    assert f"too little history: {count} sizes" in found.sentence
    assert "pgassay health" in found.remedy


@pytest.mark.parametrize(
    ("watched", "pending"),
    [
        (timedelta(0), True),
        (timedelta(days=3, hours=1), True),
        (YOUNG - timedelta(seconds=1), True),
        (YOUNG, False),
        (timedelta(days=400), False),
    ],
)
def test_in_its_first_week_a_short_history_is_held_against_nobody(
    watched: timedelta, *, pending: bool
) -> None:
    since = MOMENT - watched
    found = judged(samples(GB), LIMITS, since=since)
    assert (found.level, found.pending_until) == (Level.NOT_VERIFIED, since + YOUNG if pending else None)
    told = f"; watched since {since:%Y-%m-%d %H:%M} UTC, and not held against a strict run until "
    assert (told in found.sentence) is pending


def test_what_can_be_judged_is_judged_in_the_first_week_too() -> None:
    found = judged(samples(*(GB * 2**day for day in range(5))), LIMITS)
    assert (found.level, found.pending_until) == (Level.WARNING, None)


def test_five_sizes_of_three_days_are_enough() -> None:
    found = judged(samples(*[GB] * 5, every=timedelta(hours=18)), LIMITS)
    assert found.level is Level.PASSED


def test_only_the_last_two_weeks_make_the_pace() -> None:
    fast, steady = [10 * GB + day * GB for day in range(20)], [30 * GB] * 15
    assert judged(samples(*fast), LIMITS).level is Level.WARNING
    found = judged(samples(*fast, *steady), LIMITS)
    assert found.sentence == "30.0 GB; it does not grow, by 15 sizes of 14 days"


def test_it_is_said_what_grew() -> None:
    known = samples(*(10 * GB + day * GB for day in range(6)))
    before = (RelationSize(name="a.a", size_bytes=5 * GB), RelationSize(name="a.b", size_bytes=GB))
    after = (
        RelationSize(name="a.a", size_bytes=9 * GB),
        RelationSize(name="a.c", size_bytes=2 * GB),
        RelationSize(name="a.b", size_bytes=GB),
    )
    first = replace(known[0], sizes=replace(known[0].sizes, largest=before))
    last = replace(known[-1], sizes=replace(known[-1].sizes, largest=after))
    found = judged([first, *known[1:-1], last], LIMITS)
    assert found.sentence.endswith("; most by a.a (+4.0 GB)")
