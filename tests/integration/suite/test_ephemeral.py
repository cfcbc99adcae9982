"""``pgtap = "ephemeral"``: files run inside our transaction; afterwards the database has no trace of them."""

import signal

import pytest

from fix_server import fresh_database
from fix_suite import Project, committing, passing, until, within
from pgassay.model.exits import Exit
from pgassay.model.suite import Trouble
from pgassay.pg.cluster import Server
from pgassay.pg.target import Target

CATALOGS = (
    *("pg_class", "pg_proc", "pg_namespace", "pg_type", "pg_extension", "pg_constraint", "pg_trigger"),
    *("pg_roles", "pg_db_role_setting", "pg_description", "pg_cast", "pg_operator", "pg_database"),
)
FILES = {
    "a_plain.sql": passing(
        "pass('a')", body="create table made (a int); insert into ledger values ('plain');"
    ),
    "b_autocommit.sql": "create table made (a int);\ninsert into ledger values ('autocommit');\n"
    "select plan(1);\nselect is((select count(*)::int from ledger), 2, 'it sees its own work');\n"
    "select * from finish();\n",
    "c_commits.sql": committing(
        "is((select count(*)::int from ledger), 2, 'and no work of others')",
        body="insert into ledger values ('committed'); create role passing_by;",
    ),
    "d_dies.sql": "begin;\nselect plan(1);\ncreate table made (a int);\nselect 1/0;\n",
    "e_goes_on.sql": "\\set ON_ERROR_STOP off\n" + passing("pass('still here')", body="select 1/0;"),
    "f_sleeps.sql": "begin;\nselect plan(1);\ncreate table made (a int);\nselect pg_sleep(300);\n",
    "g_leaves.sql": "create table made (a int);\n\\c -\nselect plan(1);\nselect pass('in another session');\n"
    "create table made (a int);\nselect * from finish();\n",
    "i_psql.sql": passing(body="\\d ledger"),
    "j_passes.sql": passing("is(to_regclass('made'), null)", "is((select count(*)::int from ledger), 1)"),
}


@pytest.fixture
def bare(server18: Server, tmp_path_factory: pytest.TempPathFactory) -> "Project":
    """A project whose database has no pgTAP."""
    return Project(folder=tmp_path_factory.mktemp("bare") / "project", target=server18.target)


def contents(project: Project) -> dict[str, list[tuple[object, ...]]]:
    """Everything that the catalogs of a database hold, and its one table."""
    found = {
        name: project.ask("select md5(t::text) from pg_catalog.NAME as t order by 1".replace("NAME", name))
        for name in CATALOGS
    }
    return {**found, "ledger": project.ask("select entry from ledger")}


def on(target: Target, project: Project) -> Project:
    """The same folder over another database."""
    return Project(folder=project.folder, target=target)


def test_the_database_is_as_it_was(bare: Project, server18: Server) -> None:
    with fresh_database(server18) as target:
        project = on(target, bare)
        project.command("create table ledger (entry text); insert into ledger values ('old')")
        for path, text in FILES.items():
            project.put(path, within("2s", text) if path == "f_sleeps.sql" else text)
        before = contents(project)

        done = project.test(".", "--pgtap", "ephemeral")

        assert contents(project) == before
    assert done.status == Exit.RED
    assert {path for path, outcome in done.outcomes.items() if outcome == "passed"} == {
        "a_plain.sql",
        "b_autocommit.sql",
        "c_commits.sql",
        "e_goes_on.sql",
        "g_leaves.sql",
        "j_passes.sql",
    }, [done.complaint(path) for path in done.results]
    assert done.outcomes["f_sleeps.sql"] == "timed out"
    assert done.complaint("d_dies.sql").startswith("d_dies.sql:4: ERROR: division by zero")
    assert done.troubles("i_psql.sql")[0] is Trouble.BAD_SCRIPT
    assert "needs the real psql" in done.complaint("i_psql.sql")


def test_workers_do_not_wait_for_each_other(bare: Project, server18: Server) -> None:
    with fresh_database(server18) as target:
        project = on(target, bare)
        project.write(a=passing(), b=passing(), c=passing())

        shared = project.test(".", "--pgtap", "ephemeral", "-j", "2")
        cloned = project.test(".", "--pgtap", "ephemeral", "-j", "2", "--isolation", "clone")

    assert (shared.status, cloned.status) == (Exit.OK, Exit.OK)
    assert {each.worker for each in shared.results.values()} == {1}
    assert any(each.startswith("One worker runs all files") for each in shared.warnings)
    assert cloned.warnings == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_it_is_as_it_was_after_a_sudden_end_too(
    bare: Project, server18: Server, number: signal.Signals
) -> None:
    with fresh_database(server18) as target:
        project = on(target, bare)
        project.command("create table ledger (entry text)")
        project.put("a.sql", FILES["f_sleeps.sql"])
        before = contents(project)

        started = project.start("test", ".", "--pgtap", "ephemeral", "--no-store")
        until(lambda: project.running("pg_sleep(300)"), what="the file sleeps")
        started.signal(number)
        started.process.communicate()
        assert project.sessions_end()

        assert contents(project) == before
