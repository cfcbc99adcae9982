"""Files and runs that take too long, and connections that break: the run goes on, and says what happened."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fix_suite import STUBBORN, Project, failing, passing, until, within
from pgassay.model.execution import Engine
from pgassay.model.exits import Exit
from pgassay.model.suite import Outcome, Trouble
from pgassay.pg import embedded, pgtap
from pgassay.pg.connection import connect

SLEEPS = passing("pass('before')", "pass('slept')").replace(
    "select pass('slept')", "select pg_sleep(300) \\g /dev/null\nselect pass('slept')"
)
SPINS = "begin;\nselect plan(1);\nselect pass('before');\ndo $$ begin loop end loop; end $$;\n"
BY_PSQL = "begin;\nselect plan(1);\nselect pass('before');\n\\! true\nselect pg_sleep(300);\n"


def test_a_file_that_takes_too_long_is_cancelled_and_the_run_goes_on(project: Project) -> None:
    project.write(a_sleeps=SLEEPS, b_spins=SPINS, c_psql=BY_PSQL, d_passes=within("60s", passing()))

    done = project.test(".", "--timeout", "3s")

    assert done.status == Exit.OUT_OF_TIME
    assert done.outcomes == {
        "a_sleeps.sql": "timed out",
        "b_spins.sql": "timed out",
        "c_psql.sql": "timed out",
        "d_passes.sql": "passed",
    }
    assert done.results["c_psql.sql"].engine is Engine.PSQL
    for path in ("a_sleeps.sql", "b_spins.sql", "c_psql.sql"):
        assert [each.description for each in done.results[path].assertions] == ["before"]
        assert "did not end within 3 s" in done.complaint(path)
    assert "a_sleeps.sql:4:" in done.complaint("a_sleeps.sql")
    assert "b_spins.sql:4:" in done.complaint("b_spins.sql")
    assert project.sessions_end()


def test_the_statement_is_cancelled_on_the_server_before_the_next_file_starts(project: Project) -> None:
    looks = within(
        "60s",
        passing(
            "is((select count(*)::int from pg_stat_activity where query ~ 'pg_sleep\\(300'"
            " and state = 'active' and pid <> pg_backend_pid()), 0)",
            "pass(pg_backend_pid()::text)",
        ),
    )
    project.write(
        a_says=within("60s", passing("pass(pg_backend_pid()::text)")),
        b_sleeps=SLEEPS,
        c_looks=looks,
        d_psql=BY_PSQL,
        e_looks=looks,
        f_sleeps=passing(body="select pg_sleep(300);"),
        g_looks=looks,
    )

    done = project.test(".", "--timeout", "1s")

    assert done.status == Exit.OUT_OF_TIME
    assert done.outcomes["c_looks.sql"] == done.outcomes["e_looks.sql"] == "passed"
    said = [
        done.results[f"{name}.sql"].assertions[-1] for name in ("a_says", "c_looks", "e_looks", "g_looks")
    ]
    assert len({each.description for each in said}) == 1  # the session is good for use


def test_a_file_that_ignores_its_cancellation_does_not_stop_the_run(project: Project) -> None:
    project.write(a_stubborn=STUBBORN, b_passes=within("60s", passing()))

    done = project.test(".", "--timeout", "1s")

    assert done.outcomes == {"a_stubborn.sql": "timed out", "b_passes.sql": "passed"}
    assert project.sessions_end()


def test_the_timeout_of_a_head_comment_holds_for_its_file_alone(project: Project) -> None:
    project.write(
        a_short=within("200ms", SLEEPS.replace("300", "1")),
        b_plain=passing("pass('slept')", body="select pg_sleep(0.5) \\g /dev/null"),
    )

    done = project.test(".")

    assert done.outcomes == {"a_short.sql": "timed out", "b_plain.sql": "passed"}


def test_a_failure_outweighs_a_timeout(project: Project) -> None:
    project.write(a_fails=failing(), b_sleeps=within("500ms", SLEEPS))

    done = project.test(".")

    assert done.outcomes == {"a_fails.sql": "failed", "b_sleeps.sql": "timed out"}
    assert done.status == Exit.RED


def test_a_run_that_takes_too_long_is_cut_short(project: Project) -> None:
    project.write(a_passes=passing(), b_sleeps=SLEEPS, c_never=passing())

    done = project.test(".", "--run-timeout", "5s")

    assert done.status == Exit.OUT_OF_TIME
    assert done.end.out_of_time
    assert done.outcomes == {"a_passes.sql": "passed", "b_sleeps.sql": "not run", "c_never.sql": "not run"}
    assert project.sessions_end()


def test_a_run_that_takes_too_long_also_stops_psql(project: Project) -> None:
    project.write(a_psql=BY_PSQL, b_never=passing())

    done = project.test(".", "--run-timeout", "2s", "--engine", "psql")

    assert done.status == Exit.OUT_OF_TIME
    assert done.outcomes == {"a_psql.sql": "not run", "b_never.sql": "not run"}
    assert project.sessions_end()


TERMINATED = (
    "begin;\nselect plan(2);\nselect pass('before');\nselect pg_terminate_backend(pg_backend_pid());\n"
    "select pass('never');\n"
)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_lost_connection_ends_its_file_only(project: Project, jobs: str) -> None:
    project.write(
        a_lost=TERMINATED,
        b_passes=passing(),
        c_lost=TERMINATED.replace("begin;\n", ""),
        d_lost="\\set ON_ERROR_STOP off\n" + TERMINATED,
        e_passes=passing(),
    )

    done = project.test(".", "-j", jobs)

    assert done.status == Exit.RED
    assert done.outcomes["b_passes.sql"] == done.outcomes["e_passes.sql"] == "passed"
    for path in ("a_lost.sql", "c_lost.sql", "d_lost.sql"):
        assert done.results[path].outcome is Outcome.FAILED
        assert done.troubles(path)[0] is Trouble.LOST_CONNECTION
        assert "terminating connection due to administrator command" in done.complaint(path)
        assert [each.description for each in done.results[path].assertions] == ["before"]


def test_a_session_killed_between_two_statements_is_told_as_lost(project: Project) -> None:
    project.write(a_waits=passing("pass('before')", body="select pg_sleep(300);"), b_passes=passing())
    started = project.start("test", ".", "--no-store")
    until(lambda: project.running("pg_sleep(300)"), what="the file sleeps")
    project.command("select pg_terminate_backend(pid) from pg_stat_activity where query ~ '^select pg_sleep'")

    done = started.wait()

    assert done.outcomes == {"a_waits.sql": "failed", "b_passes.sql": "passed"}
    assert done.troubles("a_waits.sql")[0] is Trouble.LOST_CONNECTION
    assert done.complaint("a_waits.sql").startswith("a_waits.sql:3: FATAL: terminating connection")


@pytest.fixture
def fragile(tmp_path: Path) -> Iterator[Project]:
    """A project on a server of its own, which may be harmed."""
    with embedded.start() as server:
        with connect(server.target) as connection:
            pgtap.ensure(connection, schema="pgtap")
        yield Project(folder=tmp_path / "project", target=server.target)


def test_a_crash_of_the_server_ends_what_ran_and_the_run_goes_on(fragile: Project) -> None:
    crashes = "begin;\nselect plan(1);\nselect pass('before');\ncopy (select 1) to program 'kill -9 $PPID';\n"
    fragile.write(
        a_waits=passing("pass('before')", body="select pg_sleep(300);"),
        b_crashes=crashes,
        c_passes=passing(),
        d_passes=passing(),
    )

    done = fragile.test(".", "-j", "2")

    assert done.status == Exit.RED
    red = [path for path, outcome in done.outcomes.items() if outcome == "failed"]
    # The server may accept one more session before it notices; that one is lost as well.
    assert {"a_waits.sql", "b_crashes.sql"} <= set(red) <= {"a_waits.sql", "b_crashes.sql", "c_passes.sql"}
    assert done.outcomes["d_passes.sql"] == "passed"
    for path in red:
        assert done.troubles(path)[0] is Trouble.LOST_CONNECTION
    assert "b_crashes.sql:4:" in done.complaint("b_crashes.sql")
