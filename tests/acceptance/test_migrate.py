"""``pgassay migrate`` as a person types it: what it prints, how it ends, what it asks of checks and tests."""

import json
import signal
from typing import Any

import pytest

from fix_suite import Project, failing, passing, until
from pgassay.model.exits import Exit
from pgassay.pg.connection import connect

UP = "create table note (id int primary key, body text);\ncreate index note_body on note (body);\n"
DOWN = "drop table note;\n"


@pytest.fixture
def noted(project: Project) -> Project:
    """A project with one migration."""
    project.put("migrations/001_note.sql", UP)
    project.put("migrations/001_note.rollback.sql", DOWN)
    return project


def document(project: Project, *words: str) -> dict[str, Any]:
    done = project.run("--json", "migrate", *words)
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    assert found["exit"] == done.status
    assert found["format"] == "pgassay.migrate/1"
    return found


def operation(project: Project, *words: str) -> dict[str, Any]:
    (only,) = document(project, *words)["operations"]
    assert isinstance(only, dict)
    return only


def step(found: dict[str, Any], name: str) -> dict[str, Any]:
    result = next(each["result"] for each in found["steps"] if each["result"]["step"] == name)
    assert isinstance(result, dict)
    return result


def test_the_whole_way_there_and_back(noted: Project) -> None:
    planned = noted.run("migrate", "plan")
    assert planned.status == Exit.OK
    assert "part 1 of 1: 2 statements, one transaction" in planned.stdout

    rehearsed = noted.run("migrate", "rehearse")
    assert rehearsed.status == Exit.OK
    assert "SUCCEEDED: It goes up, comes back to where it was, and goes up again." in rehearsed.stdout
    assert "Rehearsing 001_note" in rehearsed.stderr

    applied = noted.run("migrate", "apply")
    assert applied.status == Exit.OK, applied.stdout
    assert "SUCCEEDED: 001_note is applied." in applied.stdout

    standing = noted.run("migrate", "status")
    assert standing.status == Exit.OK
    assert "001              note                         applied" in standing.stdout

    back = noted.run("migrate", "rollback")
    assert back.status == Exit.OK
    assert noted.ask("select to_regclass('public.note')") == [(None,)]
    assert noted.run("migrate", "rollback").status == Exit.USAGE


def test_ctrl_c_while_its_tests_run_is_no_failure_of_theirs(noted: Project) -> None:
    slow = passing("has_table('public', 'note', 'it is there')", body="select pg_sleep(30);")
    noted.write(sql__tests__integration__note=slow)
    started = noted.start("migrate", "apply")
    until(noted.sleeping, what="the tests run")
    started.signal(signal.SIGINT)
    stopped = started.wait()

    assert stopped.status == Exit.INTERRUPTED
    assert "The tests were interrupted." in stopped.stdout
    assert "failed" not in stopped.stdout
    standing = noted.run("migrate", "status")
    assert standing.status == Exit.RED
    assert "interrupted at the step test: the target is as after it" in standing.stdout

    noted.write(sql__tests__integration__note=passing("has_table('public', 'note', 'it is there')"))
    again = noted.run("migrate", "apply")
    assert again.status == Exit.OK, again.stdout
    assert "1 test file passed" in again.stdout


def test_documents_have_what_was_done_and_no_texts(noted: Project) -> None:
    found = operation(noted, "apply")

    assert (found["outcome"], found["exit"], found["parts_committed"]) == ("succeeded", 0, 1)
    assert found["run"]["migration"]["up"] == {
        "path": "migrations/001_note.sql",
        "sha256": found["run"]["migration"]["up"]["sha256"],
    }
    assert [each["command"] for each in found["statements"]] == ["CREATE TABLE", "CREATE INDEX"]
    assert found["fingerprint_before"] != found["fingerprint_after"]
    assert {"kind": "table", "name": "public.note"}.items() <= next(
        each for each in found["changes"] if each["kind"] == "table"
    ).items()
    (standing,) = document(noted, "status")["status"]["migrations"]
    assert (standing["version"], standing["standing"]) == ("001", "applied")
    assert document(noted, "plan")["plans"] == []


def test_tests_of_the_migration_are_run_behind_it(noted: Project) -> None:
    noted.put(
        "sql/tests/migration/note.sql", passing("has_table('note')", "has_index('note', 'note_body', 'body')")
    )
    noted.put("sql/tests/unit/other.sql", failing())

    found = operation(noted, "apply")

    assert found["exit"] == Exit.OK
    assert step(found, "test")["sentence"] == (
        "1 test file passed; there is none of the category integration."
    )


def test_a_test_that_fails_makes_it_red_and_leaves_it(noted: Project) -> None:
    noted.put("sql/tests/integration/note.sql", passing("hasnt_table('note')"))

    found = operation(noted, "apply")

    assert (found["outcome"], found["exit"]) == ("red", Exit.RED)
    assert step(found, "test")["detail"] == ["sql/tests/integration/note.sql"]
    assert noted.ask("select to_regclass('public.note') is not null") == [(True,)]
    assert noted.run("migrate", "rollback").status == Exit.OK


def test_a_check_that_fails_beforehand_keeps_it_from_being_applied(noted: Project) -> None:
    noted.put(
        "checks/no_debts.sql",
        "-- title: Debts\n-- level: failed\n-- area: pre-migration\n-- help: Pay {object}.\n"
        "--\n-- For a test.\n\nselect 'everybody' as object, 'owes something' as detail;\n\n"
        "-- examples: none it is always so\n",
    )
    noted.put("pgassay.toml", '[checks]\npaths = ["checks"]\n')

    found = operation(noted, "apply")

    assert (found["outcome"], found["exit"]) == ("unchanged", Exit.RED)
    assert any("no_debts" in line for line in step(found, "validate before")["detail"])
    assert noted.ask("select to_regclass('public.note')") == [(None,)]


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (("apply", "nowhere.sql"), Exit.USAGE, "There is no migration nowhere.sql"),
        (("apply", "002"), Exit.USAGE, "There is no migration 002"),
        (("rehearse", "--on", "moon"), Exit.USAGE, "'moon' is no place for a rehearsal"),
        (("rollback", "001"), Exit.REFUSED, "The migration 001_note is not applied"),
        (("apply", "migrations/001_note.sql", "gone.sql"), Exit.USAGE, "gone.sql cannot be read"),
    ],
)
def test_bad_input_is_one_sentence(noted: Project, words: tuple[str, ...], status: int, told: str) -> None:
    done = noted.run("migrate", *words)

    assert (done.status, done.stdout) == (status, "")
    assert told in done.stderr


def test_without_migrations_there_is_nothing_to_do(project: Project) -> None:
    for command in ("plan", "rehearse", "apply", "rollback", "adopt", "status"):
        done = project.run("migrate", command)
        assert done.status == Exit.USAGE
        assert "There are no migrations" in done.stderr


def test_an_area_of_checks_that_there_is_not_is_said(noted: Project) -> None:
    noted.put("pgassay.toml", '[migrate]\nvalidate_before = ["weather"]\n')
    done = noted.run("migrate", "apply")
    assert done.status == Exit.USAGE
    assert "There is no area of checks 'weather'" in done.stderr


def test_production_needs_a_yes_and_a_rehearsal(noted: Project) -> None:
    noted.put("pgassay.toml", f'[targets.live]\nurl = "{noted.target.conninfo}"\nproduction = true\n')

    def live(*words: str) -> tuple[int, str]:
        done = noted.run(*words, target="live")
        return done.status, done.stderr

    assert live("migrate", "apply")[0] == Exit.REFUSED
    assert live("migrate", "apply", "--yes")[0] == Exit.UNAVAILABLE  # there is no store
    assert live("store", "install")[0] == Exit.OK
    status, told = live("migrate", "apply", "--yes")
    assert status == Exit.REFUSED and "was not rehearsed" in told
    assert live("migrate", "rehearse", "--on", "clone")[0] == Exit.REFUSED
    assert live("migrate", "rehearse")[0] == Exit.OK
    assert live("migrate", "apply", "--yes")[0] == Exit.OK
    assert live("migrate", "status")[0] == Exit.OK


def test_what_others_changed_is_named(noted: Project) -> None:
    noted.run("migrate", "apply")
    noted.command("alter table note enable row level security; create table stray (id int)")

    done = noted.run("migrate", "status")

    assert done.status == Exit.RED
    assert "added    table public.stray" in done.stdout
    assert "+ row security: enabled" in done.stdout


def test_ctrl_c_rolls_back(noted: Project) -> None:
    noted.put("migrations/001_note.sql", f"{UP}select pg_sleep(60);\n")
    started = noted.start("migrate", "apply")
    until(noted.sleeping, what="it sleeps")

    started.signal(signal.SIGINT)
    done = started.wait()

    assert done.status == Exit.INTERRUPTED
    assert "Stopped at migrations/001_note.sql:3" in done.stdout
    assert noted.ask("select to_regclass('public.note')") == [(None,)]


def test_a_second_pgassay_is_told_who_holds_the_database(noted: Project) -> None:
    with connect(noted.target) as other:
        other.execute("select pg_advisory_lock(hashtextextended('pgassay migrate', 0))")
        done = noted.run("migrate", "apply")
    assert done.status == Exit.REFUSED
    assert "Another pgassay is migrating the database" in done.stderr


def test_what_is_refused_is_named_by_the_plan(noted: Project) -> None:
    noted.put("migrations/002_bad.sql", "drop table note;\ncommit;\n")

    done = noted.run("migrate", "plan", "002")

    assert done.status == Exit.REFUSED
    assert "REFUSED migrations/002_bad.sql:2 (transaction_control)" in done.stdout
    assert "DANGER migrations/002_bad.sql:1 (data_destroyed): The table note is gone" in done.stdout


def test_a_role_without_rights_is_told_so(noted: Project) -> None:
    noted.run("migrate", "apply")
    noted.put("migrations/002_more.sql", "create table more (id int);\n")
    noted.command("do $$ begin create role visitor; exception when duplicate_object then null; end $$")
    visitor = f"{noted.target.conninfo} options='-c role=visitor'"

    for command in ("status", "plan", "apply", "rollback"):
        done = noted.run("migrate", command, target=visitor)
        assert done.status == Exit.UNAVAILABLE, command
        assert "permission denied" in done.stderr or "may not use the store" in done.stderr


def test_nothing_is_remembered_where_nothing_should_be(noted: Project) -> None:
    noted.put("pgassay.toml", "[store]\nenabled = false\n")

    done = noted.run("migrate", "apply")

    assert done.status == Exit.OK
    assert "Nothing of this is remembered" in done.stderr
    assert noted.ask("select to_regclass('prod_test_schema.migration_runs')") == [(None,)]
    assert noted.run("migrate", "status").status == Exit.OK


def test_a_database_that_is_migrated_already_is_adopted(noted: Project) -> None:
    noted.put("migrations/002_rows.sql", "insert into note values (1, 'a');\n")
    noted.command(UP)

    unsaid = noted.run("migrate", "adopt")
    assert (unsaid.status, unsaid.stdout) == (Exit.USAGE, "")
    assert "There are 001_note, 002_rows." in unsaid.stderr

    done = noted.run("migrate", "adopt", "--all")
    assert done.status == Exit.OK
    assert "Adopting 001_note" in done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].split("  ")[1] == "001_note"
    assert lines[0].endswith("ok            2 objects that it makes are there.")
    assert lines[1].endswith("not verified  It makes nothing that could be looked up.")
    assert lines[2] == "ADOPTED: 2 migrations in the history as adopted; nothing was run."
    assert noted.ask("select count(*) from note") == [(0,)]

    standing = noted.run("migrate", "status")
    assert standing.status == Exit.OK
    assert "001              note                         adopted (" in standing.stdout
    assert "      2 objects that it makes are there." in standing.stdout
    again = noted.run("migrate", "adopt", "--all")
    assert (again.status, again.stdout) == (Exit.USAGE, "")
    assert "All of them are in the history already." in again.stderr


def test_what_is_adopted_is_in_one_document(noted: Project) -> None:
    noted.put("migrations/002_tag.sql", "create table tag (id int);\n")
    noted.command(UP)

    refused = noted.run("migrate", "adopt", "002")
    assert (refused.status, refused.stdout) == (Exit.REFUSED, "")
    assert "migrations/002_tag.sql:1: the table tag is not there" in refused.stderr

    found = document(noted, "adopt", "002", "--unverified", "tag is elsewhere")["operations"]
    assert [each["run"]["operation"] for each in found] == ["adopt", "adopt"]
    assert step(found[1], "verify")["finding"] == "not verified"
    standings = document(noted, "status")["status"]["migrations"]
    assert [each["standing"] for each in standings] == ["adopted", "adopted"]


def test_a_history_of_supabase_is_left_to_it(noted: Project) -> None:
    noted.put("supabase/migrations/20261127101500_tag.sql", "create table tag (id int);\n")

    done = noted.run("migrate", "adopt", "--all")

    assert (done.status, done.stdout) == (Exit.REFUSED, "")
    assert "supabase migration repair --status applied VERSION" in done.stderr
