"""When a rollback is asked for: each trigger at its limits, and all of them together."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from pgassay.judge.release import Limits, judge_alerts, judge_failure_rate, judge_manual, judge_release
from pgassay.model.alert import Alert, AlertSeverity, AlertType
from pgassay.model.release import Execution, ManualFacts, ReleaseFacts, Standing, Trigger, Verdict

NOW = datetime(2026, 8, 1, 12, tzinfo=UTC)
LIMITS = Limits()


def executions(*failed: bool, minutes_ago: float = 5) -> tuple[Execution, ...]:
    ended_at = NOW - timedelta(minutes=minutes_ago)
    return tuple(
        Execution(suite="s", category=f"c{n}", ended_at=ended_at, failed=f) for n, f in enumerate(failed)
    )


def alert(
    severity: AlertSeverity = AlertSeverity.CRITICAL, *, minutes_ago: float = 5, resolved: bool = False
) -> Alert:
    return Alert(
        id=UUID(int=7),
        type=AlertType.REGRESSION,
        severity=severity,
        category="orders",
        test="find",
        message="orders.find is slow",
        cause="orders.find",
        subject="",
        aspect="",
        episode=UUID(int=7),
        threshold=None,
        actual=None,
        created_at=NOW - timedelta(days=3),
        last_seen_at=NOW - timedelta(minutes=minutes_ago),
        occurrences=9,
        acknowledged_at=NOW,
        acknowledged_by="kim",
        resolved_at=NOW if resolved else None,
        resolved_by="",
        resolution_notes="",
    )


@pytest.mark.parametrize(
    ("failed", "expected"),
    [
        (0, Standing.QUIET),
        (1, Standing.QUIET),  # exactly 20 %, which is not over it
        (2, Standing.FIRED),
        (5, Standing.FIRED),
    ],
)
def test_more_than_a_fifth_must_have_failed(failed: int, expected: Standing) -> None:
    found = judge_failure_rate(executions(*[True] * failed, *[False] * (5 - failed)), LIMITS, now=NOW)
    assert found.standing is expected
    assert f"{failed} of 5" in found.sentence
    assert len(found.evidence) == (failed if expected is Standing.FIRED else 0)


@pytest.mark.parametrize("count", [0, 1, 4])
def test_of_too_few_executions_nothing_is_said(count: int) -> None:
    found = judge_failure_rate(executions(*[True] * count), LIMITS, now=NOW)
    assert found.standing is Standing.NOT_VERIFIED
    assert f"{count} executions" in found.sentence and "5 are needed" in found.sentence


def test_only_executions_of_the_window_count() -> None:
    old = executions(*[True] * 9, minutes_ago=60)
    future = executions(*[True] * 9, minutes_ago=-1)
    assert judge_failure_rate(old + future, LIMITS, now=NOW).standing is Standing.NOT_VERIFIED
    good = executions(*[False] * 5, minutes_ago=59)
    assert judge_failure_rate(old + future + good, LIMITS, now=NOW).standing is Standing.QUIET


def test_a_window_without_a_least_number_still_needs_one() -> None:
    found = judge_failure_rate((), Limits(least_runs=0), now=NOW)
    assert found.standing is Standing.NOT_VERIFIED


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (alert(), Standing.FIRED),
        (alert(minutes_ago=29.9), Standing.FIRED),
        (alert(minutes_ago=30), Standing.QUIET),
        (alert(resolved=True), Standing.QUIET),
        (alert(AlertSeverity.WARNING), Standing.QUIET),
    ],
)
def test_a_critical_alert_that_was_met_lately_and_is_unresolved(given: Alert, expected: Standing) -> None:
    found = judge_alerts((given,), LIMITS, now=NOW)
    assert found.standing is expected
    assert ("orders.find is slow" in " ".join(found.evidence)) is (expected is Standing.FIRED)


def test_the_trigger_file() -> None:
    assert judge_manual(ManualFacts()).standing is Standing.QUIET
    assert judge_manual(ManualFacts(path="/t")).standing is Standing.QUIET
    assert judge_manual(ManualFacts(path="/t", problem="no right")).standing is Standing.NOT_VERIFIED
    found = judge_manual(ManualFacts(path="/t", reason="all is\n lost.", written_at=NOW))
    assert found.standing is Standing.FIRED
    assert found.sentence == "Somebody asks for it: all is lost."
    empty = judge_manual(ManualFacts(path="/t", written_at=NOW))
    assert empty.standing is Standing.FIRED and "no reason" in empty.sentence


GOOD = executions(*[False] * 5)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (ReleaseFacts(executions=GOOD, alerts=()), Verdict.STAY),
        (ReleaseFacts(executions=GOOD, alerts=(alert(),)), Verdict.ROLL_BACK),
        (ReleaseFacts(executions=(), alerts=(alert(),)), Verdict.ROLL_BACK),
        (ReleaseFacts(executions=(), alerts=()), Verdict.NOT_VERIFIED),
        (ReleaseFacts(executions=GOOD, alerts=None, problem="no store"), Verdict.NOT_VERIFIED),
        (ReleaseFacts(problem="no store"), Verdict.NOT_VERIFIED),
        (
            ReleaseFacts(problem="no store", manual=ManualFacts(path="/t", written_at=NOW)),
            Verdict.ROLL_BACK,
        ),
    ],
)
def test_one_trigger_is_enough_and_doubt_is_no_stay(facts: ReleaseFacts, expected: Verdict) -> None:
    found = judge_release(facts, LIMITS, target="shop", now=NOW)
    assert found.verdict is expected
    assert [each.trigger for each in found.triggers] == list(Trigger)
    assert bool(found.reason) is (expected is Verdict.ROLL_BACK)
    if facts.problem:
        assert any("no store" in each.sentence for each in found.triggers)
