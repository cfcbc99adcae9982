"""The workflow that ``pgassay init`` writes, its steps run in order on a real server: once it goes well, once
tests and migrations fail, once the tests are skipped. Actions are not run, and pgassay is installed already.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from fix_receivers import Webhook
from fix_server import fresh_database, fresh_server
from fix_suite import failing, passing
from pgassay.flows.init import InitWish, init_project
from pgassay.model.exits import Exit
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect
from pgassay.pg.target import Target
from pgassay.scaffold.templates import WORKFLOW
from pgassay.store.schema import install
from repository import ROOT
from versions import VERSIONS
from workflow_runs import JobRun, Runner, Trigger, as_workflow, read_workflow, runner_environment

CARING = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "wal_level": "replica",
    "autovacuum": "on",
}
"""What a throw-away server does without, and health wants."""

WAIVED = '\n[ready]\nwaive = { access = "the API has its own tests", recovery = "the provider drills it" }\n'
UP = "alter table shop.note add column author text;\n"
DOWN = "alter table shop.note drop column author;\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """A project that was laid out, and the production database that it is deployed to."""

    folder: Path
    target: Target
    secrets: dict[str, str] = field(default_factory=dict)

    def put(self, name: str, text: str) -> None:
        """Write a file of the project."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def migration(self, up: str = UP, down: str = DOWN) -> None:
        """Write a migration and what takes it back."""
        self.put("migrations/001_author.sql", up)
        self.put("migrations/001_author.rollback.sql", down)

    def run(self, trigger: Trigger | None = None) -> dict[str, JobRun]:
        """Run the workflow; by default for a push."""
        return self._runner().run(read_workflow(self.folder / WORKFLOW), trigger or self.push())

    def gate(self, **inputs: str) -> JobRun:
        """Run the action."""
        workflow = as_workflow(read_workflow(ROOT / "action.yml"), inputs)
        return self._runner().run(workflow, Trigger(inputs=workflow["inputs"]))["action"]

    def push(self) -> Trigger:
        """Somebody pushes to main."""
        return Trigger(secrets={"PRODUCTION_DB_URL": self.target.conninfo, **self.secrets})

    def by_hand(self, **inputs: object) -> Trigger:
        """Somebody starts it by hand."""
        given = {"skip_tests": False, "reason": "", **inputs}
        return Trigger(event="workflow_dispatch", inputs=given, secrets=self.push().secrets)

    def ask(self, query: str) -> list[tuple[object, ...]]:
        """Ask the database."""
        with connect(self.target) as connection:
            return [tuple(row) for row in connection.execute(query.encode())]

    def _runner(self) -> Runner:
        place = self.folder.with_name(f"jobs-{len(list(self.folder.parent.glob('jobs-*')))}")
        place.mkdir()
        return Runner(
            project=self.folder,
            place=place,
            environment=runner_environment(Path(sys.executable).parent),
            given=frozenset({"Install pgassay", "Install pgassay as this action has it"}),
        )


@pytest.fixture(scope="module", params=VERSIONS)
def caring_server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """A server of each version that takes care of its data."""
    with fresh_server(request.param, settings=CARING) as server:
        yield server


@pytest.fixture(scope="module")
def caring_server18() -> Iterator[Server]:
    """The newest server, taking care of its data."""
    with fresh_server("18", settings=CARING) as server:
        yield server


@pytest.fixture
def deployments(caring_server: Server, tmp_path: Path) -> Iterator[Deployment]:
    """A project that was laid out for a database on a server of each version."""
    with deployment_on(caring_server, tmp_path) as made:
        yield made


@pytest.fixture
def deployment(caring_server18: Server, tmp_path: Path) -> Iterator[Deployment]:
    """The same on the newest server."""
    with deployment_on(caring_server18, tmp_path) as made:
        yield made


@contextmanager
def deployment_on(server: Server, place: Path) -> Iterator[Deployment]:
    """Make a database with a table, and lay a project out for it."""
    with fresh_database(server) as target:
        with connect(target) as connection:
            connection.execute("create schema shop")
            connection.execute("create table shop.note (id bigint primary key, body text not null)")
            connection.execute("insert into shop.note select n, 'a note' from generate_series(1, 50) as n")
        folder = place / "project"
        init_project(InitWish(directory=folder))
        settings = folder / "pgassay.toml"
        text = settings.read_text("utf-8").replace("\n[ready]\n", WAIVED) + '\n[safety]\npause = "1ms"\n'
        settings.write_text(text, "utf-8")
        yield Deployment(folder=folder, target=target)


def results(jobs: dict[str, JobRun]) -> dict[str, str]:
    return {name: job.result for name, job in jobs.items()}


def complaints(jobs: dict[str, JobRun]) -> dict[str, str]:
    """What the steps that failed printed."""
    return {step.name: step.output for job in jobs.values() for step in job.steps if step.status}


def kept(job: JobRun) -> set[str]:
    """The report that the job's last step keeps."""
    assert job.step("actions/upload-artifact").outcome == "success"
    return {each.name for each in (job.workspace / "pgassay-report").iterdir()}


def test_a_change_goes_all_the_way(deployments: Deployment, webhook: Webhook) -> None:
    deployment = deployments
    deployment.secrets["SLACK_WEBHOOK_URL"] = webhook.url
    deployment.migration()
    deployment.put(
        "sql/tests/integration/author.sql", passing("has_column('shop', 'note', 'author', 'it is there')")
    )

    jobs = deployment.run()

    assert results(jobs) == dict.fromkeys(jobs, "success"), complaints(jobs)
    before, migration, after = jobs.values()
    assert before.outputs == {"pending": "1"}
    assert before.step("Record that tests are skipped").outcome == "skipped"
    assert kept(before) >= {"preflight.xml", "health.xml", "critical.xml", "plan.txt", "rehearsal.txt"}
    assert kept(migration) == {"migration.txt", "status.txt"}
    assert kept(after) >= {"tests.xml", "tests.html", "evidence.json", "ready.json", "performance.txt"}
    assert "SUCCEEDED: 001_author is applied." in migration.summary
    assert "## READY" in after.summary

    report = after.workspace / "pgassay-report"
    assert json.loads((report / "ready.json").read_text("utf-8"))["verdict"] == "READY"
    evidence = json.loads((report / "evidence.json").read_text("utf-8"))
    assert evidence["standing"] == "verified"
    assert {each["path"] for each in evidence["evidence"] if "path" in each} == {
        "sql/tests/unit/first.sql",
        "sql/tests/integration/author.sql",
    }
    assert 'name="sql/tests/integration/author.sql"' in (report / "tests.xml").read_text("utf-8")
    assert deployment.ask("select count(author), count(*) from shop.note") == [(0, 50)]
    assert webhook.posted == []

    again = deployment.run()
    assert results(again) == dict.fromkeys(again, "success"), complaints(again)
    assert again["pre-deployment"].outputs == {"pending": "0"}
    assert again["pre-deployment"].step("Rehearse the migrations").outcome == "skipped"


def test_a_red_test_beforehand_stops_everything(deployment: Deployment) -> None:
    deployment.migration()
    deployment.put("sql/tests/security/rule.sql", "-- pgassay: critical\n" + failing("the rule holds"))

    jobs = deployment.run()

    assert results(jobs) == {
        "pre-deployment": "failure",
        "migration": "skipped",
        "production-testing": "skipped",
    }
    before = jobs["pre-deployment"]
    assert before.failed() == ["Critical tests"]
    assert before.step("Critical tests").status == Exit.RED
    assert before.step("Plan the migrations").outcome == "skipped"
    assert "the rule holds" in before.summary
    assert "critical.xml" in kept(before)
    assert deployment.ask("select to_regclass('pgassay_migrations.history')") == [(None,)]
    opened = deployment.ask("select severity, status from prod_test_schema.production_incidents")
    assert opened == [("CRITICAL", "INVESTIGATING")]


@pytest.mark.parametrize("up", ["alter table shop.note add column body text;\n", "alter table shop."])
def test_a_migration_that_cannot_be_stops_in_its_rehearsal(deployment: Deployment, up: str) -> None:
    deployment.migration(up=up, down="select 1;\n")
    jobs = deployment.run()
    assert results(jobs)["migration"] == "skipped"
    assert jobs["pre-deployment"].failed() in (["Rehearse the migrations"], ["Plan the migrations"])
    assert deployment.ask("select to_regclass('pgassay_migrations.history')") == [(None,)]


def test_a_migration_whose_tests_fail_stops_what_follows(deployment: Deployment) -> None:
    deployment.migration()
    deployment.put("sql/tests/migration/author.sql", failing("every note has an author"))

    jobs = deployment.run()

    assert results(jobs) == {
        "pre-deployment": "success",
        "migration": "failure",
        "production-testing": "skipped",
    }
    migration = jobs["migration"]
    assert migration.failed() == ["Apply the migrations"]
    assert migration.step("Apply the migrations").status == Exit.RED
    assert "1 of 1 test file failed" in migration.summary


def test_red_tests_afterwards_leave_the_rest_of_the_picture(deployment: Deployment) -> None:
    deployment.put("sql/tests/unit/rule.sql", failing("the rule holds"))

    jobs = deployment.run()

    assert results(jobs) == {
        "pre-deployment": "success",
        "migration": "success",
        "production-testing": "failure",
    }
    after = jobs["production-testing"]
    assert after.failed() == ["Tests", "Readiness"]
    assert [each.status for each in after.steps if each.outcome == "failure"] == [Exit.RED, Exit.RED]
    assert {"evidence.json", "health.xml", "preflight.xml", "performance.txt", "ready.json"} <= kept(after)
    assert "## NOT READY" in after.summary


def test_an_emergency_is_recorded_and_goes_without_tests(deployment: Deployment) -> None:
    """Whatever is in the field of the reason stays a text, also where it looks like a command."""
    reason = 'orders vanish; "$(touch pwned)" `touch pwned` $PATH --severity low'
    deployment.migration()
    deployment.put("sql/tests/unit/rule.sql", "-- pgassay: critical\n" + failing("the rule holds"))

    jobs = deployment.run(deployment.by_hand(skip_tests=True, reason=reason))

    assert results(jobs) == {
        "pre-deployment": "success",
        "migration": "success",
        "production-testing": "skipped",
    }
    before = jobs["pre-deployment"]
    skipped = [each.name for each in before.steps if each.outcome == "skipped"]
    assert skipped == ["Preflight", "Health", "Critical tests"]
    assert before.step("Rehearse the migrations").outcome == "success"
    assert not list(before.workspace.rglob("pwned"))
    ((title, severity, description),) = deployment.ask(
        "select title, severity, description from prod_test_schema.production_incidents"
    )
    assert title == "Deployed without tests: 0123456789abcdef0123456789abcdef01234567"
    assert severity == "HIGH"
    link = "https://github.example/example/shop/actions/runs/4711"
    assert description == f"By kim, because: {reason} ({link})"
    assert deployment.ask("select count(*) from prod_test_schema.test_runs") == [(0,)]
    assert deployment.ask("select count(author) from shop.note") == [(0,)]


@pytest.mark.parametrize("reason", ["", " \t "])
def test_an_emergency_needs_a_reason(deployment: Deployment, reason: str) -> None:
    jobs = deployment.run(deployment.by_hand(skip_tests=True, reason=reason))
    assert set(results(jobs).values()) == {"failure", "skipped"}
    (first, *rest) = jobs["pre-deployment"].steps
    assert (first.status, {each.outcome for each in rest[:-2]}) == (Exit.USAGE, {"skipped"})
    assert deployment.ask("select to_regnamespace('prod_test_schema')") == [(None,)]


def test_only_main_is_deployed_and_only_with_a_secret(deployment: Deployment) -> None:
    elsewhere = Trigger(ref="refs/heads/feature", secrets=deployment.push().secrets)
    for trigger, told in ((elsewhere, "Only the branch main"), (Trigger(), "has no such secret")):
        jobs = deployment.run(trigger)
        assert jobs["pre-deployment"].failed() == ["Check what is asked for"]
        assert told in jobs["pre-deployment"].step("Check what is asked for").output
        assert results(jobs)["migration"] == "skipped"
    assert deployment.ask("select to_regnamespace('prod_test_schema')") == [(None,)]


def test_the_action_is_the_gate(deployment: Deployment) -> None:
    """With nothing measured it judges what is there, which is nothing; else it looks first."""
    url = deployment.target.conninfo
    nothing = deployment.gate(**{"database-url": url, "measure": "false"})
    assert nothing.failed() == ["Gate"]
    assert nothing.step("Gate").status == Exit.UNAVAILABLE
    assert nothing.outputs == {"verdict": "NOT VERIFIED"}

    with connect(deployment.target) as connection:
        install(connection)
    names = ("performance", "migrations", "monitoring")
    waived = WAIVED.replace(
        "waive = {", "waive = { " + ", ".join(f'{each} = "elsewhere"' for each in names) + ","
    )
    settings = deployment.folder / "pgassay.toml"
    settings.write_text(settings.read_text("utf-8").replace(WAIVED, waived), "utf-8")
    good = deployment.gate(**{"database-url": url})
    assert good.failed() == []
    assert good.outputs == {"verdict": "READY"}
    assert kept(good) >= {"preflight.xml", "health.xml", "tests.xml", "tests.html", "ready.json"}

    deployment.put("sql/tests/unit/rule.sql", failing("the rule holds"))
    red = deployment.gate(**{"database-url": url})
    assert red.failed() == ["Tests", "Gate"]
    assert red.outputs == {"verdict": "NOT READY"}
