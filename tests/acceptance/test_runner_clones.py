"""Files on clones: they commit without seeing each other, run side by side, and leave the target alone."""

import pytest

from fix_suite import Project, committing, passing
from pgassay.model.exits import Exit
from pgassay.model.suite import Outcome

COMMITS = committing(
    "is((select count(*)::int from ledger), 1, 'only the entry that was there')",
    "ok(current_database() ~ '^pgassay_', 'on a clone')",
    body="create table mine (a int);",
).replace("select * from finish();", "insert into ledger values ('new');\nselect * from finish();")
LEDGER = "create table ledger (entry text); insert into ledger values ('old');"


@pytest.mark.parametrize("engine", ["native", "psql"])
def test_files_that_commit_do_not_see_each_other(project: Project, engine: str) -> None:
    project.command(LEDGER)
    project.write(a=COMMITS, b=COMMITS, c=COMMITS, d=COMMITS)

    done = project.test(".", "--isolation", "clone", "-j", "2", "--engine", engine)

    assert done.status == Exit.OK
    assert project.ask("select entry from ledger") == [("old",)]
    assert project.ask("select to_regclass('mine')") == [(None,)]
    assert project.clones() == []


def test_without_clones_they_do(project: Project) -> None:
    project.command(LEDGER)
    project.write(a=COMMITS, b=COMMITS)

    assert project.test(".").status == Exit.RED
    assert project.ask("select count(*) from ledger") == [(2,)]


def test_each_worker_has_a_database_of_its_own_with_the_settings_of_the_target(project: Project) -> None:
    name = project.ask("select current_database()")[0][0]
    project.command(f"alter database {name} set app.flavour = 'vanilla'")
    says = passing(
        "is(current_setting('app.flavour', true), 'vanilla')",
        "pass(current_database())",
        body="select pg_sleep(0.3) \\g /dev/null",
    )
    project.write(a=says, b=says, c=says, d=says)

    done = project.test(".", "--isolation", "clone", "-j", "2")

    assert done.status == Exit.OK
    used = {(each.worker, each.assertions[-1].description) for each in done.results.values()}
    assert len(used) == len({worker for worker, _ in used}) == len({database for _, database in used}) == 2


MEETS = """begin;
select plan(1);
create table same (a int);
do $$
begin
    for turn in 1..200 loop
        perform pg_stat_clear_snapshot();
        if (select count(*) from pg_stat_activity where query like '%meeting%' and state = 'active') > 1 then
            perform pg_sleep(0.5);
            return;
        end if;
        perform pg_sleep(0.1);
    end loop;
    raise 'there was no meeting';
end $$;
select pass('met');
select * from finish();
rollback;
"""


def test_files_that_create_the_same_table_run_side_by_side(project: Project) -> None:
    project.write(a=MEETS, b=MEETS)

    done = project.test(".", "--isolation", "clone", "-j", "2")

    assert done.outcomes == {"a.sql": "passed", "b.sql": "passed"}


def test_a_file_may_ask_for_a_clone_in_a_shared_run(project: Project) -> None:
    project.command(LEDGER)
    project.write(
        a="-- pgassay: isolation clone\n" + COMMITS,
        b=passing("ok(current_database() !~ '^pgassay_')", "is((select count(*)::int from ledger), 1)"),
        c="-- pgassay: isolation clone\n" + COMMITS,
    )

    done = project.test(".")

    assert done.status == Exit.OK
    assert project.clones() == []


def test_a_file_may_ask_for_the_target_in_a_run_on_clones(project: Project) -> None:
    project.write(
        a="-- pgassay: isolation shared\n" + passing("ok(current_database() !~ '^pgassay_')"),
        b=passing("ok(current_database() ~ '^pgassay_')"),
    )

    assert project.test(".", "--isolation", "clone").status == Exit.OK


def test_a_role_that_may_not_create_databases_is_told_so(project: Project) -> None:
    project.command("do $$ begin create role plain login; exception when duplicate_object then null; end $$")
    project.write(a=passing())

    done = project.test(".", "--isolation", "clone", target=f"{project.target.conninfo} user=plain")

    assert done.status == Exit.UNAVAILABLE
    assert "The role plain may not create databases" in done.stderr
    assert project.clones() == []


def test_a_file_that_dies_on_a_clone_harms_no_other(project: Project) -> None:
    dies = "create table left_behind (a int);\nselect plan(1);\nselect 1/0;\n"
    looks = passing("is(to_regclass('left_behind'), null)")
    project.write(a=dies, b=looks, c=dies, d=looks)

    done = project.test(".", "--isolation", "clone", "-j", "1")

    assert [each.outcome for each in done.results.values()] == [
        Outcome.FAILED,
        Outcome.PASSED,
        Outcome.FAILED,
        Outcome.PASSED,
    ]


def test_clones_are_made_while_an_application_is_connected(project: Project) -> None:
    project.command(LEDGER)
    project.write(a=COMMITS, b=COMMITS)
    with project.connected():
        done = project.test(".", "--isolation", "clone", "-j", "2")

    assert done.status == Exit.OK
