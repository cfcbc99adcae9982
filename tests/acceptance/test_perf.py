"""Baselines and regressions as a person meets them: an index goes, everybody is told, it comes back."""

import json
import signal
from typing import Any

import pytest

from fix_receivers import Webhook
from fix_suite import Done, Project, passing, until
from pgassay.model.exits import Exit
from pgassay.pg.connection import connect
from pgassay.store.schema import install

TABLE = """
create schema shop;
create table shop.orders as
    select id, md5(id::text) as reference, repeat('x', 200) as note from generate_series(1, 60000) as id;
create index orders_reference_idx on shop.orders (reference);
analyze shop.orders
"""
FIND = """-- title: An order by its reference
-- category: orders
-- metric: find
-- sla_ms: 10000
-- parameter: reference = c4ca4238a0b923820dcc509a6f75849b
--
-- What the search field sends.
select id, note from shop.orders where reference = :'reference';
"""
COUNT = """-- category: orders
-- metric: count
select count(*) from shop.orders where id < 100;
"""
FEW = "[perf]\nwarmup = 1\nrounds = 5\n"


@pytest.fixture
def shop(project: Project) -> Project:
    """A project with a table, a workload and a store."""
    project.command(TABLE)
    with connect(project.target) as connection:
        install(connection)
    (project.folder / "workload").mkdir(parents=True)
    (project.folder / "workload" / "find.sql").write_text(FIND)
    (project.folder / "workload" / "count.sql").write_text(COUNT)
    (project.folder / "pgassay.toml").write_text(FEW)
    return project


def judged(done: Done) -> dict[str, dict[str, str]]:
    """Give the grade of each aspect of each statement."""
    found: dict[str, dict[str, str]] = {}
    for each in json.loads(done.stdout)["judgements"]:
        found.setdefault(each["query"], {})[each["aspect"]] = each["grade"]
    return found


def test_an_index_that_goes_is_noticed_told_and_settled(shop: Project, webhook: Webhook) -> None:
    shop.environment["SLACK_WEBHOOK_URL"] = webhook.url
    based = shop.run("perf", "baseline", "--by", "kim", "--why", "first release")
    assert based.status == Exit.OK, based.stderr
    assert "orders.find" in based.stdout
    good = shop.run("--json", "perf", "check")
    assert good.status == Exit.OK, good.stdout
    assert judged(good)["orders.find"] == {
        "sla": "OK",
        "blocks": "OK",
        "temporary files": "OK",
        "plan": "OK",
        "time": "NOT JUDGED",
    }
    assert webhook.posted == []

    shop.command("drop index shop.orders_reference_idx")
    bad = shop.run("perf", "check")
    assert bad.status == Exit.RED
    assert "CRITICAL orders.find reads all of shop.orders now, which it did not" in bad.stdout
    shop.run("perf", "check")
    listed = json.loads(shop.run("--json", "alerts", "list").stdout)["alerts"]
    assert {(each["severity"], each["occurrences"]) for each in listed} == {("CRITICAL", 2)}
    assert len(listed) == 2  # the plan and the blocks
    (incident,) = json.loads(shop.run("--json", "incidents", "list").stdout)["incidents"]
    assert (incident["status"], incident["occurrences"]) == ("INVESTIGATING", 2)
    assert incident["title"] == "orders.find became worse: blocks, plan"
    slower = shop.ask(
        "select affected_tables, performance_impact ->> 'test', (performance_impact -> 'actual')::numeric"
        " > (performance_impact -> 'threshold')::numeric, jsonb_path_query_array(performance_impact,"
        " '$.aspects[*].aspect') from prod_test_schema.production_incidents"
    )
    assert slower == [(["shop.orders"], "orders.find", True, ["blocks", "plan"])]
    (told,) = webhook.posted
    assert told["text"] == "CRITICAL: orders.find became worse: blocks, plan"
    assert "blocks: reads" in str(told) and "plan: reads all of shop.orders now" in str(told)
    assert "*tables*\nshop.orders" in [field["text"] for field in told["blocks"][2]["fields"]]
    kept = shop.run("perf", "update", "--why", "it is fine")
    assert kept.status == Exit.RED
    assert "The baseline stays as it was." in kept.stdout

    shop.command("create index orders_reference_idx on shop.orders (reference)")
    assert shop.run("perf", "check").status == Exit.OK
    assert json.loads(shop.run("--json", "alerts", "list").stdout)["alerts"] == []
    shown = shop.run("incidents", "show", incident["id"]).stdout
    assert "blocks and plan recovered; nothing is left of it" in shown
    assert f"`pgassay incidents resolve {incident['id'][:8]}` says that it is over" in shown
    assert len(webhook.posted) == 1  # that it recovered is told to whoever wants to be told of everything


def test_a_baseline_is_moved_for_a_reason_and_history_is_kept(shop: Project) -> None:
    assert shop.run("perf", "baseline").status == Exit.OK
    without = shop.run("perf", "update")
    assert without.status == Exit.USAGE
    assert "--why" in without.stderr
    assert shop.run("perf", "update", "--by", "kim", "--why", "new release").status == Exit.OK
    kept = shop.ask(
        "select is_active, established_by = 'kim', reason from performance_monitoring.performance_baselines"
        " order by established_at"
    )
    assert kept == [(False, False, None), (True, True, "new release")]
    flat = shop.ask(
        "select test_name, median_ms > 0, shared_blocks > 0"
        " from performance_monitoring.production_performance_baselines order by 1"
    )
    assert flat == [("orders.count", True, True), ("orders.find", True, True)]


def test_targets_of_one_store_have_baselines_of_their_own(shop: Project) -> None:
    shop.command("create database perf_twin")
    twin = shop.target.with_database("perf_twin")
    try:
        with connect(twin) as connection:
            connection.execute(TABLE)
            connection.execute("drop index shop.orders_reference_idx")
        (shop.folder / "pgassay.toml").write_text(f'{FEW}[store]\nurl = "{shop.target.conninfo}"\n')
        assert shop.run("perf", "baseline").status == Exit.OK
        slow = shop.run("perf", "baseline", target=twin.conninfo)
        assert slow.status == Exit.OK, slow.stderr

        here, there = (
            shop.run("--json", "perf", "check"),
            shop.run("--json", "perf", "check", target=twin.conninfo),
        )
    finally:
        shop.command("drop database perf_twin with (force)")

    for done in (here, there):
        assert done.status == Exit.OK, done.stdout
        assert judged(done)["orders.find"]["plan"] == "OK", done.stdout
    own = shop.ask(
        "select target is null, count(*) from performance_monitoring.performance_baselines where is_active"
        " group by 1 order by 1"
    )
    assert own == [(False, 1), (True, 1)]


def test_without_a_baseline_little_is_judged_and_that_is_said(shop: Project) -> None:
    done = shop.run("perf", "check")
    assert done.status == Exit.OK  # one limit was declared, and holds
    assert "it has no baseline yet" in done.stdout
    assert shop.run("perf", "check", "--strict").status == Exit.RED
    (shop.folder / "workload" / "find.sql").unlink()
    nothing = shop.run("--json", "perf", "check")
    assert nothing.status == Exit.RED
    assert {grade for each in judged(nothing).values() for grade in each.values()} == {"NOT JUDGED"}


def test_a_statement_that_does_not_answer_is_critical_and_no_baseline(shop: Project) -> None:
    (shop.folder / "workload" / "gone.sql").write_text("select * from shop.gone;")
    refused = shop.run("perf", "baseline")
    assert refused.status == Exit.UNAVAILABLE
    assert "shop.gone" in refused.stderr
    done = shop.run("perf", "check")
    assert done.status == Exit.RED
    assert "general.gone does not answer" in done.stdout


def test_nothing_that_a_workload_does_stays(shop: Project) -> None:
    (shop.folder / "workload" / "evil.sql").write_text("delete from shop.orders;")
    done = shop.run("perf", "check")
    assert "read-only transaction" in done.stdout
    assert shop.ask("select count(*) from shop.orders") == [(60000,)]


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("-- sla_ms: soon\n", "sla_ms is 'soon'"),
        ("-- limit: 5\n", "no setting 'limit'"),
        ("-- metric: find\n-- category: orders\n", "are called orders.find"),
        ("-- parameter: x\n", "is no parameter"),
    ],
)
def test_a_workload_that_makes_no_sense_is_said(shop: Project, head: str, said: str) -> None:
    (shop.folder / "workload" / "odd.sql").write_text(head + "select 1;")
    done = shop.run("perf", "check")
    assert done.status == Exit.USAGE
    assert said in done.stderr


def test_a_role_and_a_missing_value(shop: Project) -> None:
    shop.command("create role reader_of_shop; grant usage on schema shop to reader_of_shop")
    try:
        (shop.folder / "workload" / "as.sql").write_text(
            "-- role: reader_of_shop\nselect id from shop.orders;"
        )
        done = shop.run("perf", "check")
        assert "permission denied" in done.stdout
        (shop.folder / "workload" / "as.sql").write_text("select :'x';")
        missing = shop.run("perf", "check")
        assert missing.status == Exit.USAGE
        assert ":'x' has no value" in missing.stderr
    finally:
        shop.command("drop owned by reader_of_shop; drop role reader_of_shop")


def test_no_workload_is_nothing_to_measure(project: Project) -> None:
    with connect(project.target) as connection:
        install(connection)
    (project.folder / "workload").mkdir(parents=True)
    done = project.run("perf", "check")
    assert done.status == Exit.USAGE
    assert "no workload" in done.stderr


DETECT = "select severity from performance_monitoring.detect_performance_regression()"
NORMAL = "from performance_monitoring.production_performance_baselines order by 1"


MEASURED = """
insert into performance_monitoring.test_performance_metrics
    (test_category, test_name, execution_time_ms, sample_count, recorded_at)
select 'orders', 'find', ms, %s, clock_timestamp() - %s::interval + number * interval '1 ms'
from unnest(%s::float[]) with ordinality as t (ms, number)
"""


def measured(shop: Project, *times: float, samples: int | None, ago: str) -> None:
    """Remember times of one statement, the last one as the latest; ``ago`` is an interval."""
    with connect(shop.target) as connection:
        connection.execute(MEASURED, [samples, ago, list(times)])


def test_a_base_is_compared_in_turns(shop: Project, project: Project) -> None:
    """The same database as its own base: whatever the machine does, nothing is slower."""
    done = shop.run("--json", "perf", "check", "--base", shop.target.conninfo)
    found = judged(done)
    assert {each["time"] for each in found.values()} == {"OK"}
    document: dict[str, Any] = json.loads(done.stdout)
    assert any("on the base" in each["sentence"] for each in document["judgements"])


def test_with_psql_only(shop: Project) -> None:
    shop.run("perf", "baseline")
    planned = shop.ask(f"select test_name, plan, sla_ms {NORMAL}")
    assert all(None not in each[:2] for each in planned)
    assert shop.ask("select * from prod_test_schema.establish_production_baselines()") == [("orders", 2)]
    assert shop.ask(f"select test_name, plan, sla_ms {NORMAL}") == planned
    good = judged(shop.run("--json", "perf", "check"))
    assert {each["blocks"] for each in good.values()} == {"OK"}


@pytest.mark.parametrize(
    ("percent", "severity"),
    [
        (5, []),
        (10, []),
        (15, ["INFO"]),
        (20, ["INFO"]),
        (30, ["WARNING"]),
        (50, ["WARNING"]),
        (60, ["CRITICAL"]),
    ],
)
@pytest.mark.parametrize("samples", [15, None])
def test_psql_is_told_what_became_slower_since_the_baseline(
    shop: Project, percent: int, severity: list[str], samples: int | None
) -> None:
    """What was measured before the baseline is what was normal; the latest is what counts."""
    shop.run("store", "install")
    measured(shop, 100, 100, 100, 100, 100, 100, samples=samples, ago="1 hour")
    shop.ask("select * from prod_test_schema.establish_production_baselines()")
    assert shop.ask(DETECT) == []
    slower = 100 + percent
    measured(shop, 100, 100, slower, slower, slower, samples=samples, ago="0")
    assert [each for (each,) in shop.ask(DETECT)] == severity


def test_what_statements_use_is_shown_and_kept(shop: Project) -> None:
    (shop.folder / "workload" / "sort.sql").write_text(
        "-- category: orders\n-- metric: sort\n"
        "select reference from (select reference, row_number() over (order by note, reference desc) as n"
        " from shop.orders) as sorted where n = 1;"
    )
    shop.command(
        "do $$ begin execute format('alter database %I set work_mem = %L', current_database(), '256MB');"
        " end $$"
    )
    shown = shop.run("perf", "baseline", "--by", "kim")
    assert shown.status == Exit.OK, shown.stderr
    head, *_ = shown.stdout.splitlines()
    assert head.split()[-2:] == ["cpu", "memory"]
    (line,) = (each for each in shown.stdout.splitlines() if each.startswith("orders.sort"))
    assert line.endswith(" MB")

    based = shop.ask(
        "select test_name, memory_mb, cpu_ms from performance_monitoring.production_performance_baselines"
    )
    metrics = shop.ask(
        "select test_name, memory_usage_mb, cpu_usage_percent"
        " from performance_monitoring.test_performance_metrics"
    )
    memory: dict[str, Any] = {str(name): value for name, value, _ in based}
    cpu: dict[str, Any] = {str(name): value for name, _, value in based}
    assert set(memory) == {"orders.find", "orders.count", "orders.sort"}
    assert memory["orders.sort"] > memory["orders.find"] + 15  # 60,000 rows of 240 bytes
    assert cpu["orders.sort"] > 5 * cpu["orders.find"] > 0
    assert {str(name): value for name, value, _ in metrics} == memory
    assert all(isinstance(percent, float) and percent > 0 for _, _, percent in metrics)

    document = json.loads(shop.run("--json", "perf", "check").stdout)
    assert all(each["memory_mb"] > 1 and each["cpu_ms"] > 0 for each in document["queries"])
    (orders,) = json.loads(shop.run("--json", "report").stdout)["performance"]
    assert orders["max_memory_mb"] >= memory["orders.sort"]


def test_stopped_at_the_very_end_nothing_is_remembered(shop: Project) -> None:
    for path in (shop.folder / "workload").iterdir():
        path.unlink()
    measuring = (
        "select count(*) > 1 from pg_stat_activity"
        " where application_name = 'pgassay perf' and datname = current_database()"
    )
    (shop.folder / "workload" / "slow.sql").write_text(
        f"select pg_sleep(case when ({measuring}) then 3 else 0.01 end);"
    )
    started = shop.start("perf", "baseline")
    until(lambda: shop.ask(measuring) == [(True,)], what="a session of its own tells what the statement uses")
    started.signal(signal.SIGINT)
    assert started.wait().status == Exit.INTERRUPTED
    assert shop.ask("select count(*) from performance_monitoring.performance_baselines") == [(0,)]


def test_a_run_of_tests_counts_its_statements(shop: Project) -> None:
    shop.write(tests__unit__a=passing("ok(pg_sleep(0.7) is not null, 'slow')", "ok(true, 'quick')"))
    assert shop.test("tests", record=True).status == Exit.OK
    ((statements, slow),) = shop.ask(
        "select query_count, slow_query_count from performance_monitoring.test_performance_metrics"
        " where test_name = 'tests/unit/a.sql'"
    )
    assert (statements, slow) == (6, 1)  # begin, plan, two assertions, finish, rollback
    assert shop.ask(
        "select execution_time_ms > 700 from performance_monitoring.test_performance_metrics"
        " where test_name = 'tests/unit/a.sql'"
    ) == [(True,)]
