"""Is one database slower than another, both measured in turns? The gate for a change, without a history.

Screening is cheap and finds suspects; only those are measured again, in fresh pairs, and only a paired test
on these decides. The null hypothesis allows five percent, since two equal copies differ by as much.
"""

from collections.abc import Sequence
from math import exp, log
from statistics import median

from pgassay.judge.statistics import greater, positive, rejected, shift
from pgassay.model.perf import Aspect, Grade, Judgement, WorkloadQuery

SCREEN = 15
"""Samples of each side with which suspects are found."""
CONFIRM = 30
"""Fresh pairs with which a suspect is confirmed."""
_SUSPICIOUS = (0.05, 1.10)
_ALLOWED = log(1.05)
_FALSE_RATE = 0.05
_CERTAIN = 0.01
_FLOOR_MS = 1.0
_GRADES = ((2.0, Grade.CRITICAL), (1.25, Grade.WARNING), (1.10, Grade.INFO))

Pairs = Sequence[tuple[float, float]]
"""Times of base and candidate, taken in turns, in milliseconds."""


def suspicious(pairs: Pairs) -> bool:
    """Whether a statement should be measured again."""
    base, candidate = [one for one, _ in pairs], [other for _, other in pairs]
    probability, ratio = _SUSPICIOUS
    return greater(candidate, base) < probability and median(candidate) / median(base) > ratio


def compare(confirmed: Sequence[tuple[WorkloadQuery, Pairs]]) -> tuple[Judgement, ...]:
    """Judge the suspects by their fresh pairs, all of them as one family."""
    if not confirmed:
        return ()
    logs = [[log(other / one) for one, other in pairs] for _, pairs in confirmed]
    probabilities = [positive([each - _ALLOWED for each in found]) for found in logs]
    standing = rejected(probabilities, rate=_FALSE_RATE)
    return tuple(
        _judgement(
            query,
            pairs,
            ratio=exp(shift(found)),
            certain=index in standing and probabilities[index] < _CERTAIN,
        )
        for index, ((query, pairs), found) in enumerate(zip(confirmed, logs, strict=True))
    )


def unsuspicious(query: WorkloadQuery, pairs: Pairs) -> Judgement:
    """Judge a statement that nothing was found against."""
    return _judgement(query, pairs, ratio=median(other / one for one, other in pairs), certain=False)


def _judgement(query: WorkloadQuery, pairs: Pairs, *, ratio: float, certain: bool) -> Judgement:
    base, actual = median(one for one, _ in pairs), median(other for _, other in pairs)
    grade = Grade.OK
    if certain and actual - base >= _FLOOR_MS:
        grade = next((each for factor, each in _GRADES if ratio >= factor), Grade.OK)
    return Judgement(
        query=query.name,
        category=query.category,
        aspect=Aspect.TIME,
        grade=grade,
        sentence=f"takes {ratio:.2f} times as long as on the base ({actual:,.1f} ms, {base:,.1f} there)",
        limit=base,
        actual=actual,
    )
