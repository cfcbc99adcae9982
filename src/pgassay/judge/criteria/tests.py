"""Do the tests pass, and no fewer than in the last good run?"""

from datetime import datetime

from pgassay.judge.demands import Answer, Demands, aged
from pgassay.model.readiness import Criterion, ReadinessFacts, Standing

ORDER = 0


def judge(facts: ReadinessFacts, demands: Demands, now: datetime) -> Criterion:
    """Judge it by what is known."""
    blank = Criterion(
        name="tests",
        title="Tests pass",
        standing=Standing.NOT_VERIFIED,
        evidence="no run of tests is recorded",
        command="pgassay test --all-categories",
    )
    found = facts.tests
    if found is None:
        return blank
    total = found.passed + found.failed
    share = 100 * found.passed / total if total else 0.0
    sentence = f"{found.passed:,} of {total:,} tests passed ({share:.1f} %)"
    answer: Answer = (Standing.MET, sentence)
    if found.critical_red:
        answer = (Standing.NOT_MET, f"critical files are red: {', '.join(found.critical_red)}")
    elif found.unfinished:
        answer = (Standing.NOT_MET, f"{sentence}, and not every category came to its end")
    elif share < demands.tests_at_least:
        answer = (Standing.NOT_MET, f"{sentence}, {demands.tests_at_least:g} % are asked for")
    elif found.passed_before is not None and found.passed < found.passed_before:
        answer = (Standing.NOT_MET, f"{sentence}, {found.passed_before:,} did in the last good run")
    return aged(blank, answer, at=found.at, reference=found.reference, limit=(now, demands.max_age_s))
