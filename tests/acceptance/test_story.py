"""The whole chain, as operators live it: a good release, a bad one, all are told, back, and ready again."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import psql_answers
from fix_receivers import Webhook
from fix_server import fresh_server
from fix_suite import PATIENT, Done, Project, passing
from fix_supabase import Project as Hosted
from pgassay.model.exits import Exit
from pgassay.pg.connection import connect
from store_account import Account, ledger
from versions import VERSIONS

PASSWORD = "correct-horse-battery"
FEW_ROUNDS = """workload = ["workload"]
warmup = 1
rounds = 5"""
NOTHING_IS_SLOW = '[suite]\nslow = "1h"\n'
"""On a machine that stands still for a moment an assertion would have a row of metrics of its own."""
MORE_SETTINGS = """
[rollback]
least_runs = 1

[checks.critical_tables]
tables = ["shop.orders"]

[access]
schemas = ["shop"]

[[access.identities]]
role = "shopper"
"""
UP = """
create schema shop;
create table shop.orders (id bigint primary key, reference text not null, note text not null);
create index orders_reference_idx on shop.orders (reference);
alter table shop.orders enable row level security;
create policy orders_of_everybody on shop.orders for select to shopper using (id % 2 = 0);
grant usage on schema shop to shopper;
grant select on shop.orders to shopper;
insert into shop.orders select id, md5(id::text), repeat('x', 200) from generate_series(1, 60000) as id;
"""
DOWN = "drop schema shop cascade;"
BAD = """
drop index shop.orders_reference_idx;
delete from shop.orders where id % 3 = 0;
update shop.orders set reference = 'gone' where id = 1;
"""
BAD_DOWN = "create index orders_reference_idx on shop.orders (reference);"
TESTS = {
    "sql__tests__unit__orders": passing(
        "has_table('shop', 'orders', 'there are orders')",
        "has_index('shop', 'orders', 'orders_reference_idx', 'found by their reference')",
    ),
    "sql__tests__security__orders": passing(
        "policies_are('shop', 'orders', array['orders_of_everybody'], 'one policy')"
    ),
    "sql__tests__integration__orders": passing(
        "is((select count(*)::int from shop.orders), 60000, 'every order is there')",
        "is((select count(*)::int from shop.orders where reference = 'gone'), 0, 'none is lost')",
    ),
}
WORKLOAD = """-- category: orders
-- metric: find
-- sla_ms: 5000
-- parameter: reference = c4ca4238a0b923820dcc509a6f75849b
select id from shop.orders where reference = :'reference';
"""
LIKE_PRODUCTION = {"autovacuum": "on", "fsync": "on", "full_page_writes": "on", "wal_level": "replica"}


def laid_out(project: Project, webhook: Webhook, *, role: str) -> Project:
    """Lay a project out whose target is production; ``role`` is who shops there."""
    assert project.run("init").status == Exit.OK
    settings = (project.folder / "pgassay.toml").read_text()
    settings = settings.replace('workload = ["workload"]', FEW_ROUNDS) + MORE_SETTINGS
    settings = settings.replace("[suite]\n", NOTHING_IS_SLOW, 1)
    project.settings(settings.replace("shopper", role), *PATIENT)
    project.write(**TESTS)
    project.put("migrations/001_orders.sql", UP.replace("shopper", role))
    project.put("migrations/001_orders.rollback.sql", DOWN)
    project.put("workload/find.sql", WORKLOAD)
    project.environment.update(
        PRODUCTION_DB_URL=project.target.changed({"password": PASSWORD}).conninfo,
        SLACK_WEBHOOK_URL=webhook.url,
        BACKUP_DIR=str(project.folder.parent / "backups"),
        ROLLBACK_TRIGGER_FILE=str(project.folder.parent / "rollback-now"),
    )
    return project


@pytest.fixture(params=VERSIONS)
def shop(request: pytest.FixtureRequest, tmp_path: Path, webhook: Webhook) -> Iterator[Project]:
    """A shop on a server of its own, which is production."""
    with fresh_server(request.param, settings=LIKE_PRODUCTION) as server:
        with connect(server.target) as connection:
            connection.execute("create database shop")
            connection.execute("create role shopper")
        project = Project(folder=tmp_path / "shop", target=server.target.with_database("shop"))
        yield laid_out(project, webhook, role="shopper")


@pytest.fixture
def hosted(supabase: Hosted, tmp_path: Path, webhook: Webhook) -> Project:
    """The same on a hosted Supabase, as its ``postgres``, who is no superuser and rehearses elsewhere."""
    project = Project(folder=tmp_path / "shop", target=supabase.target)
    return laid_out(project, webhook, role="authenticated")


def told(project: Project, *words: str, status: Exit = Exit.OK) -> Done:
    """Run a command on production, and insist on how it ends."""
    done = project.run(*words, target="production")
    assert done.status == status, f"{' '.join(words)}\n{done.stdout}\n{done.stderr}"
    assert not [each for each in secrets(project) if each in done.stdout + done.stderr]
    return done


def secrets(project: Project) -> tuple[str, ...]:
    """What is to be seen nowhere: the password, and where Slack takes messages."""
    return PASSWORD, project.environment["SLACK_WEBHOOK_URL"].rpartition("/")[2]


def asked(project: Project, *words: str, status: Exit = Exit.OK) -> dict[str, Any]:
    """The same, for its document."""
    document: dict[str, Any] = json.loads(told(project, "--json", *words, status=status).stdout)
    return document


def run_every_test(project: Project, status: Exit = Exit.OK) -> Done:
    words = ("test", "--all-categories", "--production", "--production-safe", "--keep-going", "--pause", "0")
    return told(project, *words, "--yes", status=status)


def standings(project: Project, status: Exit) -> dict[str, str]:
    found = asked(project, "ready", status=status)["criteria"]
    return {each["name"]: f"{each['standing']}: {each['evidence']}" for each in found}


def release(project: Project) -> None:
    """Bring the shop to production as the guide says, until it is ready."""
    told(project, "store", "install")
    told(project, "migrate", "rehearse")
    told(project, "migrate", "apply", "--yes")
    project.command("analyze shop.orders")
    told(project, "preflight")
    run_every_test(project)
    told(project, "perf", "baseline", "--why", "first release")
    told(project, "perf", "check")
    url = project.environment.pop(
        "PRODUCTION_DB_URL"
    )  # a baseline is made where trying to write does no harm
    assert project.run("access", "--save").status == Exit.OK
    project.environment["PRODUCTION_DB_URL"] = url
    told(project, "access")
    told(project, "recover", "drill", "--fresh")


def damage(project: Project) -> None:
    """Bring a release to production that nobody rehearsed, with everything that follows."""
    project.put("migrations/002_tidy.sql", BAD)
    project.put("migrations/002_tidy.rollback.sql", BAD_DOWN)
    rehearsed = told(project, "migrate", "rehearse", status=Exit.RED)
    assert "shop.orders" in rehearsed.stdout  # its rows do not come back
    told(project, "migrate", "apply", "--yes", status=Exit.REFUSED)
    told(project, "migrate", "apply", "--yes", "--unrehearsed", "it has to be today", status=Exit.RED)
    run_every_test(project, status=Exit.RED)
    slow = told(project, "perf", "check", status=Exit.RED)
    assert "CRITICAL orders.find reads all of shop.orders now" in slow.stdout


def test_a_bad_release_is_noticed_told_and_taken_back(shop: Project, webhook: Webhook) -> None:
    account = Account(target=shop.target, secrets=secrets(shop))
    release(shop)
    told(shop, "health")
    assert account.turn() == ledger("release")
    ready = standings(shop, Exit.OK)
    assert {each.partition(":")[0] for each in ready.values()} == {"met"}
    assert "STAY" in told(shop, "rollback", "check").stdout
    assert webhook.posted == []

    damage(shop)
    assert account.turn() == ledger("damage")
    assert ("orders.find", "CRITICAL") in psql_answers.psql(shop, psql_answers.SLOWER)
    incidents = asked(shop, "incidents", "list")["incidents"]
    assert {each["type"] for each in incidents} == {"TEST_FAILURE", "PERFORMANCE", "DATA_INTEGRITY"}
    assert {each["severity"] for each in asked(shop, "alerts", "list")["alerts"]} == {"CRITICAL"}
    assert len(webhook.posted) >= len(incidents)
    assert all(each.startswith(("not met", "met")) for each in standings(shop, Exit.RED).values())
    assert "ROLL BACK" in told(shop, "rollback", "check", status=Exit.RED).stdout
    told(shop, "rollback", "run", status=Exit.REFUSED)
    assert shop.ask("select count(*) from shop.orders") == [(40000,)]
    assert account.turn() == []  # who only asks leaves nothing

    told(shop, "rollback", "run", "--confirm", "shop", "--reason", "002_tidy lost orders")
    assert account.turn() == ledger("rollback")
    assert shop.ask("select count(*) from shop.orders") == [(60000,)]
    (shop.folder / "migrations" / "002_tidy.sql").unlink()
    (shop.folder / "migrations" / "002_tidy.rollback.sql").unlink()

    told(shop, "health")
    run_every_test(shop)
    told(shop, "perf", "check")
    assert account.turn() == ledger("proof")
    assert asked(shop, "alerts", "list")["alerts"] == []
    left = asked(shop, "incidents", "list")["incidents"]
    assert {each["id"] for each in incidents} < {each["id"] for each in left}  # carried over, and one for it
    for each in left:
        told(shop, "incidents", "resolve", each["id"], "--note", "rolled back")
    assert account.turn() == ledger("resolved")
    assert {each.partition(":")[0] for each in standings(shop, Exit.OK).values()} == {"met"}
    assert {posted["text"].partition(":")[0] for posted in webhook.posted} == {"CRITICAL", "WARNING"}
    psql_gives_the_same(shop)
    assert account.turn() == ledger("psql")


def test_a_hosted_project_takes_its_schemas_back(hosted: Project, webhook: Webhook) -> None:
    account = Account(target=hosted.target, secrets=secrets(hosted))
    release(hosted)
    hosted.run("health", target="production")  # a test server is not durable, which is unhealthy
    ready = standings(hosted, Exit.RED)
    assert {name for name, each in ready.items() if not each.startswith("met")} <= {"monitoring", "security"}

    assert account.turn()
    damage(hosted)
    assert account.turn()
    assert {each["severity"] for each in asked(hosted, "alerts", "list")["alerts"]} == {"CRITICAL"}
    assert len(webhook.posted) >= len(asked(hosted, "incidents", "list")["incidents"]) >= 3
    assert "ROLL BACK" in told(hosted, "rollback", "check", status=Exit.RED).stdout
    name = str(hosted.target.database)
    unasked = told(hosted, "rollback", "run", status=Exit.REFUSED)
    assert "auth: it is the platform's" in unasked.stderr and "supabase_admin" in unasked.stderr
    assert hosted.ask("select count(*) from shop.orders") == [(40000,)]

    assert account.turn() == []  # what nobody confirms leaves nothing behind
    told(hosted, "rollback", "run", "--confirm", name, "--reason", "002_tidy lost orders")
    done = [each for each in account.turn() if "rollback_events" in each]
    assert ["run: succeeded" in each for each in done] == [True]
    assert hosted.ask("select count(*) from shop.orders") == [(60000,)]
    (hosted.folder / "migrations" / "002_tidy.sql").unlink()
    (hosted.folder / "migrations" / "002_tidy.rollback.sql").unlink()

    run_every_test(hosted)
    told(hosted, "perf", "check")
    assert asked(hosted, "alerts", "list")["alerts"] == []
    for each in asked(hosted, "incidents", "list")["incidents"]:
        told(hosted, "incidents", "resolve", each["id"], "--note", "rolled back")
    ready = standings(hosted, Exit.RED)
    assert {name for name, each in ready.items() if not each.startswith("met")} <= {"monitoring", "security"}
    assert "drop schema" in told(hosted, "rollback", "list").stdout


def psql_gives_the_same(shop: Project) -> None:
    """Ask what operators ask who have only psql."""
    psql_answers.health_is_that_of_the_command(shop, asked)
    psql_answers.validations_are_those_of_the_command(shop, asked)
    psql_answers.recovery_time_is_that_of_the_drill(shop)
    psql_answers.baselines_are_made_of_what_was_measured(shop)
    psql_answers.an_incident_is_dealt_with(shop, asked)
    psql_answers.a_row_that_is_registered_goes_again(shop, asked)
    ((reason, kept),) = psql_answers.psql(
        shop, "select rollback_reason, emergency_backup_location from prod_test_schema.rollback_events"
    )
    assert reason == "002_tidy lost orders"
    assert (kept,) in psql_answers.psql(shop, "select datname from pg_database")
