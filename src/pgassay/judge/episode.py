"""Which incident the alerts about one statement are, and what is to be said of it as they come and go.

However many aspects of a statement became worse, it is one incident: they have one cause.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pgassay.model.alert import Alert, AlertSeverity, Episode
from pgassay.model.incident import (
    AspectImpact,
    Detection,
    Incident,
    IncidentLink,
    IncidentSeverity,
    IncidentType,
    LinkKind,
    NewIncident,
    PerformanceImpact,
)

_SEVERITIES = {
    AlertSeverity.INFO: IncidentSeverity.LOW,
    AlertSeverity.WARNING: IncidentSeverity.MEDIUM,
    AlertSeverity.CRITICAL: IncidentSeverity.CRITICAL,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What is to be noted of an incident; ``over``: nothing is left of what it is about."""

    note: str
    over: bool = False


def of_episode(episode: Episode, known: Incident | None, tables: tuple[str, ...] = ()) -> NewIncident | None:
    """Open one where an aspect is CRITICAL, and bring ``known``, the one that is open, up to date with any.

    ``tables`` are those that the statement reads.
    """
    if known is None and episode.severity is not AlertSeverity.CRITICAL:
        return None
    more = known is not None or len(episode.alerts) > 1
    return NewIncident(
        type=IncidentType.PERFORMANCE,
        severity=_SEVERITIES[episode.severity],
        title=episode.title,
        description=episode.text if more else "",  # a single aspect is told by the title
        detection=Detection.MONITORING,
        cause=episode.subject,
        tables=tables,
        impact=_impact(episode.alerts),
        links=tuple(IncidentLink(kind=LinkKind.ALERT, reference=str(each.id)) for each in episode.alerts),
    )


def remark(known: Incident, recovered: Sequence[Alert], episode: Episode | None) -> Remark | None:
    """Say what changed: aspects that ``known`` is not linked to yet, aspects that recovered, what is left.

    ``episode`` is what is not resolved now; ``None`` where nothing is left.
    """
    left = episode.alerts if episode is not None else ()
    linked = {each.reference for each in known.links if each.kind is LinkKind.ALERT}
    joined = [each for each in left if str(each.id) not in linked]
    again = known.recovered and not recovered
    told = [f"{_aspects(joined)} became worse{' again' if again else ', too'}"] if joined else []
    if recovered:
        rest = f"{_aspects(left)} did not" if left else "nothing is left of it"
        told += [f"{_aspects(recovered)} recovered", rest]
    return Remark(note="; ".join(told), over=not left) if told else None


def _aspects(alerts: Sequence[Alert]) -> str:
    names = [each.aspect or each.message for each in alerts]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _impact(alerts: Sequence[Alert]) -> PerformanceImpact:
    measured = next((each for each in alerts if each.threshold is not None), alerts[0])
    return PerformanceImpact(
        category=measured.category,
        test=measured.test,
        threshold=measured.threshold,
        actual=measured.actual,
        aspects=tuple(
            AspectImpact(
                aspect=each.aspect,
                severity=each.severity,
                message=each.message,
                threshold=each.threshold,
                actual=each.actual,
            )
            for each in alerts
        ),
    )
