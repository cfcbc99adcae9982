"""What people are told about the things that pgassay records."""

from pgassay.model.alert import Alert
from pgassay.model.incident import Incident, IncidentSeverity
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
    facts += [Fact(name=each.kind, value=each.reference) for each in incident.links]
    return Notice(
        key=f"incident:{incident.id}:{incident.severity}",
        urgency=_INCIDENT_URGENCY[incident.severity],
        title=incident.title,
        text=incident.description,
        facts=tuple(facts),
        command=f"pgassay incidents show {str(incident.id)[:8]}",
    )


def of_alert(alert: Alert) -> Notice:
    """Tell of an alert: once when it was raised, and once more for each severity that it reaches."""
    facts = [Fact(name="category", value=alert.category), Fact(name="test", value=alert.test)]
    for name, value in (("limit", alert.threshold), ("measured", alert.actual)):
        if value is not None:
            facts.append(Fact(name=name, value=f"{value:,.4g}"))
    return Notice(
        key=f"alert:{alert.id}:{alert.severity}",
        urgency=Urgency(alert.severity),
        title=alert.message,
        facts=tuple(each for each in facts if each.value),
        command=f"pgassay alerts ack {str(alert.id)[:8]}",
    )
