"""Which files are tests, what their place and head say about them, and what an empty hand is told."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pgassay.model.errors import NothingToRun, UsageError
from pgassay.model.execution import Isolation
from pgassay.model.suite import TestFile
from pgassay.suite.discover import discover

TEST = "select plan(1);\nselect pass();\nselect * from finish();\n"
Tree = Callable[..., None]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tree:
    """Write files (a name alone holds a test) into a working directory of their own."""
    monkeypatch.chdir(tmp_path)

    def write(*names: str, **contents: str) -> None:
        for name in names:
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(contents.get("content", TEST), encoding="utf-8")

    return write


def _paths(*paths: str, exclude: tuple[str, ...] = ()) -> list[str]:
    return [each.path for each in discover(paths, exclude=exclude)]


def test_searches_directories_to_any_depth(tree: Tree) -> None:
    tree("db/a.sql", "db/deep/er/b.pg", "db/C.SQL", "db/notes.md", "db/script.psql")
    assert _paths("db") == ["db/C.SQL", "db/a.sql", "db/deep/er/b.pg"]


def test_leaves_out_hidden_and_underscored_names(tree: Tree) -> None:
    tree("db/a.sql", "db/.hidden.sql", "db/_helper.sql", "db/.git/x.sql", "db/_shared/x.sql")
    assert _paths("db") == ["db/a.sql"]


@pytest.mark.parametrize("name", ["db/a.sql", "db/_helper.sql", "db/.hidden.sql", "db/script.psql"])
def test_takes_a_file_named_by_itself(tree: Tree, name: str) -> None:
    tree("db/a.sql", name)
    assert _paths(name) == [name]


def test_keeps_paths_as_typed(tree: Tree, tmp_path: Path) -> None:
    tree("db/a.sql", "db/b.sql")
    assert _paths("./db/a.sql") == ["db/a.sql"]
    assert _paths("db/../db") == ["db/../db/a.sql", "db/../db/b.sql"]
    assert _paths(str(tmp_path / "db/b.sql")) == [str(tmp_path / "db/b.sql")]
    assert _paths(".") == ["db/a.sql", "db/b.sql"]


def test_runs_no_file_twice(tree: Tree, tmp_path: Path) -> None:
    tree("db/a.sql", "db/b.sql")
    (tmp_path / "db/link.sql").symlink_to("a.sql")
    for loop in ("loop", "again"):
        (tmp_path / "db" / loop).symlink_to(".")
    assert _paths("db/b.sql", "db", "db/*.sql") == ["db/a.sql", "db/b.sql"]


@pytest.mark.parametrize(
    ("pattern", "paths"),
    [
        ("db/*.sql", ["db/a.sql"]),
        ("db/*", ["db/a.sql", "db/deep/b.sql"]),
        ("db/**/*.sql", ["db/a.sql", "db/deep/b.sql"]),
        ("*/deep", ["db/deep/b.sql"]),
        ("db/[ab].sql", ["db/a.sql"]),
        ("db/*.psql", ["db/c.psql"]),
        ("db/?.*", ["db/a.sql"]),
    ],
)
def test_expands_patterns(tree: Tree, pattern: str, paths: list[str]) -> None:
    tree("db/a.sql", "db/_helper.sql", "db/.hidden.sql", "db/deep/b.sql", "db/c.psql", "db/notes.md")
    assert _paths(pattern) == paths


def test_expands_absolute_patterns(tree: Tree, tmp_path: Path) -> None:
    tree("db/a.sql", "db/b.sql")
    assert _paths(f"{tmp_path}/db/a*") == [f"{tmp_path}/db/a.sql"]


def test_a_pattern_may_spell_out_what_it_would_leave_out(tree: Tree) -> None:
    tree("_db/a.sql", "_db/_b.sql", ".db/c.sql")
    assert _paths("_db/*.sql", ".db/*") == [".db/c.sql", "_db/a.sql"]


def test_a_link_to_nowhere_stays_in_the_plan_and_a_pipe_is_no_script(tree: Tree, tmp_path: Path) -> None:
    tree("db/a.sql")
    (tmp_path / "db/gone.sql").symlink_to("nowhere.sql")
    os.mkfifo(tmp_path / "db/pipe.sql")
    assert _paths("db") == ["db/a.sql", "db/gone.sql"]
    assert _paths("db/*") == ["db/a.sql", "db/gone.sql"]


def test_a_file_may_have_the_name_of_a_pattern(tree: Tree) -> None:
    tree("db/[a].sql", "db/a.sql")
    assert _paths("db/[a].sql") == ["db/[a].sql"]


@pytest.mark.parametrize("place", ["sql/tests", "supabase/tests", "tests/db", "test/sql", "t"])
def test_looks_in_the_usual_places(tree: Tree, place: str) -> None:
    tree(f"{place}/x/a.sql", "elsewhere/b.sql")
    assert _paths() == [f"{place}/x/a.sql"]


def test_takes_the_first_usual_place_that_holds_a_test(tree: Tree) -> None:
    tree("supabase/tests/a.sql", "test/sql/b.sql", "sql/tests/excluded.sql", "sql/tests/notes.md")
    assert _paths(exclude=("excluded.sql",)) == ["supabase/tests/a.sql"]


@pytest.mark.parametrize(
    ("exclude", "paths"),
    [
        (("helpers",), ["db/a.sql", "db/b_setup.sql"]),
        (("helpers/",), ["db/a.sql", "db/b_setup.sql"]),
        (("*_setup.sql",), ["db/a.sql", "db/helpers/h.sql"]),
        (("db/helpers/*", "b*"), ["db/a.sql"]),
        (("./db/b*.sql",), ["db/a.sql", "db/helpers/h.sql"]),
        (("**/h.sql",), ["db/a.sql", "db/b_setup.sql"]),
        (("db/*.sql",), ["db/helpers/h.sql"]),
        (("help",), ["db/a.sql", "db/b_setup.sql", "db/helpers/h.sql"]),
    ],
)
def test_excludes_by_pattern(tree: Tree, exclude: tuple[str, ...], paths: list[str]) -> None:
    tree("db/a.sql", "db/b_setup.sql", "db/helpers/h.sql")
    assert _paths("db", exclude=exclude) == paths


def test_an_exclusion_holds_for_a_file_named_by_itself(tree: Tree) -> None:
    tree("db/a.sql", "db/setup.sql")
    assert _paths("db/a.sql", "db", exclude=("setup.sql",)) == ["db/a.sql"]
    with pytest.raises(NothingToRun, match=r"All test files of 'db/setup.sql' \(1\) are excluded"):
        _paths("db/setup.sql", exclude=("setup.sql",))


@pytest.mark.parametrize(
    "line",
    [
        "\\ir common.sql",
        "  \\include_relative  'common.sql'",
        "\\i db/common.sql",
        "\\include db/common.sql",
        "\\i ./db/common.sql",
    ],
)
def test_a_file_that_others_include_is_no_test(tree: Tree, line: str) -> None:
    tree("db/a.sql", content=f"begin;\n{line}\n{TEST}")
    tree("db/common.sql", content="create temp table fixture (id int);\nselect no_plan();\n\\ir a.sql\n")
    tree("db/z.sql")
    assert _paths("db") == ["db/a.sql", "db/z.sql"]


def test_a_file_that_plans_is_a_test_even_if_it_is_included(tree: Tree) -> None:
    tree("db/a.sql", "db/b.sql")
    tree("db/all.sql", content=f"\\ir a.sql\n\\ir b.sql\n{TEST}")
    tree("db/xunit.sql", content="select * from runtests('crm');")
    tree("db/y.sql", content=f"\\ir xunit.sql\n{TEST}")
    assert _paths("db") == ["db/a.sql", "db/all.sql", "db/b.sql", "db/xunit.sql", "db/y.sql"]


def test_a_helper_named_by_itself_runs(tree: Tree) -> None:
    tree("db/a.sql", content=f"\\ir common.sql\n{TEST}")
    tree("db/common.sql", content="select 1;")
    assert _paths("db/common.sql", "db") == ["db/a.sql", "db/common.sql"]
    assert _paths("db", "db/common.sql") == ["db/a.sql", "db/common.sql"]


def test_a_file_that_includes_itself_is_for_the_run_to_report(tree: Tree) -> None:
    tree("db/a.sql", content="\\ir a.sql")
    assert _paths("db") == ["db/a.sql"]


def test_files_that_only_include_each_other_are_no_tests(tree: Tree) -> None:
    tree("db/a.sql", content="\\ir b.sql")
    tree("db/b.sql", content="\\ir a.sql")
    with pytest.raises(NothingToRun):
        _paths("db")


@pytest.mark.parametrize(
    "line", ["\\ir :dir/common.sql", "\\ir", "\\if true", "-- \\ir common.sql", "\\ir 'a", "\\ir \0"]
)
def test_what_is_no_include_makes_no_helper(tree: Tree, line: str) -> None:
    tree("db/a.sql", content=f"{line}\n{TEST}")
    tree("db/common.sql", content="select 1;")
    assert _paths("db") == ["db/a.sql", "db/common.sql"]


@pytest.mark.parametrize(
    ("path", "category"),
    [
        ("sql/tests/security/a.sql", "security"),
        ("sql/tests/Security/a.sql", "security"),
        ("sql/tests/20-performance/a.sql", "performance"),
        ("sql/tests/billing/a.sql", "billing"),
        ("sql/tests/billing/integration/a.sql", "integration"),
        ("sql/tests/migrations/a.sql", "migration"),
        ("sql/tests/perf/a.sql", "performance"),
        ("sql/tests/a.sql", "general"),
        ("supabase/tests/database/a.sql", "general"),
        ("supabase/tests/database/unit/a.sql", "unit"),
        ("test/sql/a.sql", "general"),
        ("tests/db/billing/a.sql", "billing"),
        ("t/unit/a.pg", "unit"),
        ("checks/unit/a.sql", "unit"),
        ("checks/billing/a.sql", "general"),
        ("security.sql", "general"),
        ("tests/security/test/a.sql", "security"),
    ],
)
def test_the_folder_gives_the_category(tree: Tree, path: str, category: str) -> None:
    tree(path)
    assert [each.category for each in discover([path])] == [category]


def test_the_category_is_known_from_inside_the_tests_folder_too(
    tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree("tests/security/a.sql", "tests/billing/b.sql")
    monkeypatch.chdir(tmp_path / "tests" / "security")
    assert [each.category for each in discover(["a.sql"])] == ["security"]
    monkeypatch.chdir(tmp_path / "tests" / "billing")
    assert [each.category for each in discover(["b.sql"])] == ["general"]


def test_orders_by_safety_then_by_path(tree: Tree) -> None:
    names = ["unit", "security", "performance", "integration", "billing", "accounts", "migration"]
    tree(*(f"tests/{name}/{file}.sql" for name in names for file in "ba"), "tests/z.sql")
    assert [each.path for each in discover(["tests"])] == [
        f"tests/{name}/{file}.sql"
        for name in ["unit", "security", "performance", "integration", "accounts", "billing"]
        for file in "ab"
    ] + ["tests/z.sql", "tests/migration/a.sql", "tests/migration/b.sql"]


def test_a_category_stays_together(tree: Tree) -> None:
    for name, category in (("a", "beta"), ("b", "alpha"), ("c", "beta")):
        tree(f"db/{name}.sql", content=f"-- pgassay: category {category}\n")
    assert _paths("db") == ["db/b.sql", "db/a.sql", "db/c.sql"]


def test_reads_the_head_comment(tree: Tree) -> None:
    head = "-- pgassay: critical, timeout 3s, category integration, isolation clone, tags x y\n"
    tree("tests/unit/a.sql", content=head + TEST)
    assert discover(["tests"]) == (
        TestFile(
            path="tests/unit/a.sql",
            category="integration",
            critical=True,
            timeout_s=3,
            isolation=Isolation.CLONE,
            tags=("x", "y"),
        ),
    )


def test_patterns_make_files_critical(tree: Tree) -> None:
    tree("tests/unit/a.sql", "tests/unit/b.sql", "tests/security/c.sql")
    critical = discover(["tests"], critical=("security/*", "a.sql"))
    assert [each.path for each in critical if each.critical] == ["tests/unit/a.sql", "tests/security/c.sql"]


def test_all_bad_head_comments_are_named_at_once(tree: Tree) -> None:
    tree("db/a.sql", content="-- pgassay: critcal\n")
    tree("db/b.sql", content="-- pgassay: timeout soon\n")
    tree("db/c.sql")
    with pytest.raises(UsageError) as caught:
        discover(["db"])
    assert [line.split(" ")[0] for line in caught.value.sentence.split("\n")] == [
        "db/a.sql:1:",
        "db/b.sql:1:",
    ]
    assert caught.value.remedy == "Did you mean 'critical'?"


def test_a_file_that_is_not_utf_8_stays_in_the_plan(tree: Tree, tmp_path: Path) -> None:
    tree("db/a.sql")
    (tmp_path / "db/b.sql").write_bytes(b"-- pgassay: critical\n-- gr\xfcn\nselect 1;")
    (tmp_path / "db/c.sql").write_bytes(b"-- pgassay: tags gr\xfcn\nselect 1;")
    found = {each.path: each.critical for each in discover(["db"])}
    assert found == {"db/a.sql": False, "db/b.sql": True, "db/c.sql": False}


@pytest.mark.parametrize(
    ("path", "sentence", "remedy"),
    [
        ("dbs", "There is no file or directory 'dbs'.", "Did you mean 'db'?"),
        ("db/b.sql", "There is no file or directory 'db/b.sql'.", "Did you mean 'db/a.sql'?"),
        ("no/where", "There is no file or directory 'no/where'.", ""),
        ("", "There is no file or directory ''.", ""),
        ("nul\0", "There is no file or directory 'nul\\x00'.", ""),
        ("x" * 5000, "cannot be read", ""),
        ("db/**.sql", "cannot be read", ""),
        ("/dev/null", "'/dev/null' is neither a file nor a directory.", ""),
    ],
)
def test_a_path_that_makes_no_sense_is_an_error(tree: Tree, path: str, sentence: str, remedy: str) -> None:
    tree("db/a.sql")
    with pytest.raises(UsageError) as caught:
        discover(["db", path])
    assert sentence in caught.value.sentence
    assert remedy in caught.value.remedy


@pytest.mark.parametrize("path", ["empty", "docs", "db/*.pg", "nothing/*/here"])
def test_a_place_without_tests_is_an_error(tree: Tree, tmp_path: Path, path: str) -> None:
    tree("db/a.sql", "docs/a.md")
    (tmp_path / "empty").mkdir()
    with pytest.raises(NothingToRun, match="holds no test file"):
        discover(["db", path])


def test_no_path_and_no_usual_place_is_an_error(tree: Tree) -> None:
    tree("src/a.sql")
    with pytest.raises(NothingToRun, match="sql/tests, supabase/tests"):
        discover([])
