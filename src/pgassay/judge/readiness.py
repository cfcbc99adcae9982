"""May this go to production? Puts the verdicts on all criteria together."""

import pkgutil
from dataclasses import replace
from datetime import datetime
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from pgassay.judge import criteria
from pgassay.judge.demands import Demands
from pgassay.model.readiness import Criterion, Readiness, ReadinessFacts, Standing


class Judge(Protocol):
    """What a module in ``criteria`` offers."""

    ORDER: int

    def judge(self, facts: ReadinessFacts, demands: Demands, now: datetime) -> Criterion:
        """Judge the criterion by what is known."""


@cache
def known_criteria() -> dict[str, Judge]:
    """Give all criteria by their names, in the order of reports."""
    found = {
        each.name: cast(Judge, import_module(f"{criteria.__name__}.{each.name}"))
        for each in pkgutil.iter_modules(criteria.__path__)
    }
    return dict(sorted(found.items(), key=lambda item: item[1].ORDER))


def judge_readiness(facts: ReadinessFacts, demands: Demands, *, target: str, now: datetime) -> Readiness:
    """Judge every criterion; one that the project waives says so, with its reason."""
    waived = dict(demands.waived)
    found = {name: each.judge(facts, demands, now) for name, each in known_criteria().items()}
    return Readiness(
        target=target,
        at=now,
        criteria=tuple(
            _waived(each, waived[name]) if name in waived else each for name, each in found.items()
        ),
    )


def _waived(criterion: Criterion, reason: str) -> Criterion:
    if criterion.standing is Standing.MET:
        return criterion
    evidence = f"{reason} ({criterion.standing}: {criterion.evidence})"
    return replace(criterion, standing=Standing.WAIVED, evidence=evidence)
