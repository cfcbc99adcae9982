"""What checks of performance leave behind: one incident and one notice a statement."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from fix_receivers import Webhook
from perf_samples import INDEXED, SEARCH, benchmark, measured
from pgassay.config.settings import IncidentSettings, Settings
from pgassay.flows.alerts import resolve_alert
from pgassay.flows.regression import follow_up
from pgassay.model.alert import AlertSeverity, AlertType, NewAlert
from pgassay.model.incident import Incident, IncidentStatus
from pgassay.model.perf import Aspect, Grade, Judgement, Measurement, PerformanceVerdict
from pgassay.model.urgency import Urgency
from pgassay.notify.settings import NotifySettings
from pgassay.pg.connection import Connection, connect
from pgassay.pg.target import Target
from pgassay.store.alerts import alerts, raise_alert
from pgassay.store.incidents import find_incident, incidents, move_incident
from pgassay.store.schema import install, migrations

GOOD = {Aspect.SLA: Grade.OK, Aspect.BLOCKS: Grade.OK, Aspect.PLAN: Grade.OK, Aspect.TIME: Grade.OK}


@pytest.fixture
def store(database: Target) -> Iterator[Connection]:
    with connect(database) as connection:
        install(connection)
        yield connection


@pytest.fixture
def settings(webhook: Webhook) -> Settings:
    return Settings(notify=NotifySettings(slack=webhook.url))


def found(*statements: Measurement, **worse: Grade) -> PerformanceVerdict:
    """A verdict in which all is good but the aspects that are named, by their members."""
    grades = GOOD | {Aspect[name.upper()]: grade for name, grade in worse.items()}
    measurements = statements or (measured(1.0),)
    judgements = tuple(
        Judgement(
            query=each.query.name,
            category=each.query.category,
            aspect=aspect,
            grade=grade,
            sentence=f"has another {aspect}",
            limit=10.0,
            actual=30.0,
        )
        for each in measurements
        for aspect, grade in grades.items()
    )
    return PerformanceVerdict(benchmark=benchmark(*measurements), judgements=judgements)


def only(store: Connection) -> Incident:
    (listed,) = incidents(store, tuple(IncidentStatus))
    return find_incident(store, str(listed.id))


def notes(incident: Incident) -> list[str]:
    return [each.note for each in incident.history if each.note]


def texts(webhook: Webhook) -> list[str]:
    return [str(posted["text"]) for posted in webhook.posted]


def test_three_aspects_are_three_alerts_one_incident_and_one_notice(
    store: Connection, settings: Settings, webhook: Webhook
) -> None:
    for _ in range(2):
        bad = found(blocks=Grade.CRITICAL, plan=Grade.CRITICAL, time=Grade.WARNING)
        follow_up(store, bad, settings)
    assert len(alerts(store)) == 3
    incident = only(store)
    assert (incident.occurrences, len(incident.alerts), incident.tables) == (2, 3, ("crm.contacts",))
    assert [line.split(":")[0] for line in incident.description.splitlines()] == [
        "CRITICAL blocks",
        "CRITICAL plan",
        "WARNING time",
    ]
    assert texts(webhook) == ["CRITICAL: crm.search became worse: blocks, plan, time"]
    assert "CRITICAL blocks: has another blocks" in str(webhook.posted[0])


def test_an_incident_stays_while_something_of_it_is_left(
    store: Connection, settings: Settings, webhook: Webhook
) -> None:
    follow_up(store, found(blocks=Grade.CRITICAL, plan=Grade.CRITICAL), settings)
    follow_up(store, found(plan=Grade.CRITICAL), settings)
    left = only(store)
    assert (left.status, left.recovered) == (IncidentStatus.INVESTIGATING, False)
    assert left.description == "CRITICAL plan: has another plan"
    assert notes(left) == ["blocks recovered; plan did not"]

    follow_up(store, found(plan=Grade.WARNING, time=Grade.WARNING), settings)
    assert notes(only(store))[1:] == ["time became worse, too"]
    assert only(store).severity == "CRITICAL"

    follow_up(store, found(), settings)
    over = only(store)
    assert (over.status, over.recovered) == (
        IncidentStatus.INVESTIGATING,
        True,
    )  # a person says that it is over
    assert notes(over)[2:] == ["plan and time recovered; nothing is left of it"]
    assert len(webhook.posted) == 1
    follow_up(store, found(), settings)
    assert len(notes(only(store))) == 3


def test_that_nothing_is_left_is_told_to_who_wants_to_be_told_everything(
    store: Connection, settings: Settings, webhook: Webhook
) -> None:
    eager = replace(settings, notify=replace(settings.notify, at_least=Urgency.INFO))
    follow_up(store, found(plan=Grade.CRITICAL), eager)
    follow_up(store, found(), eager)
    follow_up(store, found(), eager)
    assert texts(webhook) == [
        "CRITICAL: crm.search has another plan",
        "INFO: Recovered: crm.search has another plan",
    ]


def test_what_is_not_judged_neither_recovers_nor_counts(store: Connection, settings: Settings) -> None:
    follow_up(store, found(time=Grade.CRITICAL), settings)
    follow_up(store, found(time=Grade.NOT_JUDGED), settings)
    incident = only(store)
    assert (incident.occurrences, incident.recovered, notes(incident)) == (1, False, [])


def test_warnings_are_one_notice_while_any_of_them_is_open(
    store: Connection, settings: Settings, webhook: Webhook
) -> None:
    follow_up(store, found(blocks=Grade.WARNING), settings)
    follow_up(store, found(blocks=Grade.WARNING, time=Grade.WARNING), settings)
    follow_up(store, found(time=Grade.WARNING), settings)  # the first one recovered
    assert incidents(store) == ()
    assert texts(webhook) == ["WARNING: crm.search has another blocks"]
    follow_up(store, found(time=Grade.CRITICAL), settings)
    assert texts(webhook)[1:] == ["CRITICAL: crm.search has another time"]
    assert len(incidents(store)) == 1
    follow_up(store, found(), settings)
    follow_up(store, found(blocks=Grade.WARNING), settings)
    follow_up(store, found(blocks=Grade.WARNING, plan=Grade.CRITICAL), settings)
    again = [
        "WARNING: Again: crm.search has another blocks",
        "CRITICAL: Again: crm.search became worse: plan, blocks",
    ]
    assert texts(webhook)[2:] == again
    assert notes(only(store))[-2:] == ["blocks became worse again", "plan became worse, too"]


def test_one_aspect_that_follows_another_at_once_is_the_same_matter(
    store: Connection, settings: Settings, webhook: Webhook
) -> None:
    follow_up(store, found(blocks=Grade.CRITICAL), settings)
    follow_up(store, found(time=Grade.CRITICAL), settings)
    assert len(webhook.posted) == 1
    assert notes(only(store)) == ["time became worse, too; blocks recovered; time did not"]


def test_without_incidents_the_alerts_are_told_together(
    store: Connection, settings: Settings, webhook: Webhook
) -> None:
    without = replace(settings, incidents=IncidentSettings(enabled=False))
    for _ in range(2):
        follow_up(store, found(blocks=Grade.CRITICAL, plan=Grade.CRITICAL), without)
    assert incidents(store, tuple(IncidentStatus)) == ()
    assert texts(webhook) == ["CRITICAL: crm.search became worse: blocks, plan"]


def test_two_statements_are_two_incidents(store: Connection, settings: Settings) -> None:
    other = measured(1.0, query=replace(SEARCH, name="crm.count"), plan=None)
    follow_up(store, found(measured(1.0, plan=INDEXED), other, plan=Grade.CRITICAL), settings)
    listed = incidents(store)
    assert len({each.cause for each in listed}) == len(listed) == 2
    assert {each.tables for each in listed} == {("crm.contacts",), None}  # of one there is no plan


def test_what_a_check_left_undone_when_it_was_killed_the_next_one_does(
    store: Connection, settings: Settings, webhook: Webhook
) -> None:
    """Killed behind the alerts: neither an incident nor a notice is there."""
    follow_up(store, found(blocks=Grade.CRITICAL), settings)
    store.execute("delete from prod_test_schema.production_incidents")
    store.execute("delete from prod_test_schema.notification_outbox")
    follow_up(store, found(blocks=Grade.CRITICAL), settings)
    assert only(store).alerts == alerts(store)
    assert len(webhook.posted) == 2


def test_an_alert_that_a_person_settles_is_noted_in_its_incident(
    database: Target, store: Connection, settings: Settings
) -> None:
    follow_up(store, found(blocks=Grade.CRITICAL, plan=Grade.CRITICAL), settings)
    for each in alerts(store):
        resolve_alert(str(each.id), settings, target=database.conninfo, actor="kim", note="index rebuilt")
    incident = only(store)
    assert incident.recovered
    assert notes(incident) == ["plan recovered; blocks did not", "blocks recovered; nothing is left of it"]


def test_what_was_open_before_goes_on_under_its_statement(database: Target, settings: Settings) -> None:
    """A store of an earlier version, with an incident for each aspect."""
    with connect(database) as old:
        number = next(each.version for each in migrations() if each.name == "episodes")
        for each in migrations()[: number - 1]:
            old.execute(each.statements)
        old.execute(EARLIER)
        old.execute(next(each for each in migrations() if each.version == number).statements)
        found_there = old.execute(
            "select subject, aspect, episode is null"
            " from performance_monitoring.performance_alerts order by aspect"
        ).fetchall()
        causes = old.execute(
            "select cause, affected_tables from prod_test_schema.production_incidents order by detected_at"
        ).fetchall()
    subject = "perf:db.example.com:5432/crm:crm.search"
    assert found_there == [(subject, "blocks", True), (subject, "plan", False), (None, None, True)]
    assert causes == [
        (subject, None),
        (f"alert:{subject}:plan", ["crm.contacts"]),
        ("tests:crm:unit", None),
    ]


EARLIER = """
insert into performance_monitoring.performance_alerts
    (alert_type, test_category, test_name, alert_message, severity, cause, created_at)
values
    ('REGRESSION', 'crm', 'crm.search', 'm', 'CRITICAL', 'perf:db.example.com:5432/crm:crm.search:blocks',
        now() - interval '2 h'),
    ('REGRESSION', 'crm', 'crm.search', 'm', 'CRITICAL', 'perf:db.example.com:5432/crm:crm.search:plan',
        now() - interval '1 h'),
    ('REGRESSION', 'crm', 'own', 'm', 'WARNING', null, now());
insert into prod_test_schema.production_incidents
    (incident_type, severity, title, detection_method, cause, detected_at, affected_tables)
values
    ('PERFORMANCE', 'CRITICAL', 't', 'MONITORING', 'alert:perf:db.example.com:5432/crm:crm.search:blocks',
        now() - interval '2 h', '{}'),
    ('PERFORMANCE', 'CRITICAL', 't', 'MONITORING', 'alert:perf:db.example.com:5432/crm:crm.search:plan',
        now() - interval '1 h', '{crm.contacts}'),
    ('TEST_FAILURE', 'HIGH', 't', 'AUTOMATED_TEST', 'tests:crm:unit', now(), '{}');
"""


def test_an_alert_about_nothing_in_particular_is_on_its_own(store: Connection) -> None:
    new = NewAlert(
        type=AlertType.ANOMALY,
        severity=AlertSeverity.WARNING,
        category="crm",
        test="search",
        message="m",
        cause="a",
    )
    raised = [raise_alert(store, replace(new, cause=cause)).alert for cause in "ab"]
    assert [each.episode for each in raised] == [each.id for each in raised]


def test_a_new_incident_is_opened_where_a_person_said_that_it_is_over(
    store: Connection, settings: Settings
) -> None:
    follow_up(store, found(plan=Grade.CRITICAL), settings)
    move_incident(store, only(store), IncidentStatus.RESOLVED, actor="kim")
    follow_up(store, found(plan=Grade.CRITICAL), settings)
    assert len(incidents(store)) == 1
    assert len(incidents(store, tuple(IncidentStatus))) == 2
