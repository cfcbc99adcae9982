"""``pgassay mutate`` on small databases: what it notices, what it says, how it ends."""

import json
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fix_server import Running, fresh_database
from fix_suite import Project, committing, failing, name_of, passing, project_on, template_on, until
from pgassay.model.exits import Exit
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect
from repository import ROOT
from versions import VERSIONS

NOTES = (ROOT / "tests/cases/mutate/notes.sql").read_text("utf-8")
NOTE = passing(
    "throws_ok($$insert into app.note values (1, 'much too long')$$, '23514', null, 'short')",
    "throws_ok($$insert into app.note values (1, null)$$, '23502', null, 'a body')",
    "is((select pinned from app.note), false, 'not pinned')",
    body="insert into app.note values (2, 'fine');",
)
DOUBLE = passing("is(app.double(2), 4, 'doubles')", "is(app.double(-1), 0, 'nothing below nothing')")
FEW = ("--kind", "drop_default", "--kind", "drop_not_null", "--kind", "drop_unique")
KINDS_OF_FEW = ("drop_default:", "drop_not_null:", "drop_unique:")
NOTICED = {
    "change_default:app.note.pinned",
    "drop_check:app.note.note_body",
    "drop_default:app.note.pinned",
    "drop_not_null:app.note.body",
    "invert_check:app.note.note_body",
    "change_return:app.double(integer)#1",
    "change_return:app.double(integer)#2",
    "negate_condition:app.double(integer)#1",
    "remove_branch:app.double(integer)#1",
}
UNNOTICED = {
    "drop_default:app.tag.name",
    "drop_not_null:app.note.pinned",
    "drop_not_null:app.tag.name",
    "drop_unique:app.note.note_pkey",
    "drop_unique:app.tag.tag_pkey",
    "turn_comparison:app.double(integer)#1",
    *(
        f"grant_table:app.{table}.{what}"
        for table in ("note", "tag")
        for what in ("delete", "insert", "select", "truncate", "update")
    ),
    "grant_schema:app.usage",
}


@pytest.fixture(params=VERSIONS)
def notes(request: pytest.FixtureRequest, running: Running, tmp_path: Path) -> Iterator[Project]:
    """The project of the notes, on each server."""
    server = running(request.param)
    with template_on(server) as template, project_on(server, template, tmp_path) as made:
        yield with_notes(made)


@pytest.fixture
def noted(project: Project) -> Project:
    """The project of the notes, on the newest server."""
    return with_notes(project)


def with_notes(made: Project) -> Project:
    made.command(NOTES)
    made.write(tests__note=NOTE, tests__double=DOUBLE)
    return made


def mutate(project: Project, *words: str) -> tuple[int, dict[str, Any]]:
    """Run a check; give its status and its document."""
    done = project.run("--json", "mutate", "tests", *words)
    return done.status, json.loads(done.stdout)


def verdicts(document: dict[str, Any]) -> dict[str, str]:
    return {each["id"]: each["verdict"] for each in document["mutants"]}


def with_verdict(document: dict[str, Any], verdict: str) -> set[str]:
    return {name for name, found in verdicts(document).items() if found == verdict}


def only(document: dict[str, Any]) -> dict[str, Any]:
    (mutant,) = document["mutants"]
    assert isinstance(mutant, dict)
    return mutant


def test_it_finds_exactly_what_the_suite_does_not_notice(notes: Project) -> None:
    status, document = mutate(notes)
    assert with_verdict(document, "killed") == NOTICED
    assert with_verdict(document, "survived") == UNNOTICED
    assert status == Exit.RED
    assert document["score"]["noticed"] == pytest.approx(100 * len(NOTICED) / len(NOTICED | UNNOTICED))


def test_a_kill_says_which_assertion_noticed(noted: Project) -> None:
    _, document = mutate(noted, "--kind", "drop_not_null", "--object", "app.note")
    killers = {each["id"]: each["killer"] for each in document["mutants"]}
    assert killers["drop_not_null:app.note.body"] == {
        "path": "tests/note.sql",
        "reason": "a body",
        "assertion": 2,
    }
    assert killers["drop_not_null:app.note.pinned"] is None


def test_files_that_touch_the_object_run_first_and_the_rest_only_for_survivors(noted: Project) -> None:
    _, document = mutate(noted, "--object", "app.note", "--kind", "drop_check", "--kind", "drop_unique")
    run = {each["id"]: each["files_run"] for each in document["mutants"]}
    assert run == {"drop_check:app.note.note_body": 1, "drop_unique:app.note.note_pkey": 2}


def test_the_target_is_left_as_it_was_even_without_pgtap(server18: Server, tmp_path: Path) -> None:
    with fresh_database(server18) as target:
        project = Project(folder=tmp_path / "project", target=target)
        project.command(NOTES)
        project.write(tests__pgtap="create extension if not exists plpgsql;")
        project.write(
            tests__note=passing("is(app.double(1), 2)").replace("begin;", "begin; set search_path = pgtap;")
        )
        before = project.ask(
            "select oid, relname from pg_class union all select oid, proname from pg_proc"
            " union all select oid, nspname from pg_namespace order by 1"
        )
        done = project.run("mutate", "tests/note.sql", "--kind", "change_return")
        assert done.status in (Exit.OK, Exit.RED), done.stderr
        assert before == project.ask(
            "select oid, relname from pg_class union all select oid, proname from pg_proc"
            " union all select oid, nspname from pg_namespace order by 1"
        )
        assert project.clones() == []


def test_enough_noticed_is_green(noted: Project) -> None:
    assert mutate(noted, "--at-least", "30")[0] == Exit.OK
    assert mutate(noted, "--at-least", "60")[0] == Exit.RED


def test_excused_mutants_may_survive(noted: Project) -> None:
    noted.put(
        "pgassay.toml",
        '[mutate]\nat_least = 100\nkinds = ["drop_unique"]\n[mutate.excused]\n'
        '"drop_unique:app.note.note_pkey" = "ids are made by the program"\n'
        '"drop_unique:app.tag.tag_pkey" = "tags are few"\n"drop_unique:app.gone" = "was there once"\n',
    )
    done = noted.run("mutate", "tests")
    assert done.status == Exit.RED, "nothing was left to notice"
    assert "ids are made by the program" in done.stdout
    assert "There is no mutant drop_unique:app.gone" in done.stdout
    noted.write(tests__key=passing("throws_ok($$insert into app.note values (1, 'a'), (1, 'b')$$, '23505')"))
    status, document = mutate(noted, "--kind", "drop_unique", "--kind", "drop_check")
    assert (status, document["score"]["excused"]) == (Exit.OK, 1)


def test_a_suite_that_is_red_stops_it_before_anything_is_changed(noted: Project) -> None:
    noted.write(tests__red=failing("never holds"))
    status, document = mutate(noted)
    assert (status, document["red"], document["mutants"]) == (Exit.RED, ["tests/red.sql"], [])
    done = noted.run("mutate", "tests")
    assert "tests/red.sql  1 of 1 tests failed" in done.stdout
    assert "red without any change, so nothing was changed" in done.stdout


def test_a_file_that_is_red_only_now_and_then_is_called_flaky(noted: Project) -> None:
    role = f"seen_{name_of(noted.target)}"
    noted.write(
        tests__flaky=passing(f"ok(exists (select from pg_roles where rolname = '{role}'))")
        + f"do $$ begin create role {role}; exception when duplicate_object then null; end $$;\n"
    )
    done = noted.run("mutate", "tests")
    assert done.status == Exit.RED
    assert "tests/flaky.sql  1 of 1 tests failed (flaky: green when it was tried again)" in done.stdout


def test_a_kill_by_a_file_that_is_red_by_itself_later_does_not_count(noted: Project) -> None:
    role = f"once_{name_of(noted.target)}"
    noted.write(
        tests__late=passing(f"ok(not exists (select from pg_roles where rolname = '{role}'), 'app.tag')")
        + f"create role {role};\n"
    )
    _, document = mutate(noted, "--kind", "drop_default", "--object", "app.tag")
    assert only(document)["verdict"] == "undecided"
    assert only(document)["message"] == "tests/late.sql is red without the change, too."


def test_a_lost_connection_is_no_kill(noted: Project) -> None:
    noted.write(
        tests__lost=passing(
            "ok(true)",
            body="select pg_terminate_backend(pg_backend_pid()) where not exists"
            " (select from pg_constraint where conname = 'tag_pkey');",
        )
    )
    status, document = mutate(noted, "--kind", "drop_unique", "--object", "app.tag")
    assert only(document)["verdict"] == "undecided"
    assert document["score"]["noticed"] == 0
    assert status == Exit.RED


def test_a_change_that_the_server_refuses_is_counted_apart(noted: Project) -> None:
    noted.command("alter table app.tag add note_id integer references app.note")
    _, document = mutate(noted, "--kind", "drop_unique", "--object", "app.note")
    assert only(document)["verdict"] == "not applicable"
    assert "tag_note_id_fkey" in only(document)["message"]
    assert document["score"]["noticed"] is None


def test_a_change_after_which_a_file_does_not_end_has_a_column_of_its_own(noted: Project) -> None:
    noted.command(
        "create function app.steps() returns integer language plpgsql as"
        " $$declare n integer := 0; begin loop n := n + 1; exit when n > 3; end loop; return n; end$$"
    )
    noted.write(tests__steps=passing("is(app.steps(), 4)"))
    _, document = mutate(noted, "--kind", "remove_statement", "--object", "app.steps()")
    assert only(document)["verdict"] == "timed out"
    assert only(document)["killer"]["path"] == "tests/steps.sql"
    assert (document["score"]["killed"], document["score"]["timed_out"]) == (0, 1)


def test_files_that_commit_do_not_disturb_the_others(noted: Project) -> None:
    """The one that commits runs first on every mutant: it names all that is changed, and is quick."""
    everything = (
        "drop function app.double(integer); delete from app.note; -- pinned name\n"
        "insert into app.tag values (1, 'a');"
    )
    noted.write(
        tests__commits=committing("ok(true)", body=everything),
        tests__double=DOUBLE.replace("select plan", "select pg_sleep(0.5); select plan"),
        tests__note=NOTE.replace("select plan", "select pg_sleep(0.5); select plan"),
        tests__z_tags=passing("is((select count(*) from app.tag), 0::bigint, 'none')"),
    )
    _, document = mutate(noted, "-j", "1", "--kind", "drop_default", "--kind", "remove_branch")
    assert document["red"] == []
    assert verdicts(document) == {
        "drop_default:app.note.pinned": "killed",
        "drop_default:app.tag.name": "survived",
        "remove_branch:app.double(integer)#1": "killed",
    }
    assert {each["files_run"] for each in document["mutants"] if each["verdict"] == "killed"} == {2}


def test_without_resume_everything_is_tried_again(noted: Project) -> None:
    mutate(noted, "--kind", "drop_unique")
    _, document = mutate(noted, "--kind", "drop_unique")
    assert [each["remembered"] for each in document["mutants"]] == [False, False]


def test_a_check_that_was_stopped_goes_on_where_it_was(noted: Project) -> None:
    # It takes its time while somebody is there who wants to see what it does.
    watched = "exists (select from pg_stat_activity where application_name = 'onlooker')"
    slow = f"ok(pg_sleep(case when {watched} then 2 else 0 end) is not null, 'app.note app.tag')"
    noted.write(tests__slow=passing(slow))
    journal = noted.folder / ".pgassay" / "mutate.jsonl"
    with connect(noted.target.with_database("postgres"), application="onlooker"):
        started = noted.start("mutate", "tests", "-j", "1", *FEW)
        until(lambda: journal.exists() and journal.read_bytes().count(b"\n") >= 3, what="three results")
        started.signal(signal.SIGINT)
        done = started.wait()
    assert done.status == Exit.INTERRUPTED
    assert "not tried: go on with --resume" in done.stdout
    assert noted.clones() == []
    known = journal.read_bytes().count(b"\n")

    status, document = mutate(noted, "--resume", *FEW)
    remembered = [each for each in document["mutants"] if each["remembered"]]
    assert (status, len(remembered)) == (Exit.RED, known)
    assert with_verdict(document, "survived") == few(UNNOTICED)
    assert with_verdict(document, "killed") == few(NOTICED)

    noted.write(tests__tag=passing("throws_ok($$insert into app.tag values (1, null)$$, '23502')"))
    _, document = mutate(noted, "--resume", *FEW)
    tried = {each["id"] for each in document["mutants"] if not each["remembered"]}
    assert tried == few(UNNOTICED), "a new file may notice what survived; what was killed stays killed"
    assert verdicts(document)["drop_not_null:app.tag.name"] == "killed"


def few(ids: set[str]) -> set[str]:
    return {each for each in ids if each.startswith(KINDS_OF_FEW)}


def test_a_check_that_was_killed_goes_on_too_and_the_next_one_clears_up(noted: Project) -> None:
    noted.write(tests__slow=passing("ok(pg_sleep(0.3) is not null, 'app.note app.tag')"))
    started = noted.start("mutate", "tests", "-j", "1", *FEW)
    journal = noted.folder / ".pgassay" / "mutate.jsonl"
    until(lambda: journal.exists() and journal.read_bytes().count(b"\n") >= 2, what="two results")
    started.kill()
    _, document = mutate(noted, "--resume", *FEW)
    assert len([each for each in document["mutants"] if each["remembered"]]) >= 2
    assert noted.clones() == []


def test_a_role_that_may_not_create_databases_is_told(noted: Project) -> None:
    role = f"plain_{name_of(noted.target)}"
    noted.command(f"create role {role} login; grant usage on schema app, pgtap to {role}")
    done = noted.run("mutate", "tests", target=noted.target.changed({"user": role}).conninfo)
    assert done.status == Exit.UNAVAILABLE
    assert "may not create databases" in done.stderr
    assert "createdb" in done.stderr


def test_production_is_refused(noted: Project) -> None:
    noted.environment["PRODUCTION_DB_URL"] = noted.target.conninfo
    done = noted.run("mutate", "tests", target="production")
    assert done.status == Exit.REFUSED


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--schema", "nowhere"), "nothing to mutate"),
        (("--kind", "drop_everything"), "no kind of mutants"),
        (("--sample", "0"), "--sample"),
        (("--at-least", "101"), "from 0 to 100"),
    ],
)
def test_what_makes_no_sense_is_said(noted: Project, words: tuple[str, ...], said: str) -> None:
    done = noted.run("mutate", "tests", *words)
    assert done.status == Exit.USAGE
    assert said in done.stderr


def test_a_list_names_the_mutants_and_tries_none(noted: Project) -> None:
    done = noted.run("mutate", "--list", "--object", "app.tag", "--kind", "drop_unique")
    assert done.stdout == "drop_unique:app.tag.tag_pkey\n    the key tag_pkey of app.tag is gone\n"
    listed = json.loads(noted.run("--json", "mutate", "--list").stdout)
    assert {each["id"] for each in listed["mutants"]} == NOTICED | UNNOTICED
    assert noted.clones() == []


def test_a_sample_is_a_part_of_all(noted: Project) -> None:
    listed = json.loads(noted.run("--json", "mutate", "--list", "--sample", "4").stdout)
    assert len({each["id"] for each in listed["mutants"]} & (NOTICED | UNNOTICED)) == 4


def test_a_role_without_superpowers_checks_its_own_database(noted: Project) -> None:
    role, name = f"owner_{name_of(noted.target)}", name_of(noted.target)
    with connect(noted.target) as connection:
        connection.execute(f"create role {role} login createdb".encode())
        connection.execute(f"alter database {name} owner to {role}".encode())
        for what in ("schema app", "table app.note", "table app.tag", "function app.double(integer)"):
            connection.execute(f"alter {what} owner to {role}".encode())
        connection.execute(f"grant usage on schema pgtap to {role}".encode())
    target = noted.target.changed({"user": role}).conninfo
    done = noted.run("--json", "mutate", "tests", *FEW, target=target)
    assert with_verdict(json.loads(done.stdout), "killed") == few(NOTICED)


def test_the_page_is_written(noted: Project) -> None:
    noted.run("mutate", "tests", "--kind", "drop_unique", "--html", "out/page.html")
    page = (noted.folder / "out" / "page.html").read_text("utf-8")
    assert "drop_unique:app.tag.tag_pkey" in page


def test_the_example_is_checked_on_a_server_of_its_own(project: Project) -> None:
    test = ROOT / "src/pgassay/demo/sql/tests/unit/domains.sql"
    words = ("--demo", str(test), "--kind", "drop_domain_check", "--sample", "2")
    done = project.run("--json", "mutate", *words)
    document = json.loads(done.stdout)
    assert (done.status, document["score"]["killed"]) == (Exit.OK, 2)
