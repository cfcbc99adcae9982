"""Incidents and alerts as a person deals with them, and failures on production that open one."""

import json
from typing import Any

from fix_receivers import Mailbox, Webhook
from fix_suite import Project, failing, passing
from pgassay.model.alert import AlertSeverity, AlertType, NewAlert
from pgassay.model.exits import Exit
from pgassay.pg.connection import connect
from pgassay.store.alerts import raise_alert
from pgassay.store.schema import install


def one(project: Project, *words: str) -> dict[str, Any]:
    done = project.run("--json", "incidents", *words)
    assert done.status == Exit.OK, done.stderr
    (found,) = json.loads(done.stdout)["incidents"]
    return dict(found)


def stored(project: Project) -> None:
    with connect(project.target) as connection:
        install(connection)


def test_an_incident_from_its_opening_to_its_end(project: Project) -> None:
    stored(project)
    identity = one(project, "open", "orders vanish", "--severity", "high", "--table", "public.orders")["id"][
        :8
    ]
    listed = project.run("incidents", "list")
    assert "orders vanish" in listed.stdout
    assert "1 unsettled incident." in listed.stdout
    assert one(project, "ack", identity, "--by", "kim")["status"] == "INVESTIGATING"
    refused = project.run("incidents", "close", identity)
    assert refused.status == Exit.USAGE
    assert f"pgassay incidents resolve {identity}" in refused.stderr
    assert one(project, "resolve", identity, "--note", "restored")["resolution_notes"] == "restored"
    assert one(project, "close", identity)["status"] == "CLOSED"
    shown = project.run("incidents", "show", identity).stdout
    assert "HIGH TEST_FAILURE: orders vanish" in shown
    assert "INVESTIGATING by kim" in shown
    assert "RESOLVED" in shown
    assert json.loads(project.run("--json", "incidents", "list").stdout)["incidents"] == []


def test_an_alert_is_acknowledged_and_resolved(project: Project) -> None:
    stored(project)
    with connect(project.target) as connection:
        new = NewAlert(
            type=AlertType.THRESHOLD,
            severity=AlertSeverity.CRITICAL,
            category="crm",
            test="search",
            message="search takes 900 ms, 500 are allowed",
            cause="sla:crm:search",
        )
        identity = str(raise_alert(connection, new).alert.id)[:8]
    listed = project.run("alerts", "list")
    assert "search takes 900 ms" in listed.stdout
    assert "1 alert not resolved." in listed.stdout
    assert project.run("alerts", "ack", identity, "--by", "kim").status == Exit.OK
    assert project.run("alerts", "resolve", identity, "--note", "index").status == Exit.OK
    assert project.run("alerts", "resolve", identity).status == Exit.USAGE
    assert "0 alerts not resolved." in project.run("alerts", "list").stdout


def test_without_a_store_that_is_said(project: Project) -> None:
    for words in (("incidents", "list"), ("alerts", "list")):
        done = project.run(*words)
        assert done.status == Exit.UNAVAILABLE
        assert "pgassay store install" in done.stderr


def test_a_failure_on_production_opens_one_incident_a_category(project: Project) -> None:
    stored(project)
    project.command("create table public.orders (id int)")
    project.environment["PRODUCTION_DB_URL"] = project.target.conninfo
    project.write(
        tests__unit__red=passing("is_empty('select 1 from public.orders union select 1', 'wrong')"),
        tests__unit__green=passing("ok(true, 'right')"),
    )
    for _ in range(2):
        done = project.run("test", "tests", "--production", "--production-safe", "--yes", target="production")
        assert done.status == Exit.RED, done.stderr
    (found,) = json.loads(project.run("--json", "incidents", "list").stdout)["incidents"]
    assert (found["type"], found["severity"], found["occurrences"]) == ("TEST_FAILURE", "HIGH", 2)
    assert "tests/unit/red.sql" in found["description"]
    assert found["tables"] == ["public.orders"]
    assert len(one(project, "show", found["id"])["links"]) == 2


def test_a_failure_on_production_is_told_once(project: Project, webhook: Webhook) -> None:
    stored(project)
    project.environment["PRODUCTION_DB_URL"] = project.target.conninfo
    project.environment["SLACK_WEBHOOK_URL"] = webhook.url
    webhook.answers.append(500)
    project.write(tests__security__red=failing("anon reads nothing"))
    words = ("test", "tests", "--production", "--production-safe", "--yes")
    first = project.run(*words, target="production")
    assert first.status == Exit.RED
    assert "The receiver answers 500" in first.stderr
    assert project.run(*words, target="production").status == Exit.RED
    assert len(webhook.posted) == 1
    listed = project.run("notify", "list")
    assert "1 notice not delivered." in listed.stdout
    sent = project.run("notify", "send")
    assert sent.status == Exit.OK, sent.stdout
    assert "1 of 1 notice arrived." in sent.stdout
    assert [posted["text"] for posted in webhook.posted] == [
        "CRITICAL: Tests of the category security fail on production"
    ] * 2
    assert "s3cr3t" not in first.stderr + listed.stdout + sent.stdout


def test_a_notice_that_was_given_up_is_told_when_its_webhook_was_mended(
    project: Project, webhook: Webhook
) -> None:
    stored(project)
    project.environment["SLACK_WEBHOOK_URL"] = webhook.url
    webhook.answers.append(404)
    opened = project.run("incidents", "open", "orders vanish", "--severity", "critical")
    listed = project.run("notify", "list").stdout
    identity = listed[:8]
    assert f"pgassay notify retry {identity}" in opened.stderr
    assert "given up" in listed and "`pgassay notify retry ID`, or `--all`" in listed
    assert project.run("notify", "send").status == Exit.RED  # it is not tried again by itself
    unnamed = project.run("notify", "retry")
    assert (unnamed.status, "--all" in unnamed.stderr) == (Exit.USAGE, True)
    assert project.run("notify", "retry", identity, "--all").status == Exit.USAGE

    again = project.run("notify", "retry", identity, "--by", "kim")
    assert (again.status, "1 of 1 notice arrived." in again.stdout) == (Exit.OK, True)
    assert project.run("notify", "send").status == Exit.OK
    twice = project.run("notify", "retry", identity)
    assert (twice.status, "is not given up" in twice.stderr) == (Exit.USAGE, True)
    assert [posted["text"] for posted in webhook.posted] == ["CRITICAL: orders vanish"] * 2
    document = json.loads(project.run("--json", "notify", "retry", "--all").stdout)
    assert (document["told"], document["waiting"]) == ([], [])


def test_an_incident_that_a_person_opens_is_told(project: Project, webhook: Webhook) -> None:
    stored(project)
    project.environment["SLACK_WEBHOOK_URL"] = webhook.url
    one(project, "open", "orders vanish", "--severity", "high")
    assert [posted["text"] for posted in webhook.posted] == ["WARNING: orders vanish"]
    webhook.answers.append(503)
    second = project.run("incidents", "open", "orders vanish again", "--severity", "critical")
    assert second.status == Exit.OK
    assert "Not told (slack): The receiver answers 503" in second.stderr


def test_a_test_notice_reaches_everybody_or_says_who_not(
    project: Project, webhook: Webhook, mailbox: Mailbox
) -> None:
    nobody = project.run("notify", "test")
    assert nobody.status == Exit.USAGE
    assert "SLACK_WEBHOOK_URL" in nobody.stderr
    project.environment["HOOK"] = webhook.url
    project.environment["EMAIL_ALERTS"] = "dba@example.com,nobody@example.com"
    (project.folder / "pgassay.toml").write_text(f'[notify]\nslack = "${{HOOK}}"\nsmtp = "{mailbox.url}"\n')
    done = project.run("--json", "notify", "test")
    assert done.status == Exit.RED
    told = {(each["channel"], each["delivered"]) for each in json.loads(done.stdout)["told"]}
    assert told == {("slack", True), ("email", True), ("email", False)}
    assert (len(webhook.posted), len(mailbox.messages)) == (1, 1)
    explained = project.run("config", "--explain").stdout
    assert "s3cr3t" not in explained
