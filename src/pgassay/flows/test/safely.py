"""Run test files on production: under a watchdog, undone, with evidence of what was left."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from threading import Event

from pgassay.model.errors import UsageError
from pgassay.model.events.suite import SuiteEvent
from pgassay.model.execution import Engine, Isolation
from pgassay.model.suite import Run
from pgassay.pg.clock import monotonic
from pgassay.pg.target import Target
from pgassay.suite.clones import Clones
from pgassay.suite.crew import Orders
from pgassay.suite.prepare import Prepared
from pgassay.suite.run import Ending
from pgassay.suite.safety.ahead import ReadAhead
from pgassay.suite.safety.catalog import read_catalog
from pgassay.suite.safety.ground import SafeGround
from pgassay.suite.safety.protection import Protection
from pgassay.suite.safety.run import Course, Pacing, in_order, run_safely
from pgassay.suite.safety.settings import Policy
from pgassay.suite.safety.watchdog import Watchdog
from pgassay.suite.settings import SuiteSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeRun:
    """A run to be made on production: where, by which policy, at which pace, by how many workers."""

    target: Target
    policy: Policy
    pacing: Pacing
    workers: int
    stop: Event


def tame(suite: SuiteSettings) -> SuiteSettings:
    """Give the suite's settings as they can hold on production: nothing is cloned there.

    Raises:
        UsageError: psql was asked for, which cannot be kept inside a transaction of ours.
    """
    if suite.engine is Engine.PSQL:
        raise UsageError(
            "--engine psql and --production-safe exclude each other: what psql does cannot be undone.",
            remedy="--engine auto, the default, refuses only the files that need psql.",
        )
    return replace(suite, isolation=Isolation.SHARED)


def safe_events(plan: Run, orders: Orders, prepared: Prepared, wanted: SafeRun) -> Iterator[SuiteEvent]:
    """Run the files of a plan, and give what happens.

    Raises:
        Unavailable: the watchdog cannot see the target, or its state forbids to run anything.
        UsageError: the policy relaxes a rule that there is not, or that cannot be relaxed.
    """
    with ReadAhead(orders.script, orders.manner.initial) as ahead:
        ahead.begin(in_order(plan.files), read_catalog(wanted.target, wanted.policy.settings))
        with (
            Clones(wanted.target, plan.id, wanted=False) as none,
            Watchdog(wanted.target, wanted.policy) as watchdog,
        ):
            protection = Protection(policy=wanted.policy, watchdog=watchdog, ahead=ahead)
            grounds = tuple(
                SafeGround(number, wanted.target, prepared.preparation, clones=none, protection=protection)
                for number in range(1, wanted.workers + 1)
            )
            yield from run_safely(
                plan, _course(plan, orders, wanted=wanted, grounds=grounds, protection=protection)
            )


def _course(
    plan: Run, orders: Orders, *, wanted: SafeRun, grounds: tuple[SafeGround, ...], protection: Protection
) -> Course:
    timeout_s = plan.options.timeout_s
    return Course(
        orders=orders,
        grounds=grounds,
        ending=Ending(
            stop=wanted.stop,
            until=monotonic() + timeout_s if timeout_s is not None else None,
            alarm=lambda: protection.watchdog.tripped,
        ),
        pacing=wanted.pacing,
        watchdog=protection.watchdog,
        endings=protection.endings,
    )
