"""A backup or a drill of production that fails is an incident, and people are told."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from fix_receivers import Webhook
from fix_recovery import Vault, complaints, location, tampering
from pgassay.config.settings import NamedTarget, TargetSettings
from pgassay.model.exits import Exit
from pgassay.model.incident import Incident, IncidentSeverity, LinkKind
from pgassay.model.recovery import Outcome
from pgassay.pg.connection import connect
from pgassay.report.recovery.closing import recovery_text
from pgassay.report.recovery.record import RecoveryRecord
from pgassay.store.readiness import About, readiness_facts
from pgassay.store.schema import install


@pytest.fixture
def production(vault: Vault, webhook: Webhook) -> Vault:
    """The vault as production, which has a store, and people who are told."""
    with connect(vault.target) as connection:
        install(connection)
    named = NamedTarget(
        name="production", settings=TargetSettings(url=vault.target.conninfo, production=True)
    )
    notify = replace(vault.settings.notify, slack=webhook.url)
    return replace(vault, settings=replace(vault.settings, targets=(named,), notify=notify))


def incident_of(record: RecoveryRecord) -> Incident:
    assert record.incident is not None, complaints(record)
    return record.incident


def cut(directory: Path) -> Callable[[], None]:
    """Damage a backup; give what mends it."""
    file = next(directory.glob("archive/*.dat.gz"))
    whole = file.read_bytes()
    file.write_bytes(whole[:-1])

    def mend() -> None:
        file.write_bytes(whole)

    return mend


def test_a_drill_that_fails_is_one_incident_until_a_person_settles_it(
    production: Vault, webhook: Webhook
) -> None:
    made = production.backup()
    assert (made.exit, made.incident) == (Exit.OK, None)
    mend = cut(location(made))

    first, second = production.drill(location(made)), production.drill(location(made))

    assert (first.exit, second.exit) == (Exit.RED, Exit.RED)
    incident = incident_of(second)
    assert (incident.id, incident.occurrences) == (incident_of(first).id, 2)
    assert incident.severity is IncidentSeverity.CRITICAL
    assert sorted(each.kind for each in incident.links) == [LinkKind.BACKUP, LinkKind.DRILL, LinkKind.DRILL]
    drills = production.ask("select id::text from prod_test_schema.recovery_drills order by started_at")
    assert [(each.reference,) for each in incident.links if each.kind is LinkKind.DRILL] == drills
    assert f"pgassay incidents show {str(incident.id)[:8]}" in recovery_text(second)
    assert len(webhook.posted) == 1
    assert "cannot be recovered from" in str(webhook.posted)
    with connect(production.target) as connection:
        facts = readiness_facts(connection, About(target=None, contents=None, at_least=97.0, receivers=1))
    assert facts.attention.incidents == (incident.title,)

    mend()
    passed = production.drill(location(made))
    assert passed.exit is Exit.OK, complaints(passed)
    assert incident_of(passed).id == incident.id
    assert f"pgassay incidents resolve {str(incident.id)[:8]}" in recovery_text(passed)


def test_an_objective_that_is_missed_becomes_worse_when_the_content_differs(
    production: Vault, webhook: Webhook
) -> None:
    made = production.backup()
    late = production.changed(rto_s=0.001).drill(location(made))
    assert (late.exit, incident_of(late).severity) == (Exit.RED, IncidentSeverity.HIGH)
    assert "misses its objectives" in incident_of(late).title

    differs = production.drill(location(made), listeners=(tampering("delete from orders where id = 7"),))

    worse = incident_of(differs)
    assert (worse.id, worse.severity) == (incident_of(late).id, IncidentSeverity.CRITICAL)
    assert "is not what was saved" in worse.title
    assert "public.orders" in worse.description
    assert (incident_of(late).tables, worse.tables) == (None, ("public.orders",))
    assert len(webhook.posted) == 2


def test_a_backup_that_cannot_be_made_is_high(production: Vault) -> None:
    record = production.changed(min_tables=1_000).backup()

    assert record.exit is Exit.RED
    incident = incident_of(record)
    assert (incident.severity, [each.kind for each in incident.links]) == (
        IncidentSeverity.HIGH,
        [LinkKind.BACKUP],
    )
    assert "1000 is the least" in incident.description


def test_what_is_not_production_or_not_verified_or_not_wanted_opens_none(
    production: Vault, vault: Vault
) -> None:
    record = vault.changed(min_tables=1_000).backup()
    assert (record.exit, record.incident) == (Exit.RED, None)
    silent = replace(
        production,
        settings=replace(
            production.settings, incidents=replace(production.settings.incidents, enabled=False)
        ),
    )
    record = silent.changed(min_tables=1_000).backup()
    assert (record.exit, record.incident) == (Exit.RED, None)
    made = production.backup()
    untested = production.drill(location(made), tests=False)
    assert untested.finished is not None
    assert (untested.finished.outcome, untested.incident) == (Outcome.NOT_VERIFIED, None)
    assert production.ask("select count(*) from prod_test_schema.production_incidents") == [(0,)]


def test_a_store_that_takes_no_incident_is_a_warning(production: Vault) -> None:
    production.backup()
    production.command("drop table prod_test_schema.notification_outbox")

    record = production.changed(min_tables=1_000).backup()

    assert (record.exit, record.incident) == (Exit.RED, None)
    assert "No incident was opened" in production.said.getvalue()
