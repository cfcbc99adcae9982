"""The readiness gate: what meets a criterion, what speaks against it, and what is no evidence."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pgassay.judge.demands import Demands
from pgassay.judge.readiness import judge_readiness, known_criteria
from pgassay.model.readiness import (
    AccessFacts,
    AttentionFacts,
    CheckFacts,
    Criterion,
    DrillFacts,
    MigrationFacts,
    PerformanceFacts,
    ReadinessFacts,
    Standing,
    TestFacts,
    Verdict,
)

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
RECENT = NOW - timedelta(hours=2)
OLD = NOW - timedelta(days=40)
DEMANDS = Demands(tests_at_least=97, max_age_s=86_400, drill_max_age_s=30 * 86_400, rto_s=60, rpo_s=300)

TESTS = TestFacts(
    reference="r", at=RECENT, passed=97, failed=3, unfinished=0, critical_red=(), passed_before=97
)
PERFORMANCE = PerformanceFacts(reference="p", at=RECENT, red=False, noisy=False, judged=20, not_judged=3)
CHECKS = CheckFacts(
    reference="c", at=RECENT, failed=0, not_verified=0, warnings=2, broken=0, checks=40, unreachable=""
)
ACCESS = AccessFacts(reference="a", at=RECENT, verdict="same", opened=0)
MIGRATIONS = MigrationFacts(rehearsed=3, red=(), unrehearsed=(), unsettled=(), at=OLD)
DRILL = DrillFacts(reference="d", at=RECENT, status="passed", rto_s=40, rpo_s=120)
ATTENTION = AttentionFacts(incidents=(), alerts=(), receivers=1)
GOOD = ReadinessFacts(
    tests=TESTS,
    performance=PERFORMANCE,
    security=CHECKS,
    health=CHECKS,
    access=ACCESS,
    migrations=MIGRATIONS,
    drill=DRILL,
    attention=ATTENTION,
)
NOTHING = ReadinessFacts(
    tests=None,
    performance=None,
    security=None,
    health=None,
    access=None,
    migrations=replace(MIGRATIONS, rehearsed=0, at=None),
    drill=None,
    attention=AttentionFacts(incidents=(), alerts=(), receivers=0),
)


def found(facts: ReadinessFacts, name: str, demands: Demands = DEMANDS) -> Criterion:
    readiness = judge_readiness(facts, demands, target="db", now=NOW)
    return next(each for each in readiness.criteria if each.name == name)


def test_when_everything_holds_it_is_ready() -> None:
    readiness = judge_readiness(GOOD, DEMANDS, target="db", now=NOW)
    assert {each.standing for each in readiness.criteria} == {Standing.MET}
    assert readiness.verdict is Verdict.READY
    assert [each.name for each in readiness.criteria] == list(known_criteria())
    assert not [each for each in readiness.criteria if each.command]


def test_without_evidence_nothing_is_verified_and_each_gap_has_a_command() -> None:
    readiness = judge_readiness(NOTHING, DEMANDS, target="db", now=NOW)
    assert readiness.verdict is Verdict.NOT_VERIFIED
    gaps = [each for each in readiness.criteria if each.standing is Standing.NOT_VERIFIED]
    assert len(gaps) == len(known_criteria()) - 1  # no incident is no incident
    assert all(each.command.startswith("pgassay ") for each in gaps)


AGAINST = [
    ("tests", replace(GOOD, tests=replace(TESTS, passed=96, failed=4)), "97 % are asked for"),
    ("tests", replace(GOOD, tests=replace(TESTS, unfinished=1)), "not every category"),
    ("tests", replace(GOOD, tests=replace(TESTS, critical_red=("a.sql",))), "a.sql"),
    ("tests", replace(GOOD, tests=replace(TESTS, passed_before=98)), "98 did"),
    ("tests", replace(GOOD, tests=replace(TESTS, passed=0, failed=0)), "0 of 0"),
    ("performance", replace(GOOD, performance=replace(PERFORMANCE, red=True)), "slower"),
    ("security", replace(GOOD, security=replace(CHECKS, failed=1)), "1 of 40"),
    ("access", replace(GOOD, access=replace(ACCESS, verdict="differs", opened=2)), "2 cells"),
    ("migrations", replace(GOOD, migrations=replace(MIGRATIONS, red=("m1",))), "m1"),
    ("migrations", replace(GOOD, migrations=replace(MIGRATIONS, unrehearsed=("m2",))), "m2"),
    ("migrations", replace(GOOD, migrations=replace(MIGRATIONS, unsettled=("m3",))), "m3"),
    ("monitoring", replace(GOOD, health=replace(CHECKS, failed=2)), "unhealthy"),
    ("monitoring", replace(GOOD, health=replace(CHECKS, unreachable="refused")), "refused"),
    ("recovery", replace(GOOD, drill=replace(DRILL, status="failed")), "failed"),
    ("recovery", replace(GOOD, drill=replace(DRILL, status="failed", in_time=True)), "in time failed"),
    ("recovery", replace(GOOD, drill=replace(DRILL, rto_s=61)), "RTO is 61 s"),
    ("recovery", replace(GOOD, drill=replace(DRILL, rpo_s=301)), "RPO is 301 s"),
    ("incidents", replace(GOOD, attention=replace(ATTENTION, incidents=("orders vanish",))), "orders"),
    ("incidents", replace(GOOD, attention=replace(ATTENTION, alerts=("slow",))), "slow"),
]


@pytest.mark.parametrize(("name", "facts", "said"), AGAINST)
def test_what_speaks_against_a_criterion_outweighs_all_others(
    name: str, facts: ReadinessFacts, said: str
) -> None:
    criterion = found(facts, name)
    assert criterion.standing is Standing.NOT_MET
    assert said in criterion.evidence
    assert criterion.command
    readiness = judge_readiness(facts, DEMANDS, target="db", now=NOW)
    assert readiness.verdict is Verdict.NOT_READY
    assert sum(each.standing is Standing.NOT_MET for each in readiness.criteria) == 1


UNKNOWN = [
    ("tests", replace(GOOD, tests=replace(TESTS, at=OLD)), "too old"),
    ("performance", replace(GOOD, performance=replace(PERFORMANCE, red=None, judged=0)), "nothing"),
    ("performance", replace(GOOD, performance=replace(PERFORMANCE, noisy=True)), "at once"),
    ("performance", replace(GOOD, performance=replace(PERFORMANCE, at=OLD)), "too old"),
    ("security", replace(GOOD, security=replace(CHECKS, not_verified=3)), "could not look"),
    ("security", replace(GOOD, security=replace(CHECKS, broken=1)), "at fault"),
    ("security", replace(GOOD, security=replace(CHECKS, checks=0)), "at fault"),
    ("security", replace(GOOD, security=replace(CHECKS, unreachable="refused")), "refused"),
    ("access", replace(GOOD, access=replace(ACCESS, verdict="no baseline")), "no baseline"),
    ("monitoring", replace(GOOD, attention=replace(ATTENTION, receivers=0)), "nobody"),
    ("monitoring", replace(GOOD, health=replace(CHECKS, at=OLD)), "too old"),
    ("recovery", replace(GOOD, drill=replace(DRILL, at=OLD)), "too old"),
    ("recovery", replace(GOOD, drill=replace(DRILL, status="interrupted")), "interrupted"),
    ("recovery", replace(GOOD, drill=replace(DRILL, rpo_s=None)), "RPO was not measured"),
]


@pytest.mark.parametrize(("name", "facts", "said"), UNKNOWN)
def test_what_is_no_evidence_is_never_a_yes(name: str, facts: ReadinessFacts, said: str) -> None:
    criterion = found(facts, name)
    assert criterion.standing is Standing.NOT_VERIFIED
    assert said in criterion.evidence
    assert judge_readiness(facts, DEMANDS, target="db", now=NOW).verdict is Verdict.NOT_VERIFIED


def test_a_failure_does_not_expire() -> None:
    facts = replace(GOOD, tests=replace(TESTS, passed=1, failed=99, at=OLD))
    assert found(facts, "tests").standing is Standing.NOT_MET


def test_an_objective_that_is_not_asked_for_is_not_missed() -> None:
    facts = replace(GOOD, drill=replace(DRILL, rto_s=None, rpo_s=None))
    assert found(facts, "recovery", replace(DEMANDS, rto_s=None, rpo_s=None)).standing is Standing.MET


def test_a_criterion_is_waived_with_its_reason_and_stays_visible() -> None:
    waiving = replace(DEMANDS, waived=(("recovery", "the provider drills it"), ("tests", "no need")))
    facts = replace(GOOD, drill=None)
    criterion = found(facts, "recovery", waiving)
    assert criterion.standing is Standing.WAIVED
    assert "the provider drills it" in criterion.evidence
    assert "no drill is recorded" in criterion.evidence
    assert found(facts, "tests", waiving).standing is Standing.MET
    assert judge_readiness(facts, waiving, target="db", now=NOW).verdict is Verdict.READY


def test_waiving_everything_is_not_ready() -> None:
    waiving = replace(DEMANDS, waived=tuple((name, "because") for name in known_criteria()))
    facts = replace(NOTHING, attention=replace(ATTENTION, incidents=("x",)))
    assert judge_readiness(facts, waiving, target="db", now=NOW).verdict is Verdict.NOT_VERIFIED
