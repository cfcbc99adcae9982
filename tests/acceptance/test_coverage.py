"""What tests touch is remembered, shown, and decides which of them run."""

import json

import pytest

from fix_suite import PATIENT, Project, failing, passing
from pgassay.model.exits import Exit

SCHEMA = """
create schema crm;
create table crm.account (id int primary key, name text);
create table crm.note (id int primary key, account int references crm.account (id));
create view crm.named as select name from crm.account;
create function crm.close(number int) returns void language plpgsql as
    $$ begin delete from crm.account where id = number; end $$;
create function crm.idle() returns int language sql as 'select 1';
create role coverage_customer;
grant usage on schema crm to coverage_customer;
grant select on crm.note to coverage_customer;
alter table crm.note enable row level security;
create policy see on crm.note for select to coverage_customer using (true);
create policy make on crm.note for insert to coverage_customer with check (true);
"""
AS_CUSTOMER = "set local role coverage_customer; select count(*) from crm.note; reset role;"


@pytest.fixture
def crm(project: Project) -> Project:
    project.command("drop role if exists coverage_customer")
    project.command(SCHEMA)
    assert project.run("store", "install").status == Exit.OK
    project.write(
        tests__account=passing(body="select crm.close(1);"),
        tests__note=passing(body=AS_CUSTOMER),
        tests__view=passing("has_view('crm', 'named', 'it is there')"),
    )
    return project


def listed(project: Project, *words: str) -> list[str]:
    done = project.run("test", "tests", "--list", *words)
    assert done.status == Exit.OK, done.stderr
    return sorted(line.removeprefix("tests/").removesuffix(".sql") for line in done.stdout.splitlines())


def test_coverage_of_a_run(crm: Project) -> None:
    assert crm.test("tests", record=True).status == Exit.OK

    done = crm.run("--json", "coverage")
    document = json.loads(done.stdout)
    assert (done.status, document["format"]) == (Exit.OK, "pgassay.coverage/1")
    assert {(each["kind"], each["touched"], each["total"]) for each in document["kinds"]} == {
        ("table", 2, 2),
        ("view", 0, 1),
        ("function", 1, 2),
        ("policy", 1, 2),
    }
    assert [each["name"] for each in document["untouched"]] == ["crm.idle()", "crm.note.make"]
    assert [each["name"] for each in document["only_named"]] == ["crm.named"]
    assert document["files"] == {"ran": 3, "recorded": 3}


def test_the_same_for_a_person(crm: Project) -> None:
    crm.test("tests", record=True)
    lines = crm.run("coverage", "last", "--kind", "function", "--kind", "view").stdout.splitlines()

    assert [line.split() for line in lines if line.startswith("crm")] == [
        ["crm", "view", "0", "1", "0", "%", "0", "1"],
        ["crm", "function", "1", "2", "50", "%", "1", "–"],
    ]
    assert "  function crm.idle()" in lines
    assert lines[-1].startswith("33.3 % of 3 objects touched by 3 files of run ")


@pytest.mark.parametrize(("share", "status"), [("57", Exit.OK), ("58", Exit.RED), ("100", Exit.RED)])
def test_a_share_can_be_asked_for(crm: Project, share: str, status: Exit) -> None:
    crm.test("tests", record=True)
    assert crm.run("coverage", "--at-least", share).status == status


def test_nothing_recorded_is_never_green(crm: Project) -> None:
    done = crm.run("coverage")
    assert (done.status, "No run has recorded" in done.stderr) == (Exit.USAGE, True)

    crm.put("pgassay.toml", "[store]\ntouches = false\n")
    crm.test("tests", record=True)
    done = crm.run("coverage", "last")
    assert (done.status, "recorded what its files touch" in done.stderr) == (Exit.USAGE, True)


def test_files_are_chosen_by_what_they_touch(crm: Project) -> None:
    crm.test("tests", record=True)

    assert listed(crm, "--touching", "crm.note") == ["note"]
    assert listed(crm, "--touching", "close") == ["account"]
    assert listed(crm, "--touching", "see") == ["note"]
    assert listed(crm, "--touching", "named") == ["view"]
    assert listed(crm, "--touching", "crm.close", "--touching", "see") == ["account", "note"]


def test_what_uses_an_object_counts_too(crm: Project) -> None:
    crm.test("tests", record=True)
    assert "view" in listed(crm, "--touching", "account")


def test_an_object_that_there_is_not_is_told(crm: Project) -> None:
    crm.test("tests", record=True)
    done = crm.run("test", "tests", "--touching", "crm.acount")
    assert done.status == Exit.USAGE
    assert "No object called crm.acount" in done.stderr and "crm.account" in done.stderr


def test_not_knowing_is_not_the_same_as_not_touching(crm: Project) -> None:
    crm.write(tests__red=failing())
    crm.test("tests", record=True)
    crm.write(tests__new=passing(), tests__view=passing("has_view('crm', 'named', 'another text')"))

    done = crm.run("test", "tests", "--list", "--touching", "close")

    assert sorted(done.stdout.split()) == [f"tests/{name}.sql" for name in ("account", "new", "red", "view")]
    told = "1 never recorded, 1 red when last recorded, 1 changed since"
    assert all(part in done.stderr for part in told.split(", ")), done.stderr


def test_an_empty_choice_is_no_success(crm: Project) -> None:
    crm.test("tests", record=True)
    done = crm.run("test", "tests", "--touching", "crm.idle")
    assert (done.status, "none touches crm.idle" in done.stderr) == (Exit.USAGE, True)


def test_files_are_chosen_by_what_changed(crm: Project) -> None:
    crm.test("tests", record=True)
    done = crm.run("test", "tests", "--list", "--changed-since", "last")
    assert (done.status, "nothing has changed since run" in done.stderr) == (Exit.USAGE, True)

    crm.command("create or replace view crm.named as select name, 1 as one from crm.account")
    assert listed(crm, "--changed-since", "last") == ["view"]
    crm.command("create policy more on crm.note using (true)")
    assert listed(crm, "--changed-since", "last") == ["note", "view"]

    assert crm.test("tests", "--changed-since", "last", record=True).status == Exit.OK


def test_clones_tell_too(crm: Project) -> None:
    done = crm.test("tests", "--isolation", "clone", "-j", "2", record=True)
    assert done.status == Exit.OK, done.stdout
    assert listed(crm, "--touching", "close") == ["account"]


def test_a_safe_run_records_from_its_evidence(crm: Project) -> None:
    crm.settings(*PATIENT)
    crm.write(tests__account=passing(body="select count(*) from crm.account;"))
    done = crm.test("tests", "--production-safe", "--pause", "1ms", record=True)
    assert done.status == Exit.OK, done.stdout

    assert listed(crm, "--touching", "crm.account") == ["account", "view"]
    document = json.loads(crm.run("--json", "coverage").stdout)
    assert {each["kind"]: each["touched"] for each in document["kinds"]}["policy"] == 1


def test_the_events_have_it_too(crm: Project) -> None:
    done = crm.test("tests", record=True)
    touches = done.results["tests/account.sql"].touches
    assert touches is not None
    assert "function crm.close(number integer)" in {str(each.object) for each in touches.touched}
    assert crm.test("tests").results["tests/account.sql"].touches is None
