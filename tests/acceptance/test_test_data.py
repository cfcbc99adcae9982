"""Suites that commit: what their tests register is removed, whatever happens in between."""

import json
import random

import pytest

from fix_suite import PATIENT, Project, committing, passing, until
from pgassay.model.exits import Exit
from pgassay.pg.clock import pause

TABLES = """
create table crm_account (id int primary key, name text not null);
create table crm_contact (id int primary key, account int not null references crm_account (id));
create table crm_log (id bigint generated always as identity, what text);
"""
REGISTER = "select prod_test_schema.register_test_entity('{0}', '{1}', {2});"
LEFT = "select count(*) from crm_account"
OURS = (
    "select 1 from pg_stat_activity where application_name like 'pgassay%'"
    " and datname = current_database() and pid <> pg_backend_pid()"
)
PENDING = "select count(*) from prod_test_schema.prod_test_data_registry where cleaned_up_at is null"
HALF = """
select r.entity_type, r.entity_key, r.cleaned_up_at is null
from prod_test_schema.prod_test_data_registry as r
left join crm_account as a on r.entity_type = 'public.crm_account' and a.id::text = r.entity_key
left join crm_contact as c on r.entity_type = 'public.crm_contact' and c.id::text = r.entity_key
where (coalesce(a.id, c.id) is not null) <> (r.cleaned_up_at is null)
"""
"""Rows that are there and noted as removed, or not there and not noted."""


@pytest.fixture
def crm(project: Project) -> Project:
    """A project whose database has a register, and tables for tests to write to."""
    project.command(TABLES)
    assert project.run("store", "install").status == Exit.OK
    return project


def makes(account: int, *contacts: int) -> str:
    lines = [f"insert into crm_account values ({account}, 'test');"]  # noqa: S608 - numbers
    lines.append(REGISTER.format("makes", "crm_account", account))
    for each in contacts:
        lines.append(f"insert into crm_contact values ({each}, {account});")  # noqa: S608 - numbers
        lines.append(REGISTER.format("makes", "crm_contact", each))
    return "\n".join(lines)


def count(project: Project, query: str) -> object:
    ((found,),) = project.ask(query)
    return found


def abandoned(project: Project, *statements: str) -> None:
    """Commit what a run commits that is killed then."""
    run = "select set_config('pgassay.run', gen_random_uuid()::text, false)"
    project.command(";\n".join((run, *statements)))
    _all_ended(project)


def _all_ended(project: Project) -> None:
    """Wait until nobody else is connected to the database: what was committed is, and no lock is held."""
    until(lambda: not project.ask(OURS), what="the other sessions end")


def test_a_run_removes_what_its_tests_registered(crm: Project) -> None:
    sees = "is((select count(*) from crm_contact), 2::bigint)"
    crm.write(tests__a=committing(body=makes(1, 10, 11)), tests__b=passing(sees))

    done = crm.test("tests", record=True)

    assert done.status == Exit.OK, done.stdout
    assert done.warnings == ["3 rows that this run had registered: removed."]
    assert (count(crm, LEFT), count(crm, PENDING)) == (0, 0)


def test_the_next_run_removes_what_a_killed_one_left(crm: Project) -> None:
    crm.write(
        tests__a=committing(body=makes(1, 10)),
        tests__b=passing(body="select pg_sleep(30);"),
        others__c=passing(f"is(({LEFT}), 0::bigint)"),
    )
    started = crm.start("test", "tests")
    until(crm.sleeping, what="b sleeps")
    started.kill()
    _all_ended(crm)
    assert (count(crm, LEFT), count(crm, PENDING)) == (1, 2)

    done = crm.test("others", record=True)

    assert done.status == Exit.OK, done.stdout
    assert "2 rows that an interrupted run had registered: removed." in done.warnings
    assert count(crm, PENDING) == 0


def test_the_command_removes_it_too_and_shows_it_before(crm: Project) -> None:
    abandoned(crm, makes(1, 10))

    shown = crm.run("cleanup", "--dry-run")
    assert shown.status == Exit.OK
    assert shown.stdout.splitlines() == [
        "would be removed: public.crm_contact 10 (makes)",
        "would be removed: public.crm_account 1 (makes)",
        "2 registered rows: 2 would be removed",
    ]
    assert count(crm, LEFT) == 1

    done = crm.run("--json", "cleanup")
    document = json.loads(done.stdout)
    assert (done.status, document["format"]) == (Exit.OK, "pgassay.cleanup/1")
    assert [each["fate"] for each in document["rows"]] == ["removed", "removed"]
    assert crm.run("cleanup").stdout == "No test data is registered that is not removed already.\n"


def test_what_is_left_makes_it_red(crm: Project) -> None:
    abandoned(crm, makes(1), "insert into crm_contact values (10, 1)")

    done = crm.run("cleanup")

    assert done.status == Exit.RED
    assert "left: public.crm_account 1 (makes)" in done.stdout
    assert "public.crm_contact 10 would go with it" in done.stdout


def test_production_needs_a_yes(crm: Project) -> None:
    abandoned(crm, makes(1))
    settings = f'[targets.live]\nurl = "{crm.target.conninfo}"\nproduction = true\n'
    crm.put("pgassay.toml", settings)

    refused = crm.run("cleanup", target="live")
    assert (refused.status, "pgassay cleanup --yes" in refused.stderr) == (Exit.REFUSED, True)
    assert crm.run("cleanup", "--dry-run", target="live").status == Exit.OK
    assert count(crm, LEFT) == 1
    assert crm.run("cleanup", "--yes", target="live").status == Exit.OK
    assert count(crm, LEFT) == 0


def test_a_safe_run_on_production_removes_nothing_but_says_so(crm: Project) -> None:
    abandoned(crm, makes(1))
    crm.settings(*PATIENT)
    crm.write(tests__a=passing())

    done = crm.test("tests", "--production", "--production-safe", "--yes", record=True)

    assert done.status == Exit.OK, done.stdout
    assert "1 row that tests have registered: still there." in done.warnings
    assert count(crm, LEFT) == 1


def test_without_a_register_there_is_nothing_to_clean(project: Project) -> None:
    done = project.run("cleanup")

    assert done.status == Exit.UNAVAILABLE
    assert "pgassay store install" in done.stderr


SLOW = """
create function crm_slow() returns trigger language plpgsql as $$
begin
    insert into crm_log (what) values (old.id);
    if old.id = 1 then perform pg_sleep(1.5); end if;
    return old;
end $$;
create trigger slow before delete on crm_account for each row execute function crm_slow();
"""


def test_killed_between_two_steps_it_leaves_nothing_half_done(crm: Project) -> None:
    crm.command(SLOW)
    abandoned(crm, makes(1, 10), makes(2, 20))

    started = crm.start("cleanup")
    until(crm.sleeping, what="it is busy")
    started.kill()
    _all_ended(crm)

    assert crm.ask(HALF) == []
    assert crm.ask("select id from crm_contact") == [(20,)]
    assert crm.ask("select id from crm_account order by id") == [(1,), (2,)]
    assert count(crm, "select count(*) from crm_log") == 0

    again = crm.run("cleanup")
    assert (again.status, count(crm, LEFT), count(crm, PENDING)) == (Exit.OK, 0, 0), again.stdout


def _killed_many_times(crm: Project, times: int) -> None:
    numbers = range(1, 400)
    abandoned(crm, *(makes(each, each) for each in numbers))
    instants = random.Random(20260101)
    for _ in range(times):
        started = crm.start("cleanup")
        pause(instants.uniform(0.25, 0.9))
        started.kill()
        _all_ended(crm)
        assert crm.ask(HALF) == []
    assert crm.run("cleanup").status == Exit.OK
    assert (count(crm, LEFT), count(crm, PENDING)) == (0, 0)


def test_a_few_kills(crm: Project) -> None:
    _killed_many_times(crm, 3)


@pytest.mark.soak
def test_many_kills(crm: Project) -> None:
    _killed_many_times(crm, 60)
