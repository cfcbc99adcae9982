"""Answer the one question, from what the store has: may this go to production?"""

from difflib import get_close_matches

from pgassay.config.settings import Settings
from pgassay.flows.remembered import store_of
from pgassay.judge.demands import Demands
from pgassay.judge.readiness import judge_readiness, known_criteria
from pgassay.migrate.discover import directory_of, discover
from pgassay.migrate.recognize import format_of
from pgassay.model.errors import UsageError
from pgassay.model.readiness import Readiness
from pgassay.notify.deliver import addresses
from pgassay.pg.clock import now
from pgassay.store.readiness import About, readiness_facts


def readiness(settings: Settings, *, target: str | None) -> Readiness:
    """Judge every criterion by the evidence that is recorded about a target; nothing is measured now.

    A store in the target itself is about nothing else; one of its own may be about many, by their names.

    Raises:
        UsageError: a criterion is waived that there is not.
        Unavailable: the store cannot be reached, or is not installed.
    """
    about = settings.target(target)
    place = settings.store_target(about)
    demands = _demands(settings)
    with store_of(settings, target) as connection:
        facts = readiness_facts(
            connection,
            About(
                target=None if place is about else about.shown,
                contents=_contents(settings),
                at_least=demands.tests_at_least,
                receivers=len(addresses(settings.notify)),
            ),
        )
    return judge_readiness(facts, demands, target=about.shown, now=now())


def _contents(settings: Settings) -> tuple[str, ...] | None:
    """Give the SHA-256 of the migrations that there are; ``None`` where there is no directory of any."""
    directory = directory_of(settings.migrate.paths)
    if directory is None:
        return None
    form = format_of(directory, wanted=settings.migrate.format)
    return tuple(each.up.sha256 for each in discover(directory, form))


def _demands(settings: Settings) -> Demands:
    ready = settings.ready
    known = known_criteria()
    for name, _ in ready.waive:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            remedy = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(sorted(known))}."
            raise UsageError(f"[ready] waive: there is no criterion {name!r}.", remedy=remedy)
    return Demands(
        tests_at_least=ready.tests_at_least,
        max_age_s=ready.max_age_s,
        drill_max_age_s=ready.drill_max_age_s,
        rto_s=settings.recovery.rto_s,
        rpo_s=settings.recovery.rpo_s,
        waived=ready.waive,
    )
