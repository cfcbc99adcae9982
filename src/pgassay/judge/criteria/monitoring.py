"""Does somebody look at the database's health, and is anybody told?"""

from dataclasses import replace
from datetime import datetime

from pgassay.judge.demands import Answer, Demands, aged
from pgassay.model.readiness import Criterion, ReadinessFacts, Standing

ORDER = 5


def judge(facts: ReadinessFacts, demands: Demands, now: datetime) -> Criterion:
    """Judge it by what is known."""
    blank = Criterion(
        name="monitoring",
        title="Monitoring is active",
        standing=Standing.NOT_VERIFIED,
        evidence="no health check is recorded",
        command="pgassay health",
    )
    found = facts.health
    if found is None:
        return blank
    told = facts.attention.receivers
    answer: Answer = (Standing.MET, f"{found.checks} checks of health, none failed; {told} told")
    if found.unreachable:
        answer = (Standing.NOT_MET, f"the server could not be reached: {found.unreachable}")
    elif found.failed:
        answer = (Standing.NOT_MET, f"unhealthy: {found.failed} of {found.checks} checks failed")
    elif not told:
        blank = replace(blank, command="pgassay notify test")
        answer = (Standing.NOT_VERIFIED, "nobody is told anything: no receiver is configured")
    elif not found.checks:
        answer = (Standing.NOT_VERIFIED, "no check of health was asked")
    return aged(blank, answer, at=found.at, reference=found.reference, limit=(now, demands.max_age_s))
