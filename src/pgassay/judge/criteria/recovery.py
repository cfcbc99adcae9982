"""Was recovery drilled, and within its objectives?"""

from dataclasses import replace
from datetime import datetime

from pgassay.judge.demands import Answer, Demands, aged
from pgassay.model.readiness import Criterion, ReadinessFacts, Standing

ORDER = 6


def judge(facts: ReadinessFacts, demands: Demands, now: datetime) -> Criterion:
    """Judge it by what is known."""
    blank = Criterion(
        name="recovery",
        title="Recovery was drilled",
        standing=Standing.NOT_VERIFIED,
        evidence="no drill is recorded",
        command="pgassay recover drill",
    )
    found = facts.drill
    if found is None:
        return blank
    took = f"{found.rto_s:,.0f} s" if found.rto_s is not None else "an unknown time"
    answer: Answer = (Standing.MET, f"restored and verified in {took}")
    if found.in_time:
        blank = replace(blank, command="pgassay recover pitr")
        answer = (Standing.NOT_MET, "the latest proof of a point in time failed")
    elif found.status == "failed":
        answer = (Standing.NOT_MET, "the latest drill failed")
    elif found.status != "passed":
        answer = (Standing.NOT_VERIFIED, f"the latest drill is {found.status}")
    for name, actual, limit in (("RTO", found.rto_s, demands.rto_s), ("RPO", found.rpo_s, demands.rpo_s)):
        if answer[0] is Standing.MET and limit is not None:
            answer = _objective(name, actual, limit) or answer
    return aged(blank, answer, at=found.at, reference=found.reference, limit=(now, demands.drill_max_age_s))


def _objective(name: str, actual: float | None, limit: float) -> Answer | None:
    if actual is None:
        return (Standing.NOT_VERIFIED, f"the {name} was not measured, and {limit:,.0f} s are the objective")
    if actual > limit:
        return (Standing.NOT_MET, f"the {name} is {actual:,.0f} s, {limit:,.0f} s are the objective")
    return None
