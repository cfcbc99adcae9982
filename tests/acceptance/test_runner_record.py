"""What is remembered of a run: the execution log, its replay, its summary, and no password anywhere."""

import json
import signal
from decimal import Decimal

import pytest

from fix_server import fresh_database
from fix_suite import Project, committing, failing, name_of, passing, until, within
from pgassay.model.exits import Exit
from pgassay.pg.cluster import Server

LOG = "prod_test_schema.prod_test_execution_log"
SLEEPS = passing(body="select pg_sleep(300);")


def test_each_category_of_a_run_is_one_row(project: Project) -> None:
    project.write(
        tests__unit__a=passing("pass('a')", "pass('b')"),
        tests__unit__b=failing(),
        tests__security__a=passing(),
        tests__performance__a=within("1s", SLEEPS),
    )

    done = project.test("tests", record=True)

    assert done.status == Exit.RED
    assert project.ask(
        "select test_suite, test_category, tests_planned, tests_passed, tests_failed, success_rate, status,"  # noqa: S608
        " end_time > start_time, duration = end_time - start_time, created_by"
        f" from {LOG} order by test_category"
    ) == [
        ("pgassay test", "performance", 1, 0, -1, None, "timed out", True, True, "postgres"),
        ("pgassay test", "security", 1, 1, 0, Decimal("100.00"), "complete", True, True, "postgres"),
        ("pgassay test", "unit", 3, 2, 1, Decimal("66.67"), "complete", True, True, "postgres"),
    ]
    ((metrics, environment),) = project.ask(
        f"select performance_metrics, environment_info from {LOG} where test_category = 'unit'"  # noqa: S608
    )
    assert isinstance(metrics, dict)
    assert isinstance(environment, dict)
    assert metrics["files"] == {"passed": 1, "failed": 1}
    assert environment["database"] == name_of(project.target)
    assert environment["server_version"].startswith("18")


def test_a_run_that_failed_to_start_is_a_row_too(project: Project) -> None:
    project.write(tests__unit__a=passing(), tests__security__a=passing())
    project.command("drop schema pgtap cascade")

    done = project.test("tests", "--pgtap", "extension", record=True)

    assert done.status == Exit.UNAVAILABLE
    assert project.ask(
        f"select test_category, tests_passed, tests_failed, end_time is not null from {LOG} order by 1"  # noqa: S608
    ) == [("security", 0, -1, True), ("unit", 0, -1, True)]


def test_a_row_is_there_while_the_run_goes_on(project: Project) -> None:
    project.write(a=SLEEPS)
    started = project.start("test", ".")
    try:
        until(lambda: project.running("pg_sleep(300)"), what="the file sleeps")
        running = f"select test_category, status, end_time from {LOG}"  # noqa: S608 - a constant
        until(lambda: project.ask(running) != [], what="a thread of its own has written it")
        rows = project.ask(running)
    finally:
        started.signal(signal.SIGINT)
        started.wait()

    assert rows == [("general", "running", None)]


def test_a_run_that_was_killed_is_marked_by_the_next_one(project: Project) -> None:
    project.write(tests__unit__a=passing(), tests__unit__b=SLEEPS, tests__security__c=passing())
    started = project.start("test", "tests")
    until(lambda: project.running("pg_sleep(300)"), what="the file sleeps")
    until(lambda: len(results(project)) == 1, what="the first result is written")
    started.kill()
    project.command("select pg_terminate_backend(pid) from pg_stat_activity where query ~ 'pg_sleep.300.;'"
                    " and pid <> pg_backend_pid()")  # fmt: skip

    assert project.store_is_left()
    project.test("tests/security", record=True)

    rows = project.ask(
        f"select test_category, tests_passed, tests_failed, status, end_time is not null from {LOG}"  # noqa: S608
        " order by run_id in (select id from prod_test_schema.test_runs where status = 'finished'), 1"
    )
    assert rows == [
        ("security", 0, -1, "interrupted", True),
        ("unit", 1, -1, "interrupted", True),
        ("security", 1, 0, "complete", True),
    ]
    assert project.ask("select status from prod_test_schema.test_runs order by started_at") == [
        ("interrupted",),
        ("finished",),
    ]


def results(project: Project) -> list[tuple[object, ...]]:
    """The file results that are stored so far."""
    return project.ask("select path from prod_test_schema.test_file_results")


def test_a_replay_is_the_run_as_it_was(project: Project) -> None:
    project.command("create sequence tries")
    project.write(
        tests__unit__a=passing("pass('a')", "is(1, 2, 'b <&> \u2713')"),
        tests__unit__dies="begin;\nselect plan(1);\nselect 1/0;\n",
        tests__unit__slow=within("1s", SLEEPS),
        tests__unit__flaky=passing("cmp_ok(nextval('tries')::int, '>', 1, 'at the second try')"),
        tests__unit__commits=committing(),
    )
    live = project.test(
        *("tests", "--retries", "1"),
        *("--format", "junit:live.xml", "--format", "tap:live.tap", "--format", "html:live.html"),
        record=True,
    )

    again = project.run(
        "replay",
        "last",
        "--format",
        "junit:again.xml",
        "--format",
        "tap:again.tap",
        "--format",
        "html:again.html",
    )

    assert again.status == live.status == Exit.RED
    for name in ("xml", "tap", "html"):
        assert (project.folder / f"again.{name}").read_text() == (project.folder / f"live.{name}").read_text()
    assert again.stdout == live.stdout
    assert project.run("replay", "last-5").status == Exit.USAGE
    assert project.run("replay", "nonsense").status == Exit.USAGE


def test_the_summary_is_by_category(project: Project) -> None:
    project.write(tests__unit__a=passing("pass('a')", "is(1, 2)"), tests__security__b=passing())
    project.test("tests", record=True)
    project.test("tests", record=True)

    table = project.run("report")
    document = json.loads(project.run("report", "--json").stdout)

    assert table.status == Exit.OK
    assert "security" in table.stdout
    assert [
        (each["category"], each["executions"], each["success_rate"]) for each in document["categories"]
    ] == [
        ("unit", 2, 50.0),
        ("security", 2, 100.0),
    ]


def test_without_a_store_there_is_nothing_to_look_back_at(project: Project) -> None:
    for command in (["report"], ["replay", "last"]):
        done = project.run(*command)
        assert done.status == Exit.UNAVAILABLE
        assert "store" in done.stderr


def test_a_store_elsewhere_leaves_the_target_alone(project: Project, server18: Server) -> None:
    project.write(a=passing())
    with fresh_database(server18) as store:
        project.put("pgassay.toml", f'[store]\nurl = "{store.conninfo}"\n')
        done = project.test(".", record=True)
        there = Project(folder=project.folder, target=store).ask(f"select count(*) from {LOG}")  # noqa: S608

    assert done.status == Exit.OK
    assert there == [(1,)]
    assert project.ask("select to_regnamespace('prod_test_schema')") == [(None,)]


def test_a_store_that_cannot_be_reached_changes_no_verdict(project: Project) -> None:
    project.write(a=passing(), b=failing())
    project.put("pgassay.toml", '[store]\nurl = "host=/nowhere dbname=x password=s3cr3t"\n')

    done = project.test(".", record=True)

    assert done.status == Exit.RED
    assert done.outcomes == {"a.sql": "passed", "b.sql": "failed"}
    assert "This run is not recorded" in done.stderr
    assert "s3cr3t" not in done.stderr


SECRET = "Pa55-w0rd"
SHOWS = """begin;
select plan(1);
\\! tr '\\0' ' ' < /proc/$PPID/cmdline; echo
select pass('shown');
select pg_terminate_backend(pg_backend_pid());
"""


@pytest.mark.parametrize("form", ["url", "conninfo"])
def test_no_password_is_shown_stored_or_passed_on(project: Project, form: str) -> None:
    project.write(
        a=SHOWS, b=passing(), c="begin;\nselect plan(1);\nselect pg_terminate_backend(pg_backend_pid());\n"
    )
    known = dict(word.split("=", 1) for word in project.target.conninfo.split())
    target = f"{project.target.conninfo} password={SECRET}"
    if form == "url":
        target = f"postgresql://{known['user']}:{SECRET}@/{known['dbname']}?host={known['host']}&port={known['port']}"
    reports = ("tap", "junit", "jsonl", "github", "html", "archive")

    done = project.test(
        ".",
        *(word for name in reports for word in ("--format", f"{name}:r/{name}")),
        "-v",
        record=True,
        target=target,
    )
    other = project.run("config", "--explain", target=target)

    assert "--no-psqlrc" in "\n".join(done.results["a.sql"].output)
    assert SECRET not in done.stdout + done.stderr + other.stdout + done.record.read_text()
    for report in (project.folder / "r").iterdir():
        assert SECRET.encode() not in report.read_bytes()
    tables = ("test_runs", "test_file_results", "test_results", "prod_test_execution_log")
    for table in tables:
        stored = project.ask(f"select t::text from prod_test_schema.{table} as t")  # noqa: S608
        assert stored
        assert SECRET not in str(stored)


def test_the_last_day_has_times_by_category_and_the_store_goes_through_a_file(project: Project) -> None:
    project.write(tests__unit__a=passing("ok(true, 'a')"), tests__security__b=passing("ok(true, 'b')"))
    assert project.test("tests", record=True).status == Exit.OK
    (unit,) = [
        each
        for each in json.loads(project.run("--json", "report").stdout)["performance"]
        if each["category"] == "unit"
    ]
    assert unit["count"] == 1
    assert 0 < unit["min_ms"] == unit["average_ms"] == unit["p95_ms"] == unit["max_ms"]

    assert project.run("store", "backup", "store.zip").status == Exit.OK
    again = project.run("store", "backup", "store.zip")
    assert again.status == Exit.USAGE
    project.command("drop schema prod_test_schema, performance_monitoring cascade")
    restored = project.run("store", "restore", "store.zip")
    assert restored.status == Exit.OK, restored.stderr
    assert "prod_test_schema.test_runs" in restored.stdout
    assert len(json.loads(project.run("--json", "report").stdout)["performance"]) == 2
    refused = project.run("store", "restore", "pgassay.toml")
    assert refused.status == Exit.USAGE
    assert "cannot be read" in refused.stderr
