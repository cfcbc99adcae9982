"""Ctrl-C, SIGTERM and kill -9: what runs is cancelled, what is known is kept, nothing stays behind."""

import signal
from xml.etree import ElementTree as ET

import pytest

from fix_suite import STUBBORN, Project, not_run, passing, until
from pgassay.model.exits import Exit
from pgassay.pg.clock import pause

SLEEPS = "begin;\nselect plan(2);\nselect pass('before');\nselect pg_sleep(300);\nselect pass('after');\n"
BY_PSQL = SLEEPS.replace("select pg_sleep", "\\! true\nselect pg_sleep")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_ends_the_run_in_order(project: Project, number: signal.Signals) -> None:
    project.write(a_passes=passing(), b_sleeps=SLEEPS, c_never=passing(), d_never=passing())
    started = project.start("test", ".", "--format", "junit:r.xml", "--format", "tap:r.tap")
    until(lambda: project.running("pg_sleep(300)"), what="the file sleeps")
    started.signal(number)

    done = started.wait()

    assert done.status == Exit.INTERRUPTED
    assert done.end.interrupted
    assert done.outcomes["a_passes.sql"] == "passed"
    assert not_run(done) == ["b_sleeps.sql", "c_never.sql", "d_never.sql"]
    assert project.sessions_end()
    suites = {each.get("name"): each for each in ET.parse(project.folder / "r.xml").getroot()}
    assert len(suites) == 4
    assert suites["c_never.sql"].get("errors") == "1"
    assert (project.folder / "r.tap").read_text()
    assert project.ask("select status, interrupted from prod_test_schema.test_runs") == [("finished", True)]
    assert project.ask(
        "select tests_failed, end_time is null from prod_test_schema.prod_test_execution_log"
    ) == [(-1, False)]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_psql_is_stopped_too_and_clones_are_dropped(project: Project, jobs: str) -> None:
    project.write(a_psql=BY_PSQL, b_sleeps=SLEEPS, c_never=passing())
    started = project.start("test", ".", "--isolation", "clone", "-j", jobs, "--no-store")
    until(lambda: project.running("pg_sleep(300)"), what="a file sleeps")
    assert project.clones()
    started.signal(signal.SIGINT)

    done = started.wait()

    assert done.status == Exit.INTERRUPTED
    assert done.outcomes == dict.fromkeys(["a_psql.sql", "b_sleeps.sql", "c_never.sql"], "not run"), (
        done.stdout
    )
    assert project.sessions_end()
    assert project.clones() == []


def test_the_second_signal_does_not_wait_for_a_file_that_will_not_stop(project: Project) -> None:
    project.write(a=STUBBORN, b=passing())
    started = project.start("test", ".", "--no-store")
    until(lambda: project.running("query_canceled"), what="the file runs")
    started.signal(signal.SIGINT)
    pause(0.5)
    started.signal(signal.SIGINT)

    done = started.wait()

    assert done.status == Exit.INTERRUPTED
    assert project.sessions_end()


def test_after_a_kill_the_next_run_finds_nothing_of_the_old_one(project: Project) -> None:
    project.write(a_sleeps=SLEEPS, b_psql=BY_PSQL)
    started = project.start("test", ".", "--isolation", "clone", "-j", "2")
    until(lambda: len([s for s in project.sessions() if "pg_sleep(300)" in str(s)]) == 2, what="both sleep")
    old = set(project.clones())
    assert old
    started.kill()
    assert project.store_is_left()
    project.write(a_sleeps=passing(), b_psql=passing())

    done = project.test(".", "--isolation", "clone", record=True)

    assert done.status == Exit.OK
    assert project.clones() == []
    assert project.sessions_end()
    assert project.ask("select status from prod_test_schema.test_runs order by started_at") == [
        ("interrupted",),
        ("finished",),
    ]


def test_after_a_kill_the_server_soon_stops_what_ran_on_the_target_itself(project: Project) -> None:
    project.write(a_sleeps=SLEEPS)
    started = project.start("test", ".", "--no-store")
    until(lambda: project.running("pg_sleep(300)"), what="the file sleeps")
    started.kill()

    assert project.sessions_end()

    assert project.test(".", "--list").status == Exit.OK
