"""Did the security checks pass?"""

from datetime import datetime

from pgassay.judge.demands import Answer, Demands, aged
from pgassay.model.readiness import Criterion, ReadinessFacts, Standing

ORDER = 2


def judge(facts: ReadinessFacts, demands: Demands, now: datetime) -> Criterion:
    """Judge it by what is known."""
    blank = Criterion(
        name="security",
        title="Security is validated",
        standing=Standing.NOT_VERIFIED,
        evidence="no preflight is recorded",
        command="pgassay preflight",
    )
    found = facts.security
    if found is None:
        return blank
    answer: Answer = (Standing.MET, f"{found.checks} checks, {found.warnings} with warnings")
    if found.unreachable:
        answer = (Standing.NOT_VERIFIED, f"the server could not be reached: {found.unreachable}")
    elif found.failed:
        answer = (Standing.NOT_MET, f"{found.failed} of {found.checks} checks failed")
    elif found.broken or not found.checks:
        answer = (Standing.NOT_VERIFIED, f"{found.broken} of {found.checks} checks are at fault themselves")
    elif found.not_verified:
        answer = (Standing.NOT_VERIFIED, f"{found.not_verified} of {found.checks} checks could not look")
    return aged(blank, answer, at=found.at, reference=found.reference, limit=(now, demands.max_age_s))
