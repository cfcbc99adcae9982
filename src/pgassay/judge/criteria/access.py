"""Does everybody get at what they should, and at nothing else?"""

from datetime import datetime

from pgassay.judge.demands import Answer, Demands, aged
from pgassay.model.readiness import Criterion, ReadinessFacts, Standing

ORDER = 3


def judge(facts: ReadinessFacts, demands: Demands, now: datetime) -> Criterion:
    """Judge it by what is known."""
    blank = Criterion(
        name="access",
        title="Everybody gets at what they should",
        standing=Standing.NOT_VERIFIED,
        evidence="no access check is recorded",
        command="pgassay access",
    )
    found = facts.access
    if found is None:
        return blank
    answer: Answer = (Standing.NOT_VERIFIED, "there is no baseline to compare with")
    if found.verdict in ("same", "saved"):
        answer = (Standing.MET, "the matrix is that of the baseline")
    elif found.verdict == "differs":
        answer = (Standing.NOT_MET, f"the matrix differs from the baseline, {found.opened} cells opened")
    return aged(blank, answer, at=found.at, reference=found.reference, limit=(now, demands.max_age_s))
