"""``pytest tests/db``: pgTAP files are items, with a subtest for each assertion, in a pytest of its own."""

import re

import pytest

from fix_suite import Project, failing, passing

TODO = """begin;
select plan(2);
select * from todo('later', 1);
select fail('not yet');
select pass('done');
select * from finish();
rollback;
"""
SKIPPED = """begin;
select plan(1);
select * from skip('not on this server', 1);
select * from finish();
rollback;
"""
FILES = {
    "passes": passing("pass('one')", "pass('two')"),
    "fails": passing("is(1, 2, 'the numbers')", "pass('after it')"),
    "dies": "begin;\nselect plan(2);\nselect pass('before');\nselect 1/0;\n",
    "todo": TODO,
    "skipped": SKIPPED,
    "whole": "-- skips itself; calls no plan()\n\\echo '1..0 # SKIP not here'\n",
}
HELPERS = {
    "_support": passing(),
    "schema": "create table t (a int);\n",
    "views": "create view v as select 1;\n",
}


@pytest.fixture
def suite(pytester: pytest.Pytester, project: Project) -> pytest.Pytester:
    """A folder with files of every kind, and the target in the settings."""
    folder = pytester.mkdir("db")
    for name, text in (FILES | HELPERS).items():
        (folder / f"{name}.sql").write_text(text)
    (pytester.path / "pgassay.toml").write_text(
        f'[targets.default]\nurl = "{project.target.conninfo}"\n[store]\nenabled = false\n'
    )
    return pytester


def lines(done: pytest.RunResult) -> str:
    """All that pytest printed."""
    return "\n".join((*done.outlines, *done.errlines))


def test_only_tests_are_collected(suite: pytest.Pytester) -> None:
    done = suite.runpytest_subprocess("--collect-only", "-q", "db", "-p", "no:randomly")

    collected = [line for line in done.outlines if "::" in line]
    assert collected == [
        f"db/{name}.sql::pgtap" for name in ("dies", "fails", "passes", "skipped", "todo", "whole")
    ]


def test_each_assertion_is_a_subtest(suite: pytest.Pytester) -> None:
    done = suite.runpytest_subprocess("db", "-v", "-p", "no:randomly")

    said = lines(done)
    assert done.ret == pytest.ExitCode.TESTS_FAILED
    verdicts = [line.partition(" [ ")[0].strip() for line in done.outlines if "::pgtap " in line]
    assert [re.sub(r"\s+\[\s*\d+%\]$", "", line) for line in verdicts if line.startswith("db/")] == [
        "db/dies.sql::pgtap SUBPASSED[1 before]",
        "db/dies.sql::pgtap FAILED",
        "db/fails.sql::pgtap SUBFAILED[1 the numbers]",
        "db/fails.sql::pgtap SUBPASSED[2 after it]",
        "db/fails.sql::pgtap FAILED",
        "db/passes.sql::pgtap SUBPASSED[1 one]",
        "db/passes.sql::pgtap SUBPASSED[2 two]",
        "db/passes.sql::pgtap PASSED",
        "db/skipped.sql::pgtap SUBSKIPPED[1] (not on this server)",
        "db/skipped.sql::pgtap PASSED",
        "db/todo.sql::pgtap SUBXFAIL[1 not yet] (later)",
        "db/todo.sql::pgtap SUBPASSED[2 done]",
        "db/todo.sql::pgtap PASSED",
        "db/whole.sql::pgtap SKIPPED (not here)",
    ]
    assert "db/fails.sql:3: the numbers" in said
    assert "have: 1" in said
    assert "db/dies.sql:4: ERROR: division by zero" in said
    assert "Traceback" not in said


def test_the_target_may_be_an_option(suite: pytest.Pytester, project: Project) -> None:
    (suite.path / "pgassay.toml").write_text("[store]\nenabled = false\n")

    done = suite.runpytest_subprocess("db/passes.sql", f"--pgassay-target={project.target.conninfo}")

    assert done.ret == pytest.ExitCode.OK


def test_the_target_may_be_a_fixture(suite: pytest.Pytester, project: Project) -> None:
    (suite.path / "pgassay.toml").unlink()
    suite.makeconftest(
        "import pytest\n@pytest.fixture(scope='session')\n"
        f"def pgassay_target():\n    return {project.target.conninfo!r}\n"
    )

    assert suite.runpytest_subprocess("db/passes.sql").ret == pytest.ExitCode.OK


def test_a_server_that_cannot_be_reached_is_one_sentence(suite: pytest.Pytester) -> None:
    done = suite.runpytest_subprocess(
        "db/passes.sql", "--pgassay-target=host=/nowhere dbname=x password=s3cr3t"
    )

    said = lines(done)
    assert done.ret == pytest.ExitCode.TESTS_FAILED
    assert "Cannot connect to" in said
    assert "psycopg" not in said
    assert "s3cr3t" not in said.replace("--pgassay-target=host=/nowhere dbname=x password=s3cr3t", "")


def test_settings_that_make_no_sense_are_one_sentence(suite: pytest.Pytester) -> None:
    (suite.path / "pgassay.toml").write_text("[suite]\njbos = 2\n")

    said = lines(suite.runpytest_subprocess("db/passes.sql"))

    assert "jobs" in said
    assert "pgassay/config" not in said


def test_files_do_not_see_each_other(suite: pytest.Pytester) -> None:
    (suite.path / "db" / "a_leaves.sql").write_text(
        "begin;\nselect plan(1);\nselect pass('open');\nset work_mem = '99MB';\n"
    )
    (suite.path / "db" / "b_looks.sql").write_text(passing("isnt(current_setting('work_mem'), '99MB')"))

    done = suite.runpytest_subprocess("db/a_leaves.sql", "db/b_looks.sql", "-p", "no:randomly")

    assert done.ret == pytest.ExitCode.OK


def test_python_tests_stand_beside_them(suite: pytest.Pytester) -> None:
    suite.makepyfile("def test_arithmetic():\n    assert 1 + 1 == 2\n")
    (suite.path / "db" / "fails.sql").write_text(failing())

    done = suite.runpytest_subprocess(".", "-k", "arithmetic or passes")

    assert done.parseoutcomes()["passed"] >= 2
    assert done.ret == pytest.ExitCode.OK
