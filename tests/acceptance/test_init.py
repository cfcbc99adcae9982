"""``pgassay init`` as a process: in an empty folder, in a Supabase project, in one that exists."""

import json
import subprocess
from pathlib import Path

import pytest

from fix_suite import PATIENT, Project, passing
from pgassay.model.exits import Exit

EVERYTHING = [
    "pgassay.toml",
    "sql/tests/unit/first.sql",
    "migrations/README.md",
    "workload/example.sql",
    ".github/workflows/production-deployment.yml",
]


def content(folder: Path) -> dict[str, bytes]:
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def held(project: Project) -> dict[str, str]:
    """What `pgassay config` says holds in the project."""
    done = project.run("--json", "config")
    assert done.status == Exit.OK, done.stderr
    return {each["key"]: each["value"] for each in json.loads(done.stdout)["settings"]}


def test_an_empty_folder(project: Project) -> None:
    done = project.run("init")
    assert done.status == Exit.OK, done.stderr
    assert "plain project: tests in sql/tests, migrations in migrations." in done.stdout
    assert sorted(content(project.folder)) == sorted(EVERYTHING)

    settings = held(project)
    assert (settings["suite.paths"], settings["perf.workload"]) == ("sql/tests", "workload")
    assert settings["targets.production.url"] == "(needs the variable PRODUCTION_DB_URL)"
    assert project.test().outcomes == {"sql/tests/unit/first.sql": "passed"}
    assert project.test("--critical-only").status == Exit.OK
    assert project.run("perf", "check").status == Exit.UNAVAILABLE  # there is no store yet
    assert project.run("store", "install").status == Exit.OK
    assert project.run("perf", "check").status == Exit.OK
    assert project.run("migrate", "plan").stdout == "Nothing is pending.\n"


def test_the_first_test_and_the_workload_hold_on_production(project: Project) -> None:
    project.run("init")
    project.environment["PRODUCTION_DB_URL"] = project.target.conninfo
    written = (project.folder / "pgassay.toml").read_text()
    project.settings(written, *PATIENT)
    safely = ("--production", "--production-safe", "--post-deployment", "--yes", "--format", "terminal")
    done = project.run("test", *safely, target="production")
    assert done.status == Exit.OK, done.stdout
    assert done.outcomes == {"sql/tests/unit/first.sql": "passed"}


def test_a_supabase_project(project: Project) -> None:
    project.put("supabase/config.toml", "")
    project.put("supabase/migrations/20261127101500_note.sql", "create table note (id int primary key);\n")
    project.put("supabase/tests/database/old.test.sql", passing())

    done = project.run("--json", "init")

    assert done.status == Exit.OK, done.stderr
    document = json.loads(done.stdout)
    assert document["format"] == "pgassay.init/1"
    assert (document["layout"], document["migrations"]) == ("supabase", "supabase/migrations")
    assert document["written"] == [
        "pgassay.toml",
        "supabase/tests/unit/first.sql",
        "workload/example.sql",
        ".github/workflows/production-deployment.yml",
    ]
    assert held(project)["migrate.format"] == "supabase"
    assert "20261127101500_note" in project.run("migrate", "plan").stdout
    assert project.test().outcomes == {
        "supabase/tests/database/old.test.sql": "passed",
        "supabase/tests/unit/first.sql": "passed",
    }


def test_a_project_that_exists(project: Project) -> None:
    project.put("db/migrate/001_note.sql", "create table note (id int primary key);\n")
    project.put("db/migrate/001_note.rollback.sql", "drop table note;\n")
    project.put("tests/db/security/old.sql", passing())

    assert project.run("init", "--no-workflow").status == Exit.OK

    settings = held(project)
    assert (settings["suite.paths"], settings["migrate.paths"]) == ("tests/db", "db/migrate")
    assert not (project.folder / ".github").exists()
    assert not (project.folder / "db/migrate/README.md").exists()
    assert project.test().outcomes == {
        "tests/db/security/old.sql": "passed",
        "tests/db/unit/first.sql": "passed",
    }
    assert project.run("migrate", "rehearse").status == Exit.OK


def test_nothing_is_written_over(project: Project) -> None:
    project.put("workload/example.sql", "-- mine\n")
    project.put(".github/workflows/production-deployment.yml", "mine\n")
    before = content(project.folder)

    done = project.run("init")

    assert (done.status, done.stdout) == (Exit.USAGE, "")
    named = "workload/example.sql, .github/workflows/production-deployment.yml are there already."
    assert f"pgassay: {named} Nothing was written." in done.stderr
    assert content(project.folder) == before

    assert project.run("init", "--force").status == Exit.OK
    assert sorted(content(project.folder)) == sorted(EVERYTHING)
    assert project.run("init").status == Exit.USAGE


def test_settings_in_pyproject_are_not_put_aside(project: Project) -> None:
    project.put("pyproject.toml", '[tool.pgassay.suite]\npaths = ["t"]\n')
    done = project.run("init")
    assert done.status == Exit.USAGE
    assert "has a table [tool.pgassay]" in done.stderr
    assert list(content(project.folder)) == ["pyproject.toml"]
    project.put("pyproject.toml", "[tool.other]\n")
    assert project.run("init").status == Exit.OK


def test_another_folder_below_a_repository(project: Project) -> None:
    project.put("README.md", "")
    subprocess.run(["git", "init", "--quiet"], cwd=project.folder, check=True)
    assert project.run("init", "here").status == Exit.OK
    done = project.run("init", "services/shop")
    assert sorted(content(project.folder / "services" / "shop")) == sorted(EVERYTHING)
    assert f"The repository's root is {project.folder.resolve()}: move .github/workflows" in done.stdout
    assert "cd services/shop && pgassay --target URL test" in done.stdout


@pytest.mark.parametrize(
    ("place", "told"),
    [("a-file", "a-file is no directory"), ("a-file/below", "a-file is no directory"), ("/proc/x", "/proc")],
)
def test_a_place_that_cannot_be_is_one_sentence(project: Project, place: str, told: str) -> None:
    project.put("a-file", "")
    done = project.run("init", place)
    assert (done.status, done.stdout) == (Exit.USAGE, "")
    assert told in done.stderr
