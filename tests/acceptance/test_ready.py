"""The readiness gate as a process: from no evidence at all, by closing gap after gap, to READY."""

import json
from typing import Any

import pytest

from fix_receivers import Webhook
from fix_suite import Project, failing, passing
from pgassay.model.exits import Exit
from pgassay.pg.connection import connect
from pgassay.store.schema import install

PERF = "[perf]\nwarmup = 1\nrounds = 5\n"


@pytest.fixture
def stored(project: Project) -> Project:
    """A project whose target has a store, a table and a workload of one statement."""
    with connect(project.target) as connection:
        install(connection)
    project.command("create schema shop; create table shop.orders (id bigint primary key)")
    (project.folder / "workload").mkdir(parents=True)
    (project.folder / "workload" / "find.sql").write_text("-- sla_ms: 5000\nselect * from shop.orders;")
    (project.folder / "pgassay.toml").write_text(PERF)
    return project


def verdict(project: Project, status: Exit = Exit.RED) -> dict[str, Any]:
    """Give the document, and the standings by name in ``found``."""
    done = project.run("--json", "ready")
    assert done.status == status, done.stdout + done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    return document | {"found": {each["name"]: each["standing"] for each in document["criteria"]}}


def test_gap_after_gap_is_closed(stored: Project, webhook: Webhook) -> None:
    first = verdict(stored)
    assert first["verdict"] == "NOT VERIFIED"
    assert set(first["found"].values()) == {"not verified", "met"}

    stored.write(tests__unit__red=failing("it holds"))
    assert stored.test("tests", record=True).status == Exit.RED
    assert verdict(stored)["verdict"] == "NOT READY"
    stored.write(tests__unit__red=passing("ok(true, 'it holds')"))
    assert stored.test("tests", record=True).status == Exit.OK
    assert verdict(stored)["found"]["tests"] == "met"

    assert stored.run("perf", "check").status == Exit.OK
    assert verdict(stored)["found"]["performance"] == "met"

    stored.environment["SLACK_WEBHOOK_URL"] = webhook.url
    stored.run("health")
    assert verdict(stored)["found"]["monitoring"] == "not met"  # a test server does not care for its data

    stored.run("preflight")
    assert verdict(stored)["found"]["security"] != "not verified"

    waived = ", ".join(
        f"{name} = 'theirs'" for name in ("access", "migrations", "monitoring", "recovery", "security")
    )
    (stored.folder / "pgassay.toml").write_text(f"{PERF}[ready]\nwaive = {{ {waived} }}\n")
    last = verdict(stored, Exit.OK)
    assert last["verdict"] == "READY"
    assert list(last["found"].values()).count("waived") >= 4

    stored.run("incidents", "open", "orders vanish", "--severity", "critical")
    assert verdict(stored)["verdict"] == "NOT READY"


def test_fewer_tests_than_in_the_last_good_run_are_noticed(stored: Project) -> None:
    stored.write(tests__a=passing("ok(true, 'a')", "ok(true, 'b')"))
    stored.test("tests", record=True)
    stored.write(tests__a=passing("ok(true, 'a')"))
    stored.test("tests", record=True)
    (found,) = [each for each in verdict(stored)["criteria"] if each["name"] == "tests"]
    assert found["standing"] == "not met"
    assert "2 did in the last good run" in found["evidence"]


def test_a_summary_goes_to_the_job_and_to_a_comment(stored: Project) -> None:
    summary = stored.folder / "summary.md"
    stored.environment["GITHUB_STEP_SUMMARY"] = str(summary)
    done = stored.run("ready", "--markdown")
    assert done.stdout.startswith("## NOT VERIFIED")
    assert summary.read_text().strip() == done.stdout.strip()
    assert "pgassay recover drill" in stored.run("ready").stdout


def test_waiving_what_there_is_not_is_said(stored: Project) -> None:
    (stored.folder / "pgassay.toml").write_text("[ready]\nwaive = { recovry = 'x' }\n")
    done = stored.run("ready")
    assert done.status == Exit.USAGE
    assert "Did you mean recovery?" in done.stderr


def test_without_a_store_there_is_no_verdict(project: Project) -> None:
    assert project.run("ready").status == Exit.UNAVAILABLE
