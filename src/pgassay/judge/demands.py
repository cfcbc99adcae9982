"""What a project asks for before it goes to production, and how an answer grows old."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pgassay.model.readiness import Criterion, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Demands:
    """What has to hold. Ages and objectives are in seconds, ``tests_at_least`` is in percent.

    An objective that is ``None`` is not asked for. ``waived`` are criteria that do not count, with the
    reasons.
    """

    tests_at_least: float
    max_age_s: float
    drill_max_age_s: float
    rto_s: float | None = None
    rpo_s: float | None = None
    waived: tuple[tuple[str, str], ...] = ()


Answer = tuple[Standing, str]
"""How a criterion stands, and what was found."""


def aged(
    blank: Criterion, answer: Answer, *, at: datetime, reference: str, limit: tuple[datetime, float]
) -> Criterion:
    """Give a criterion its answer; one that is good and too old is not verified."""
    standing, evidence = answer
    now, most_s = limit
    if standing is Standing.MET and now - at > timedelta(seconds=most_s):
        standing, evidence = Standing.NOT_VERIFIED, f"too old: {evidence}"
    command = "" if standing is Standing.MET else blank.command
    return replace(blank, standing=standing, evidence=evidence, at=at, reference=reference, command=command)
