"""Were migrations rehearsed, there and back, and is none left in between?"""

from dataclasses import replace
from datetime import datetime

from pgassay.judge.demands import Demands
from pgassay.model.readiness import Criterion, ReadinessFacts, Standing

ORDER = 4


def judge(facts: ReadinessFacts, demands: Demands, now: datetime) -> Criterion:
    """Judge it by what is known."""
    blank = Criterion(
        name="migrations",
        title="Migrations were rehearsed, there and back",
        standing=Standing.NOT_VERIFIED,
        evidence="no rehearsal is recorded",
        command="pgassay migrate rehearse",
    )
    found = facts.migrations
    for names, words in (
        (found.unsettled, "left unsettled"),
        (found.red, "red in their rehearsal"),
        (found.unrehearsed, "applied without a rehearsal"),
    ):
        if names:
            shown = f"{words}: {', '.join(names)}"
            return replace(blank, standing=Standing.NOT_MET, evidence=shown, at=found.at)
    if not found.rehearsed:
        return blank
    # A rehearsal is about the content of a file, which its hash names: it does not grow old.
    shown = f"{found.rehearsed} rehearsed, all of them green"
    return replace(blank, standing=Standing.MET, evidence=shown, at=found.at, command="")
