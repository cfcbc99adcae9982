"""Is nothing critical unsettled?"""

from dataclasses import replace
from datetime import datetime

from pgassay.judge.demands import Demands
from pgassay.model.readiness import Criterion, ReadinessFacts, Standing

ORDER = 7


def judge(facts: ReadinessFacts, demands: Demands, now: datetime) -> Criterion:
    """Judge it by what is known."""
    blank = Criterion(
        name="incidents",
        title="Nothing critical is unsettled",
        standing=Standing.MET,
        evidence="no critical incident or alert",
        at=now,
    )
    for names, noun, command in (
        (facts.attention.incidents, "incident", "pgassay incidents list"),
        (facts.attention.alerts, "alert", "pgassay alerts list"),
    ):
        if names:
            shown = f"{len(names)} critical {noun}{'s' if len(names) > 1 else ''}: {names[0]}"
            return replace(blank, standing=Standing.NOT_MET, evidence=shown, command=command)
    return blank
