"""Where pg_prove is silently green, pgassay warns; and what runs nothing is never a success."""

import pytest

from fix_suite import Project, committing, passing
from pgassay.model.exits import Exit
from pgassay.model.suite import Trouble

HIDDEN_ERROR = (
    "\\set ON_ERROR_STOP off\n\\set ON_ERROR_ROLLBACK on\nbegin;\nselect plan(1);\nselect 1/0;\n"
    "select pass('a');\nselect * from finish();\nrollback;\n"
)
TRAPS = {
    "todo.sql": (passing("fail('fix this # TODO later')"), Trouble.HIDDEN_TODO),
    "quits.sql": ("begin;\nselect plan(1);\nselect pass('a');\n\\q\nselect fail('b');\n", Trouble.QUIT_EARLY),
    "commits.sql": (committing("pass('a')", body="create table stays_here (a int);"), Trouble.COMMITTED),
    "hides.sql": (HIDDEN_ERROR, Trouble.HIDDEN_ERROR),
}


def test_each_trap_is_a_warning(project: Project) -> None:
    for path, (text, _) in TRAPS.items():
        project.put(path, text)

    done = project.test(".")

    assert done.status == Exit.OK
    assert {path: done.warned(path) for path in done.results} == {
        path: [trouble] for path, (_, trouble) in TRAPS.items()
    }
    for _, trouble in TRAPS.values():
        assert trouble.value in done.stdout or trouble.value.replace("_", " ") in done.stdout.lower()


def test_each_trap_is_a_failure_when_the_run_is_strict(project: Project) -> None:
    for path, (text, _) in TRAPS.items():
        project.put(path, text)

    done = project.test(".", "--strict")

    assert done.status == Exit.RED
    assert {path: done.troubles(path) for path in done.results} == {
        path: [trouble] for path, (_, trouble) in TRAPS.items()
    }
    assert all(each.red for each in done.results.values())


def test_strict_may_be_a_setting(project: Project) -> None:
    project.put("todo.sql", TRAPS["todo.sql"][0])
    project.put("pgassay.toml", "[suite]\nstrict = true\n")

    assert project.test(".").status == Exit.RED


def test_what_has_no_trap_has_no_warning(project: Project) -> None:
    project.write(
        a=passing(),
        b=passing("pass('a \\# TODO of its own')"),
        c="select plan(1);\nselect pass('no transaction');\n",
        d=passing() + "\\q\n",
        e=passing() + "\\q\n\n",
    )

    done = project.test(".", "--strict")

    assert done.status == Exit.OK, [done.complaint(path) for path in done.results]


def test_files_deep_in_folders_are_found_whatever_pg_prove_would_need(project: Project) -> None:
    project.put(".proverc", "--ext .nothing\n--norecurse\n")
    project.put("deep/er/still/a.sql", passing())
    project.put("deep/b.pg", passing())

    done = project.test("deep")

    assert sorted(done.results) == ["deep/b.pg", "deep/er/still/a.sql"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["empty"], "holds no test file"),
        ([], "No path is given"),
        (["notes"], "holds no test file"),
        (["some", "--critical-only"], "No test file is left to run"),
        (["some", "--tag", "rare"], "No test file is left to run"),
        (["some", "--category", "security"], "No test file is in category 'security'"),
        (["some", "--shard", "2/2"], "Shard 2 of 2 has no file"),
        (["none/*.sql"], "holds no test file"),
    ],
)
def test_nothing_to_run_is_never_a_success(project: Project, words: list[str], says: str) -> None:
    (project.folder / "empty").mkdir(parents=True)
    project.put("notes/readme.txt", "no test")
    project.put("some/a.sql", passing())

    done = project.test(*words)

    assert done.status == Exit.USAGE
    assert says in done.stderr
    assert done.stdout == ""


def test_a_file_without_a_test_is_red(project: Project) -> None:
    project.write(
        a="select 1;\n", b="-- nothing\n", c="", d="select * from no_plan();\nselect * from finish();\n"
    )

    done = project.test(".")

    assert done.status == Exit.RED
    assert all(each.red for each in done.results.values())


def test_a_run_whose_files_all_skip_themselves_says_so(project: Project) -> None:
    project.put("a.sql", "\\echo '1..0 # SKIP not on this server'\n")

    done = project.test(".")

    assert done.outcomes == {"a.sql": "skipped"}
    assert "not on this server" in done.stdout
