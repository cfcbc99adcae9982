"""Which judgements deserve an alert, and which settle one."""

from pgassay.model.alert import AlertSeverity, AlertType, NewAlert
from pgassay.model.perf import Aspect, Grade, Judgement

_SEVERITIES = {Grade.WARNING: AlertSeverity.WARNING, Grade.CRITICAL: AlertSeverity.CRITICAL}
_LIMITS = frozenset({Aspect.SLA, Aspect.ANSWER})


def subject_of(query: str, target: str) -> str:
    """Give what tells a statement of a target from all others."""
    return f"perf:{target}:{query}"


def cause_of(judgement: Judgement, target: str) -> str:
    """Give what tells alerts about this aspect of this statement from all others."""
    return f"{subject_of(judgement.query, target)}:{judgement.aspect}"


def alert_of(judgement: Judgement, target: str) -> NewAlert | None:
    """Give the alert that a judgement deserves: one that makes a check fail does."""
    severity = _SEVERITIES.get(judgement.grade)
    if severity is None:
        return None
    return NewAlert(
        type=AlertType.THRESHOLD if judgement.aspect in _LIMITS else AlertType.REGRESSION,
        severity=severity,
        category=judgement.category,
        test=judgement.query,
        message=f"{judgement.query} {judgement.sentence}",
        cause=cause_of(judgement, target),
        subject=subject_of(judgement.query, target),
        aspect=judgement.aspect,
        threshold=judgement.limit,
        actual=judgement.actual,
    )


def settles(judgement: Judgement) -> bool:
    """Whether a judgement settles an alert about the same; one that was not made does not."""
    return judgement.grade in (Grade.OK, Grade.INFO)
