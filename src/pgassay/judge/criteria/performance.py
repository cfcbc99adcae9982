"""Is performance within its limits?"""

from datetime import datetime

from pgassay.judge.demands import Answer, Demands, aged
from pgassay.model.readiness import Criterion, ReadinessFacts, Standing

ORDER = 1


def judge(facts: ReadinessFacts, demands: Demands, now: datetime) -> Criterion:
    """Judge it by what is known."""
    blank = Criterion(
        name="performance",
        title="Performance is within its limits",
        standing=Standing.NOT_VERIFIED,
        evidence="no check of performance is recorded",
        command="pgassay perf check",
    )
    found = facts.performance
    if found is None:
        return blank
    left = f", {found.not_judged} could not be judged" if found.not_judged else ""
    answer: Answer = (Standing.MET, f"no regression, {found.judged} aspects judged{left}")
    if found.red:
        answer = (Standing.NOT_MET, "something is slower than it was, or than it may be")
    elif found.red is None or not found.judged:
        answer = (Standing.NOT_VERIFIED, "nothing could be judged")
    elif found.noisy:
        answer = (Standing.NOT_VERIFIED, "everything was slower at once")
    return aged(blank, answer, at=found.at, reference=found.reference, limit=(now, demands.max_age_s))
