"""The alerts about one statement: one incident, and what is said as they come and go."""

from dataclasses import replace
from uuid import UUID

import pytest

from alert_samples import BLOCKS, MOMENT, PLAN, SUBJECT, TIME
from pgassay.judge.episode import Remark, of_episode, remark
from pgassay.model.alert import Alert, AlertSeverity, Episode
from pgassay.model.incident import (
    Detection,
    Incident,
    IncidentLink,
    IncidentSeverity,
    IncidentStatus,
    IncidentType,
    LinkKind,
    NewIncident,
)
from pgassay.notify.wording import of_episode as told_of


def episode(*alerts: Alert) -> Episode:
    return Episode(subject=SUBJECT, alerts=alerts)


def known(*linked: Alert) -> Incident:
    return Incident(
        id=UUID(int=9),
        type=IncidentType.PERFORMANCE,
        severity=IncidentSeverity.CRITICAL,
        status=IncidentStatus.INVESTIGATING,
        title=BLOCKS.message,
        description="",
        detection=Detection.MONITORING,
        detected_at=MOMENT,
        last_seen_at=MOMENT,
        occurrences=1,
        cause=SUBJECT,
        assigned_to="on-call",
        acknowledged_at=None,
        resolved_at=None,
        resolution_notes="",
        rollback_performed=False,
        tables=None,
        links=tuple(IncidentLink(kind=LinkKind.ALERT, reference=str(each.id)) for each in linked),
        alerts=linked,
    )


def opened(*alerts: Alert) -> NewIncident:
    found = of_episode(episode(*alerts), None, ("crm.contacts",))
    assert found is not None
    return found


def test_all_aspects_are_one_incident_that_names_them() -> None:
    found = opened(BLOCKS, PLAN, TIME)
    assert found.title == "crm.search became worse: blocks, plan, time"
    assert found.description.splitlines() == [
        "CRITICAL blocks: reads 2,069 blocks, 4 are normal",
        "CRITICAL plan: reads all of crm.contacts now, which it did not",
        "WARNING time: takes 1.40 times as long as in earlier runs (14.0 ms, 10.0 are normal)",
    ]
    assert (found.cause, found.severity, found.tables) == (
        SUBJECT,
        IncidentSeverity.CRITICAL,
        ("crm.contacts",),
    )
    assert [each.reference for each in found.links] == [str(each.id) for each in (BLOCKS, PLAN, TIME)]


def test_the_impact_has_every_aspect_and_the_figures_of_the_worst_that_has_some() -> None:
    impact = opened(PLAN, BLOCKS).impact
    assert impact is not None
    assert (impact.test, impact.threshold, impact.actual) == ("crm.search", 4.0, 2069.0)
    assert [(each.aspect, each.actual) for each in impact.aspects] == [("plan", None), ("blocks", 2069.0)]


def test_one_aspect_is_told_by_the_title() -> None:
    found = opened(PLAN)
    assert (found.title, found.description) == (PLAN.message, "")
    assert found.impact is not None
    assert found.impact.threshold is None


@pytest.mark.parametrize("severity", AlertSeverity)
def test_only_a_critical_one_opens_an_incident_and_any_keeps_one_up_to_date(severity: AlertSeverity) -> None:
    found = episode(replace(TIME, severity=severity))
    assert (of_episode(found, None) is None) is (severity is not AlertSeverity.CRITICAL)
    again = of_episode(found, known(TIME))
    assert again is not None
    assert again.description == f"{severity} time: {TIME.sentence}"


@pytest.mark.parametrize(
    ("linked", "recovered", "left", "said"),
    [
        ((BLOCKS,), (), (BLOCKS,), None),
        ((BLOCKS,), (), (BLOCKS, PLAN, TIME), Remark(note="plan and time became worse, too")),
        ((BLOCKS, PLAN), (BLOCKS,), (PLAN,), Remark(note="blocks recovered; plan did not")),
        (
            (BLOCKS, PLAN),
            (BLOCKS,),
            (PLAN, TIME),
            Remark(note="time became worse, too; blocks recovered; plan and time did not"),
        ),
        (
            (BLOCKS, PLAN, TIME),
            (BLOCKS, PLAN, TIME),
            (),
            Remark(note="blocks, plan and time recovered; nothing is left of it", over=True),
        ),
    ],
)
def test_what_comes_and_goes_is_said(
    linked: tuple[Alert, ...], recovered: tuple[Alert, ...], left: tuple[Alert, ...], said: Remark | None
) -> None:
    assert remark(known(*linked), recovered, episode(*left) if left else None) == said


def test_an_episode_is_told_under_its_first_alert_once_a_severity() -> None:
    second = replace(TIME, episode=BLOCKS.id)
    assert told_of(episode(second)).key == told_of(episode(second, second)).key
    assert told_of(episode(second)).key == f"alert:{BLOCKS.id}:WARNING"
    assert told_of(episode(BLOCKS, second)).key == f"alert:{BLOCKS.id}:CRITICAL"
    both = told_of(episode(BLOCKS, second))
    assert (both.title, both.text.count("\n")) == ("crm.search became worse: blocks, time", 1)
