"""What people are told about the things that pgassay records."""

from dataclasses import replace

from pgassay.model.alert import Episode
from pgassay.model.incident import Incident, IncidentSeverity, LinkKind
from pgassay.model.notice import Fact, Notice
from pgassay.model.urgency import Urgency

_INCIDENT_URGENCY = {
    IncidentSeverity.LOW: Urgency.INFO,
    IncidentSeverity.MEDIUM: Urgency.WARNING,
    IncidentSeverity.HIGH: Urgency.WARNING,
    IncidentSeverity.CRITICAL: Urgency.CRITICAL,
}


def of_incident(incident: Incident) -> Notice:
    """Tell of an incident: once when it was opened, and once more for each severity that it reaches."""
    facts = [Fact(name="severity", value=incident.severity), Fact(name="type", value=incident.type)]
    if incident.assigned_to:
        facts.append(Fact(name="assigned to", value=incident.assigned_to))
    if incident.tables:
        facts.append(Fact(name="tables", value=", ".join(incident.tables)))
    # The alerts are told by their sentences; their ids would say nothing.
    facts += [
        Fact(name=each.kind, value=each.reference)
        for each in incident.links
        if each.kind is not LinkKind.ALERT
    ]
    return Notice(
        key=f"incident:{incident.id}:{incident.severity}",
        urgency=_INCIDENT_URGENCY[incident.severity],
        title=incident.title,
        text=incident.description,
        facts=tuple(facts),
        command=f"pgassay incidents show {str(incident.id)[:8]}",
    )


def of_regression(incident: Incident, episode: Episode) -> Notice:
    """Tell of an incident about alerts; and again where all of it recovered, and something came back."""
    notice, latest = of_incident(incident), episode.alerts[0].episode
    first = min(incident.alerts, key=lambda each: each.created_at).episode
    if latest == first:
        return notice
    return replace(
        notice,
        key=f"incident:{incident.id}:{latest}:{episode.severity}",
        urgency=Urgency(episode.severity),
        title=f"Again: {episode.title}",
    )


def of_recovery(incident: Incident) -> Notice:
    """Tell that nothing is left of what an incident is about; whoever deals with it says that it is over."""
    return Notice(
        key=f"incident:{incident.id}:recovered:{incident.occurrences}",
        urgency=Urgency.INFO,
        title=f"Recovered: {incident.title}",
        text="All of its alerts are resolved. The incident is open until somebody says what it was.",
        command=f"pgassay incidents resolve {str(incident.id)[:8]}",
    )


def of_episode(episode: Episode) -> Notice:
    """Tell of the alerts about one subject: once, and once more for each severity that they reach."""
    worst = episode.alerts[0]
    several = len(episode.alerts) > 1
    facts = [Fact(name="category", value=worst.category), Fact(name="test", value=worst.test)]
    for name, value in (("limit", worst.threshold), ("measured", worst.actual)):
        if value is not None and not several:
            facts.append(Fact(name=name, value=f"{value:,.4g}"))
    return Notice(
        key=f"alert:{worst.episode}:{episode.severity}",
        urgency=Urgency(episode.severity),
        title=episode.title,
        text=episode.text if several else "",
        facts=tuple(each for each in facts if each.value),
        command="pgassay alerts list" if several else f"pgassay alerts ack {str(worst.id)[:8]}",
    )
