"""What one run of test files is asked to be."""

from dataclasses import dataclass, replace

from pgassay.config.settings import PRODUCTION_TARGET, Settings
from pgassay.flows.test.choose import Wish
from pgassay.model.consent import Consent
from pgassay.model.execution import SafetyTier
from pgassay.pg.target import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One run to be made. ``name`` is what the log calls it; ``silent`` writes nothing on the screen.

    ``production`` marks the target as production; ``safety`` is the tier of a run that is safe there, and
    ``keep_going`` lets its next category begin though one failed.
    """

    wish: Wish
    target: str | None = None
    fail_fast: bool = False
    name: str = ""
    silent: bool = False
    production: bool = False
    safety: SafetyTier | None = None
    keep_going: bool = False
    consent: Consent = Consent()


def target_of(job: Job, settings: Settings) -> Target:
    """Give the database that is meant; ``--production`` alone means the target of that name."""
    named = any(each.name == PRODUCTION_TARGET for each in settings.targets)
    name = PRODUCTION_TARGET if job.target is None and job.production and named else job.target
    found = settings.target(name)
    return replace(found, production=True) if job.production else found
