"""Runs checks on a database as the commands do, for tests that look at what comes of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from threading import Event
from uuid import UUID

from pgassay.checks.load import builtin
from pgassay.checks.plan import make_plan
from pgassay.checks.run import run
from pgassay.checks.settings import ChecksSettings
from pgassay.model.check import Area, CheckResult, Finding, Level
from pgassay.model.events.check import CheckFinished
from pgassay.pg.target import Target

_NOW = datetime(2031, 12, 24, 12, tzinfo=UTC)


def ask_area(target: Target, area: Area, settings: ChecksSettings | None = None) -> Mapping[str, CheckResult]:
    """Ask every built-in check of an area; give the results by the checks' names."""
    every = builtin()
    chosen = [each for each in every if area in each.info.areas]
    plan = make_plan(chosen, settings or ChecksSettings(), every=every, run=UUID(int=1), areas=(area,))
    events = run(plan, target, now=lambda: _NOW, stop=Event())
    results = [each.result for each in events if isinstance(each, CheckFinished)]
    return {each.check.name: each for each in results}


def findings_at(results: Mapping[str, CheckResult], levels: Iterable[Level]) -> Sequence[Finding]:
    """Give the findings of some levels."""
    wanted = set(levels)
    return [each for result in results.values() for each in result.findings if each.level in wanted]


def found(results: Mapping[str, CheckResult], check: str) -> dict[str, Level]:
    """Give the objects that a check reported at a level of concern, with their levels."""
    return {
        each.object: each.level
        for each in results[check].findings
        if each.level not in (Level.PASSED, Level.NOT_VERIFIED)
    }
