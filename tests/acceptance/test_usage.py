"""Memory and CPU time in what is remembered of a run, however it is run."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from fix_production import Live
from fix_suite import Project, passing
from pgassay.model.exits import Exit
from pgassay.pg.connection import connect
from pgassay.store.schema import install

WAIT = "select pg_sleep(0.15); select pg_sleep(0.15);"
"""A safe run lets nobody sleep for longer at once."""
SORT = (
    "set local work_mem = '256MB';"
    " declare sorted cursor for select n from generate_series(1, 300000) as n order by n desc;"
    " fetch 1 from sorted; select pg_sleep(0.15); select pg_sleep(0.15);"
)
BURN = (
    "create temporary table burnt as select count(*) from generate_series(1, 2000000) as n where n % 7 = 3;"
)
METRICS = (
    "select test_name, memory_usage_mb, cpu_usage_percent, execution_time_ms"
    " from performance_monitoring.test_performance_metrics where test_name not like '%#%' order by test_name"
)
RESULTS = "select path, memory_mb, cpu_percent, cpu_ms from prod_test_schema.test_file_results order by path"


def files(project: Project) -> None:
    """Write a file that waits, one that sorts, one that computes and one that is done at once."""
    project.write(
        tests__unit__burn=passing(body=BURN),
        tests__unit__quick=passing(),
        tests__unit__sort=passing(body=SORT),
        tests__unit__wait=passing(body=WAIT),
    )


@pytest.mark.parametrize("words", [(), ("--isolation", "clone", "-j", "4")])
def test_what_files_use_is_in_the_metrics(project: Project, words: tuple[str, ...]) -> None:
    files(project)

    done = project.test("tests", *words, record=True)

    assert done.status == Exit.OK, done.stdout
    metrics: dict[str, Any] = {str(name)[11:-4]: rest for name, *rest in project.ask(METRICS)}
    assert set(metrics) == {"burn", "quick", "sort", "wait"}
    assert metrics["sort"][0] > metrics["wait"][0] + 15
    assert 0.5 < metrics["wait"][0] < 20
    assert all(cpu is not None and cpu >= 0 for _, cpu, _ in metrics.values())
    spent = {name: cpu * time for name, (_, cpu, time) in metrics.items()}
    assert spent["burn"] > 3 * spent["wait"]
    assert [row[:3] for row in project.ask(RESULTS)] == [row[:3] for row in project.ask(METRICS)]


def test_the_report_and_the_replay_have_it(project: Project) -> None:
    files(project)
    first = project.test("tests", record=True)
    place = project.folder / "again.jsonl"
    assert project.run("replay", "last", "--format", f"jsonl:{place}").status == Exit.OK

    again = [json.loads(line) for line in place.read_text().splitlines()]
    usage = {each["result"]["file"]["path"]: each["result"]["usage"] for each in again if "result" in each}
    assert {path: result.usage.memory_mb for path, result in first.results.items()} == {
        path: each["memory_mb"] for path, each in usage.items()
    }
    assert {path: result.usage.cpu_ms for path, result in first.results.items()} == {
        path: each["cpu_ms"] for path, each in usage.items()
    }
    (unit,) = json.loads(project.run("--json", "report").stdout)["performance"]
    rows: list[Any] = project.ask(METRICS)
    held = [row[1] for row in rows if row[1] is not None]
    assert unit["max_memory_mb"] == max(held)
    assert unit["average_memory_mb"] == pytest.approx(sum(held) / len(held))
    assert unit["max_cpu_percent"] == max(row[2] for row in rows)
    assert unit["average_cpu_percent"] == pytest.approx(sum(row[2] for row in rows) / len(rows))


@pytest.fixture
def weak(project: Project) -> Iterator[Project]:
    """The same project as a role who may run tests, record them, and nothing else."""
    project.command(
        "create role usage_weak login; grant usage on schema pgtap to usage_weak;"
        " do $$ begin execute format('grant create, temporary on database %I to usage_weak',"
        " current_database()); end $$"
    )
    target = project.target.changed({"user": "usage_weak"})
    yield Project(folder=project.folder, target=target)
    project.command("drop schema if exists prod_test_schema, performance_monitoring cascade")
    project.command("drop owned by usage_weak; drop role usage_weak")


def test_a_role_that_may_not_see_memory_gets_none_and_the_same_results(
    project: Project, weak: Project
) -> None:
    files(project)
    expected = project.test("tests")

    done = weak.test("tests", record=True)

    assert done.status == expected.status == Exit.OK, done.stderr
    assert "permission" not in done.stderr
    assert {name: (each.outcome, each.output) for name, each in done.results.items()} == {
        name: (each.outcome, each.output) for name, each in expected.results.items()
    }
    assert {row[1] for row in weak.ask(METRICS)} == {None}
    assert all(row[2] is not None for row in weak.ask(METRICS))


@pytest.mark.parametrize("tier", ["rollback", "read-only"])
def test_a_safe_run_measures_and_leaves_nothing(live: Live, tier: str) -> None:
    with connect(live.project.target) as connection:
        install(connection)
    waits = passing("is(current_user, 'postgres'::name)", body=WAIT)
    live.project.write(a=passing(body=SORT), b=waits, c=passing())
    before = live.dump()

    done = live.safely(tier=tier, record=True)

    assert done.status == Exit.OK, done.stdout
    sort, wait, quick = live.project.ask(METRICS)
    assert isinstance(sort[1], float)
    assert isinstance(wait[1], float)
    assert sort[1] > wait[1] + 15
    assert all(isinstance(each[2], float) for each in (sort, wait, quick))
    assert live.dump() == before
    assert live.nothing_left()


def test_a_usual_run_leaves_nothing_of_it_either(live: Live) -> None:
    with connect(live.project.target) as connection:
        install(connection)
    live.project.write(a=passing(body=SORT), b=passing(body=BURN))
    before, others = live.dump(), live.project.ask("select name, setting from pg_settings order by name")

    assert live.project.test(".", record=True).status == Exit.OK

    assert len(live.project.ask(METRICS)) == 2
    assert live.dump() == before
    assert live.project.ask("select name, setting from pg_settings order by name") == others
    assert live.nothing_left()


def test_a_safe_run_as_another_role_comes_back_to_it(live: Live) -> None:
    live.project.command("create role usage_guest; grant usage on schema pgtap, public to usage_guest")
    live.settings('role = "usage_guest"')
    try:
        with connect(live.project.target) as connection:
            install(connection)
        body = f"begin; {WAIT} rollback;"
        whoever = "is(current_user, 'usage_guest'::name)"
        live.project.put("a.sql", f"select plan(2);\n{body}\nselect {whoever};\n{body}\nselect {whoever};\n")
        done = live.safely(record=True)
        assert done.status == Exit.OK, done.stdout
        ((_, memory_mb, cpu, _),) = live.project.ask(METRICS)
        assert isinstance(memory_mb, float)
        assert isinstance(cpu, float)
    finally:
        live.project.command("drop owned by usage_guest; drop role usage_guest")
