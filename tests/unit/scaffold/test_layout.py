from pathlib import Path

import pytest

from pgassay.scaffold.layout import Layout, LayoutKind, Usual, detect

USUAL = Usual(
    tests=("sql/tests", "supabase/tests", "tests/db"),
    migrations=("supabase/migrations", "migrations", "db/migrations"),
    is_migration=lambda name: name[0].isdecimal() and name.endswith(".sql"),
)


def put(root: Path, *names: str) -> Path:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("", "utf-8")
    return root


def plain(tests: str, migrations: str, *, kept: bool = True) -> Layout:
    return Layout(kind=LayoutKind.PLAIN, tests=tests, migrations=migrations, migrations_kept=kept)


def test_an_empty_project_gets_the_first_usual_places(tmp_path: Path) -> None:
    expected = plain("sql/tests", "migrations", kept=False)
    assert detect(tmp_path, USUAL) == expected
    assert detect(tmp_path / "not there yet", USUAL) == expected


@pytest.mark.parametrize("name", ["supabase/config.toml", "supabase/migrations/20240101000000_a.sql"])
def test_a_supabase_project_is_known_by_its_settings_or_its_migrations(tmp_path: Path, name: str) -> None:
    found = detect(put(tmp_path, name, "migrations/001_a.sql"), USUAL)
    assert (found.kind, found.tests) == (LayoutKind.SUPABASE, "supabase/tests")
    assert (found.migrations, found.migrations_kept) == ("supabase/migrations", name.endswith(".sql"))


def test_supabase_tests_go_before_others_where_there_are_any(tmp_path: Path) -> None:
    put(tmp_path, "supabase/config.toml", "tests/db/a.sql")
    assert detect(tmp_path, USUAL).tests == "tests/db"
    assert detect(put(tmp_path, "supabase/tests/database/b.sql"), USUAL).tests == "supabase/tests"


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["migrations/001_a.sql"], plain("sql/tests", "migrations")),
        (["db/migrate/001_a.sql"], plain("sql/tests", "db/migrate")),
        (["sql/001_a.sql"], plain("sql/tests", "sql")),
        (["sql/migrations/001_a.sql", "sql/views.sql"], plain("sql/tests", "sql/migrations")),
        (["sql/views.sql"], plain("sql/tests", "migrations", kept=False)),
        (["db/migrate/20240101_a.rb"], plain("sql/tests", "db/migrate")),
        (["migrations/__init__.py", "db/migrations/1_a.sql"], plain("sql/tests", "db/migrations")),
        (["sql/tests/unit/a.pg", "sql/tests/002_b.sql"], plain("sql/tests", "migrations", kept=False)),
        (["tests/db/deep/down/a.sql"], plain("tests/db", "migrations", kept=False)),
        (["tests/db/a.py"], plain("sql/tests", "migrations", kept=False)),
    ],
)
def test_tests_and_migrations_are_where_files_speak_for_it(
    tmp_path: Path, names: list[str], expected: Layout
) -> None:
    assert detect(put(tmp_path, *names), USUAL) == expected
