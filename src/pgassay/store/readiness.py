"""Gives what is known of a target, from whatever recorded it: the evidence of the readiness gate."""

from dataclasses import dataclass

from pgassay.model.readiness import (
    AccessFacts,
    AttentionFacts,
    CheckFacts,
    DrillFacts,
    MigrationFacts,
    PerformanceFacts,
    ReadinessFacts,
    TestFacts,
)
from pgassay.pg.connection import Connection
from pgassay.store.schema import opened
from pgassay.store.session import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What facts are wanted about.

    ``target`` is ``None`` where all that the store has is about the one. ``contents`` are the SHA-256 of the
    migrations that there are, ``None`` where that is not known. ``at_least`` is the share of tests in percent
    that a good run has, ``receivers`` how many people are told.
    """

    target: str | None
    contents: tuple[str, ...] | None
    at_least: float
    receivers: int


def readiness_facts(connection: Connection, about: About) -> ReadinessFacts:
    """Give all facts that the gate wants.

    Raises:
        Unavailable: the store cannot be read.
    """
    target = about.target
    with opened(connection) as begun:
        return ReadinessFacts(
            tests=_tests(begun, target, about.at_least),
            performance=_performance(begun, target),
            security=_checks(begun, target, "security"),
            health=_checks(begun, target, "health"),
            access=_access(begun, target),
            migrations=_migrations(begun, about),
            drill=_drill(begun, target),
            attention=_attention(begun, about.receivers),
        )


def _tests(begun: Transaction, target: str | None, at_least: float) -> TestFacts | None:
    for reference, at, passed, failed, unfinished, red, before in begun.run(
        "ready_tests", target=target, at_least=at_least
    ):
        return TestFacts(
            reference=reference,
            at=at,
            passed=passed,
            failed=failed,
            unfinished=unfinished,
            critical_red=tuple(red),
            passed_before=before,
        )
    return None


def _performance(begun: Transaction, target: str | None) -> PerformanceFacts | None:
    for reference, at, red, noisy, judged, not_judged in begun.run("ready_performance", target=target):
        return PerformanceFacts(
            reference=reference, at=at, red=red, noisy=noisy, judged=judged, not_judged=not_judged
        )
    return None


def _checks(begun: Transaction, target: str | None, area: str) -> CheckFacts | None:
    for reference, at, failed, not_verified, warnings, broken, checks, unreachable in begun.run(
        "ready_checks", target=target, area=area
    ):
        return CheckFacts(
            reference=reference,
            at=at,
            failed=failed,
            not_verified=not_verified,
            warnings=warnings,
            broken=broken,
            checks=checks,
            unreachable=unreachable,
        )
    return None


def _access(begun: Transaction, target: str | None) -> AccessFacts | None:
    for reference, at, verdict, widened in begun.run("ready_access", target=target):
        return AccessFacts(reference=reference, at=at, verdict=verdict, opened=widened)
    return None


def _migrations(begun: Transaction, about: About) -> MigrationFacts:
    contents = None if about.contents is None else list(about.contents)
    ((rehearsed, red, unrehearsed, unsettled, at),) = begun.run(
        "ready_migrations", target=about.target, contents=contents
    )
    return MigrationFacts(
        rehearsed=rehearsed,
        red=tuple(red),
        unrehearsed=tuple(unrehearsed),
        unsettled=tuple(unsettled),
        at=at,
    )


def _drill(begun: Transaction, target: str | None) -> DrillFacts | None:
    for reference, at, kind, status, rto_s, rpo_s in begun.run("ready_drill", target=target):
        in_time = kind == "point-in-time"
        return DrillFacts(
            reference=reference, at=at, status=status, rto_s=rto_s, rpo_s=rpo_s, in_time=in_time
        )
    return None


def _attention(begun: Transaction, receivers: int) -> AttentionFacts:
    ((titles, messages),) = begun.run("ready_attention")
    return AttentionFacts(incidents=tuple(titles), alerts=tuple(messages), receivers=receivers)
