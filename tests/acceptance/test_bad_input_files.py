"""A test file with a mistake in it: one sentence that names file and line, and the other files still run."""

import pytest

from fix_suite import Project, passing
from pgassay.model.exits import Exit
from pgassay.model.suite import Outcome, Trouble

OPEN = "begin;\nselect plan(1);\nselect pass('a');\n"

BROKEN: dict[str, tuple[str | bytes, Trouble, str]] = {
    "bytes.sql": (
        OPEN.encode() + b"select 'caf\xe9';\n",
        Trouble.BAD_SCRIPT,
        "bytes.sql:4: It needs the real psql (it is not in UTF-8: byte 0xe9)",
    ),
    "quote.sql": (OPEN + "select 'open;\nselect 1;\n", Trouble.BAD_SCRIPT, "quote.sql:4: "),
    "identifier.sql": (OPEN + 'select "open;\nselect 1;\n', Trouble.BAD_SCRIPT, "identifier.sql:4: "),
    "dollar.sql": (OPEN + "\n\ndo $body$ begin\nnull;\nend $$;\n", Trouble.BAD_SCRIPT, "dollar.sql:6: "),
    "comment.sql": (OPEN + "/* open /* nested */\nselect 1;\n", Trouble.BAD_SCRIPT, "comment.sql:4: "),
    "missing.sql": (
        OPEN + "\\i nowhere.sql\n",
        Trouble.DIED,
        "missing.sql:4: nowhere.sql: No such file or directory",
    ),
    "relative.sql": (OPEN + "\\ir ../nowhere.sql\n", Trouble.DIED, "relative.sql:4: "),
    "folder.sql": (OPEN + "\\i folder\n", Trouble.DIED, "folder.sql:4: "),
    "cycle.sql": (OPEN + "\\i cycle.sql\n", Trouble.BAD_SCRIPT, "cycle.sql:4: "),
    "unknown.sql": (OPEN + "\\frobnicate now\n", Trouble.DIED, "unknown.sql:4: "),
    "needs_psql.sql": (OPEN + "\\d pg_class\n", Trouble.BAD_SCRIPT, "needs_psql.sql:4: "),
    "syntax.sql": (
        OPEN + "select 1\n  frm pg_class x y;\n",
        Trouble.DIED,
        "syntax.sql:5: ERROR: syntax error",
    ),
    "copy_rows.sql": (
        OPEN + "create temp table t (a int);\ncopy t from stdin;\n1\nx\n\\.\n",
        Trouble.DIED,
        "copy_rows.sql:5: ERROR: invalid input syntax",
    ),
}


def test_each_mistake_is_told_in_one_sentence_and_the_others_run(project: Project) -> None:
    for path, (content, _, _) in BROKEN.items():
        project.put(path, content)
    (project.folder / "folder").mkdir()
    project.write(zz_last=passing())

    done = project.test(*BROKEN, "zz_last.sql", "--engine", "native")

    assert done.status == Exit.RED
    assert done.outcomes["zz_last.sql"] == "passed"
    for path, (_, trouble, words) in BROKEN.items():
        assert done.results[path].outcome is Outcome.FAILED
        assert done.troubles(path)[0] is trouble, done.complaint(path)
        assert done.complaint(path).startswith(words), done.complaint(path)
        assert "\n" not in done.results[path].problems[0].message
        assert path in done.stdout


def test_copy_data_that_never_end_are_told(project: Project) -> None:
    project.write(a="create temp table t (a text);\ncopy t from stdin;\n1\nselect plan(1);\n", b=passing())

    done = project.test(".", "--engine", "native")

    assert done.outcomes == {"a.sql": "failed", "b.sql": "passed"}
    told = done.results["a.sql"].problems + done.results["a.sql"].warnings
    assert any(str(each.place) == "a.sql:2" and "COPY" in each.message for each in told)


def test_a_file_that_is_no_text_is_left_to_psql_where_that_may_be(project: Project) -> None:
    project.put("a.sql", b"begin;\nselect plan(1);\nselect pass('caf\xe9');\nrollback;\n")
    project.write(b=passing())

    done = project.test(".")

    assert done.status == Exit.RED
    assert done.outcomes == {"a.sql": "failed", "b.sql": "passed"}
    assert 'a.sql:3: ERROR:  invalid byte sequence for encoding "UTF8"' in done.complaint("a.sql")


@pytest.mark.parametrize("engine", ["native", "psql"])
def test_a_file_that_vanishes_before_its_turn_is_red(project: Project, engine: str) -> None:
    project.write(a=passing(body=f"\\! rm {project.folder}/b.sql\n"), b=passing(), c=passing())

    done = project.test(".", "--engine", "psql" if engine == "psql" else "auto")

    assert done.outcomes == {"a.sql": "passed", "b.sql": "failed", "c.sql": "passed"}
    assert "No such file or directory" in done.complaint("b.sql")


def test_a_link_that_leads_nowhere_is_red(project: Project) -> None:
    project.write(b=passing())
    (project.folder / "a.sql").symlink_to("nowhere.sql")

    done = project.test(".")

    assert done.outcomes == {"a.sql": "failed", "b.sql": "passed"}
    assert "No such file or directory" in done.complaint("a.sql")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("-- pgassay: critcal", "a.sql:2"),
        ("-- pgassay: timeout soon", "a.sql:2"),
        ("-- pgassay: isolation none", "a.sql:2"),
    ],
)
def test_a_head_comment_that_makes_no_sense_stops_everything(project: Project, line: str, says: str) -> None:
    project.write(a=f"-- a test\n{line}\n" + passing(), b=passing())

    done = project.test(".")

    assert (done.status, done.results) == (Exit.USAGE, {})
    assert says in done.stderr


def test_hostile_names_and_texts_are_shown_and_stored(project: Project) -> None:
    strange = 'it\'s; \u2713 "quoted" <b>&amp; $(x).sql'
    project.put(
        strange, passing("is('\u00e9\u2713<&>'::text, E'\\x01\\x1b[31m', '<script>alert(1)</script>')")
    )

    done = project.test(
        ".", "--format", "junit:r.xml", "--format", "html:r.html", "--format", "tap:r.tap", record=True
    )

    assert done.outcomes == {strange: "failed"}
    assert "<script>alert(1)" not in (project.folder / "r.html").read_text()
    assert project.ask("select path from prod_test_schema.test_file_results") == [(strange,)]
