"""What a user may decide about a rule, and what takes a reason."""

import pytest

from pgassay.model.errors import UsageError
from pgassay.parse.sql.catalogue import rule_names
from pgassay.parse.sql.finding import Verdict
from pgassay.parse.sql.policy import NEVER_RELAXED, Override, Policy
from unit.parse.sql.judging import judge, known


def test_a_relaxation_shows_its_reason() -> None:
    allow = Override(rule="sequences", verdict=Verdict.ALLOWED, reason="gaps do not matter here")
    (found,) = judge("select nextval('app.numbers')", surroundings=known(policy=Policy(overrides=(allow,))))
    assert found.verdict is Verdict.ALLOWED
    assert found.reason == "gaps do not matter here"


def test_a_policy_may_be_stricter_without_a_reason() -> None:
    refuse = Override(rule="row_locks", verdict=Verdict.REFUSED)
    (found,) = judge("update app.users set a = 1", surroundings=known(policy=Policy(overrides=(refuse,))))[:1]
    assert found.verdict is Verdict.REFUSED


def test_a_policy_leaves_other_rules_alone() -> None:
    allow = Override(rule="sequences", verdict=Verdict.ALLOWED, reason="gaps do not matter here")
    (found,) = judge("drop table app.users", surroundings=known(policy=Policy(overrides=(allow,))))
    assert (found.verdict, found.reason) == (Verdict.REFUSED, "")


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_relaxation_without_a_reason_is_an_error(reason: str) -> None:
    with pytest.raises(UsageError, match="relaxes the rule sleeps without a reason"):
        Override(rule="sleeps", verdict=Verdict.ALLOWED, reason=reason)


@pytest.mark.parametrize("rule", sorted(NEVER_RELAXED))
def test_some_rules_are_never_relaxed(rule: str) -> None:
    with pytest.raises(UsageError, match="cannot be relaxed"):
        Override(rule=rule, verdict=Verdict.ALLOWED, reason="we are brave")


def test_a_rule_is_named_once_and_exists() -> None:
    refuse = Override(rule="sleep", verdict=Verdict.REFUSED)
    with pytest.raises(UsageError, match="has the rule sleep twice"):
        Policy(overrides=(refuse, refuse))
    with pytest.raises(UsageError, match="names the rule sleep, which does not exist"):
        Policy(overrides=(refuse,)).check(rule_names())
    Policy(overrides=(Override(rule="sleeps", verdict=Verdict.REFUSED),)).check(rule_names())


def test_the_rules_are_found_by_looking() -> None:
    assert {"commits", "strong_locks", "unreadable", "connections"} <= set(rule_names())
    assert set(rule_names()) >= NEVER_RELAXED
