"""Whether a database grows too fast, by how large it was. Pure.

The pace is the median of the slopes between all pairs of samples of the last two weeks: a single load, or a
table that was emptied, does not make it.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from pgassay.judge.statistics import slope
from pgassay.model.check import Level
from pgassay.model.growth import Growth, GrowthLimits
from pgassay.model.sizes import RelationSize, SizeSample

WINDOW = timedelta(days=14)
"""How far back a pace is looked for."""
LEAST_SAMPLES, LEAST_SPAN = 5, timedelta(days=3)
YOUNG = timedelta(days=7)
"""So long after its size was noted first, nobody is blamed for a short history.

Whoever looks on working days only has five sizes by then.
"""
_WEEK, _DAY_S = 7, 86_400.0
_SHOWN, _WORTH_SHOWING = 3, 1024**2
_UNITS = ("bytes", "kB", "MB", "GB", "TB")


def judge_growth(samples: Sequence[SizeSample], limits: GrowthLimits, *, since: datetime) -> Growth:
    """Judge by samples, the oldest first; the last one is what the database is now.

    ``since`` is when its size was noted first, which may be long before the samples.
    """
    known = [each for each in samples if each.at >= samples[-1].at - WINDOW]
    span = known[-1].at - known[0].at if known else timedelta()
    if len(known) < LEAST_SAMPLES or span < LEAST_SPAN:
        return _unknown(len(known), span, since=since, now=samples[-1].at)
    now, began = known[-1].sizes.size_bytes, known[0].at
    per_day = slope([((each.at - began).total_seconds() / _DAY_S, each.sizes.size_bytes) for each in known])
    week = _WEEK * per_day
    percent = 100 * week / now if now else 0.0
    left = max(0.0, limits.limit_bytes - now) / per_day if limits.limit_bytes and per_day > 0 else None
    fast = percent >= limits.percent and week >= limits.least_bytes
    soon = left is not None and left <= limits.days
    said = [
        f"{_size(now)}; {_pace(week, percent)}, by {len(known)} sizes of {span / timedelta(days=1):.0f} days"
    ]
    if left is not None:
        said.append(f"at this pace it has {_size(limits.limit_bytes)} in {left:,.0f} days")
    if grown := _grown(known[0], known[-1]):
        said.append("most by " + ", ".join(f"{each.name} (+{_size(each.size_bytes)})" for each in grown))
    return Growth(
        level=Level.WARNING if fast or soon else Level.PASSED,
        sentence="; ".join(said),
        per_day=per_day,
        samples=len(known),
    )


def _unknown(count: int, span: timedelta, *, since: datetime, now: datetime) -> Growth:
    days = span / timedelta(days=1)
    said = f"too little history: {count} sizes of {days:.1f} days, and it takes {LEAST_SAMPLES} of "
    said += f"{LEAST_SPAN.days} days"
    pending_until = since + YOUNG if now < since + YOUNG else None
    if pending_until is not None:
        said += f"; watched since {_at(since)}, and not held against a strict run until {_at(pending_until)}"
    return Growth(
        level=Level.NOT_VERIFIED,
        sentence=said,
        remedy="Let `pgassay health` run every day.",
        samples=count,
        pending_until=pending_until,
    )


def _at(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _pace(week: float, percent: float) -> str:
    if abs(percent) < 0.05:
        return "it does not grow"
    return f"it {'grows' if week > 0 else 'shrinks'} by {_size(abs(week))} a week ({abs(percent):,.1f} %)"


def _grown(before: SizeSample, after: SizeSample) -> list[RelationSize]:
    """Give by how much the tables grew that were among the largest both times."""
    known = {each.name: each.size_bytes for each in before.sizes.largest}
    grown = [
        RelationSize(name=each.name, size_bytes=each.size_bytes - known[each.name])
        for each in after.sizes.largest
        if each.size_bytes - known.get(each.name, each.size_bytes) >= _WORTH_SHOWING
    ]
    return sorted(grown, key=lambda each: -each.size_bytes)[:_SHOWN]


def _size(amount: float) -> str:
    """Spell bytes with as much precision as a person wants; units are powers of 1024, as the server's are."""
    unit = 0
    while amount >= 1024 and unit < len(_UNITS) - 1:
        amount, unit = amount / 1024, unit + 1
    return f"{amount:,.{0 if unit == 0 or amount >= 100 else 1}f} {_UNITS[unit]}"
