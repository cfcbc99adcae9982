"""May what is deployed stay, or is it to be rolled back? Each trigger by what is known, then all together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from pgassay.model.alert import Alert, AlertSeverity
from pgassay.model.release import (
    Execution,
    ManualFacts,
    Release,
    ReleaseFacts,
    Standing,
    Trigger,
    TriggerResult,
    Verdict,
)

_MOST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """From where on a trigger asks for a rollback; ``failure_rate`` in percent, windows in seconds."""

    failure_rate: float = 20.0
    window_s: float = 3_600.0
    least_runs: int = 5
    alert_window_s: float = 1_800.0


def judge_release(facts: ReleaseFacts, limits: Limits, *, target: str, now: datetime) -> Release:
    """Judge every trigger. One that asks for a rollback is enough; one that is not known leaves doubt."""
    triggers = (
        judge_manual(facts.manual),
        judge_failure_rate(facts.executions, limits, now=now, problem=facts.problem),
        judge_alerts(facts.alerts, limits, now=now, problem=facts.problem),
    )
    return Release(target=target, at=now, verdict=_together(triggers), triggers=triggers)


def judge_manual(file: ManualFacts) -> TriggerResult:
    """Look whether somebody asked for it."""
    trigger = Trigger.MANUAL
    if file.problem:
        return _not_verified(trigger, f"Whether there is a trigger file is not known: {file.problem}")
    if not file.path:
        return _quiet(trigger, "No trigger file is set.")
    if file.written_at is None:
        return _quiet(trigger, f"There is no file {file.path}.")
    reason = " ".join(file.reason.split()) or "it gives no reason"
    evidence = f"{file.path}, written at {file.written_at:%Y-%m-%d %H:%M:%S} UTC"
    return _fired(trigger, f"Somebody asks for it: {reason.rstrip('.')}.", evidence)


def judge_failure_rate(
    executions: Iterable[Execution] | None, limits: Limits, *, now: datetime, problem: str = ""
) -> TriggerResult:
    """Look which share of the tests that ended lately failed; of too few nothing is said."""
    trigger = Trigger.FAILURE_RATE
    if executions is None:
        return _not_verified(trigger, f"What the tests found is not known: {problem}")
    since = now - timedelta(seconds=limits.window_s)
    recent = [each for each in executions if since < each.ended_at <= now]
    failed = sorted((each for each in recent if each.failed), key=lambda each: each.ended_at, reverse=True)
    span = _span(limits.window_s)
    if len(recent) < max(limits.least_runs, 1):
        sentence = f"{len(recent)} executions ended in the last {span}; {limits.least_runs} are needed."
        return _not_verified(trigger, sentence)
    rate = 100.0 * len(failed) / len(recent)
    compared = "over" if rate > limits.failure_rate else "not over"
    sentence = (
        f"{len(failed)} of {len(recent)} executions of the last {span} failed, {rate:.1f} %: "
        f"{compared} {limits.failure_rate:g} %."
    )
    if rate <= limits.failure_rate:
        return _quiet(trigger, sentence)
    told = (f"{each.ended_at:%H:%M:%S} {each.category} ({each.suite})" for each in failed[:_MOST])
    return _fired(trigger, sentence, *told)


def judge_alerts(
    alerts: Iterable[Alert] | None, limits: Limits, *, now: datetime, problem: str = ""
) -> TriggerResult:
    """Look for critical alerts that were met lately and that nobody has resolved."""
    trigger = Trigger.ALERTS
    if alerts is None:
        return _not_verified(trigger, f"Which alerts are open is not known: {problem}")
    since = now - timedelta(seconds=limits.alert_window_s)
    critical = [
        each
        for each in alerts
        if each.severity is AlertSeverity.CRITICAL and each.resolved_at is None and each.last_seen_at > since
    ]
    span = _span(limits.alert_window_s)
    if not critical:
        return _quiet(trigger, f"No CRITICAL alert of the last {span} is unresolved.")
    count = f"{len(critical)} CRITICAL alert{'s' if len(critical) > 1 else ''} of the last {span}"
    told = (f"{str(each.id)[:8]} {each.last_seen_at:%H:%M:%S} {each.message}" for each in critical[:_MOST])
    return _fired(trigger, f"{count} {'are' if len(critical) > 1 else 'is'} unresolved.", *told)


def _together(triggers: Iterable[TriggerResult]) -> Verdict:
    standings = {each.standing for each in triggers}
    if Standing.FIRED in standings:
        return Verdict.ROLL_BACK
    return Verdict.NOT_VERIFIED if Standing.NOT_VERIFIED in standings else Verdict.STAY


def _span(seconds: float) -> str:
    return f"{seconds / 60:g} min" if seconds >= 60 else f"{seconds:g} s"


def _fired(trigger: Trigger, sentence: str, *evidence: str) -> TriggerResult:
    return TriggerResult(trigger=trigger, standing=Standing.FIRED, sentence=sentence, evidence=evidence)


def _quiet(trigger: Trigger, sentence: str) -> TriggerResult:
    return TriggerResult(trigger=trigger, standing=Standing.QUIET, sentence=sentence)


def _not_verified(trigger: Trigger, sentence: str) -> TriggerResult:
    return TriggerResult(trigger=trigger, standing=Standing.NOT_VERIFIED, sentence=sentence)
