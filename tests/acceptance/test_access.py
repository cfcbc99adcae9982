"""``pgassay access`` as a command: on a copy, on production, on the example; its baseline and its tests."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import pgassay
from fix_access import CASES, ROLES
from fix_suite import Done, Project, project_on, template_on
from pgassay.model.exits import Exit
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect
from pgassay.store.access import last_access_run

DEMO = Path(pgassay.__file__).parent / "demo"
SETTINGS = """
[access]
schemas = ["app"]

[[access.identities]]
name = "anon"
role = "access_anon"

[[access.identities]]
name = "u1"
role = "access_user"
claims = { sub = "u1", tenant = 1 }

[[access.identities]]
name = "u2"
role = "access_user"
claims = { sub = "u2", tenant = 2 }
"""


@pytest.fixture
def app_project(server: Server, tmp_path: Path) -> Iterator[Project]:
    """A project whose database has the known matrix, and pgTAP, on each server."""
    with _project(server, tmp_path) as made:
        yield made


@pytest.fixture
def app_project18(server18: Server, tmp_path: Path) -> Iterator[Project]:
    """The same, on the newest server, for what no server has a say in."""
    with _project(server18, tmp_path) as made:
        yield made


@contextmanager
def _project(server: Server, folder: Path) -> Iterator[Project]:
    with template_on(server) as template, project_on(server, template, folder) as made:
        made.command(ROLES)
        made.command((CASES / "matrix.sql").read_text("utf-8"))
        made.put("pgassay.toml", SETTINGS)
        yield made


def document(done: Done) -> dict[str, Any]:
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def access(project: Project, *words: str) -> Done:
    return project.run("access", *words)


def test_without_a_baseline_it_shows_and_strictly_that_is_red(app_project: Project) -> None:
    done = access(app_project)
    strict = access(app_project, "--strict", "-q")

    assert done.status == Exit.OK
    assert "TRIED" in done.stdout and "pgassay access --save" in done.stdout
    assert "on a copy" in done.stdout
    assert strict.status == Exit.RED
    assert app_project.clones() == []


def test_a_saved_matrix_is_compared_and_what_opened_is_named(app_project: Project) -> None:
    saved = access(app_project, "--save", "-q")
    same = access(app_project, "-q")
    app_project.command("alter policy own on app.plain using (true)")
    app_project.command("revoke insert on app.open from access_anon")
    opened = access(app_project)
    told = document(app_project.run("access", "--json"))

    assert (saved.status, same.status, opened.status) == (Exit.OK, Exit.OK, Exit.RED)
    assert "  app.plain: u1 may now SELECT all rows (was: some)\n" in opened.stdout
    assert "  app.open: anon may no longer INSERT all rows (now: no)\n" in opened.stdout
    assert "some -> all" in opened.stdout
    assert told["exit"] == Exit.RED
    opened_cells = [each for each in told["differences"] if each["opened"]]
    plain = {each["action"] for each in opened_cells if each["relation"] == "app.plain"}
    assert plain == {"select", "insert", "update", "move", "delete"}
    with connect(app_project.target) as connection:
        stored = last_access_run(connection, connection.info.dbname)
    assert stored is not None
    assert (stored.verdict, stored.opened) == ("differs", len(opened_cells))


def test_in_place_comes_to_the_same_and_leaves_nothing(app_project: Project) -> None:
    access(app_project, "--save", "-q")

    done = access(app_project, "--in-place", "-q")

    assert done.status == Exit.OK
    assert "rolled back" in done.stdout and "All as in access.toml" in done.stdout
    assert app_project.ask("select polname from pg_policy where polname like 'pgassay%'") == []


def test_on_production_it_reads_only(app_project: Project) -> None:
    access(app_project, "--save", "-q")
    url = app_project.target.conninfo
    app_project.put("pgassay.toml", f'{SETTINGS}\n[targets.live]\nurl = "{url}"\nproduction = true\n')

    done = app_project.run("access", target="live")
    saving = app_project.run("access", "--save", target="live")
    in_place = app_project.run("access", "--in-place", target="live")
    app_project.command("grant select on app.closed to public; create policy p on app.closed using (true)")
    opened = app_project.run("access", "-q", target="live")

    assert "on production, reading only" in done.stdout
    assert "on production only reading is tried" in done.stdout
    assert saving.status == Exit.USAGE
    assert in_place.status == Exit.REFUSED
    assert opened.status == Exit.RED
    assert "app.closed: anon may now SELECT all rows (was: none)" in opened.stdout


def test_its_pgtap_tests_hold_and_notice_what_opens(app_project: Project) -> None:
    made = access(app_project, "--emit-tests", "tests", "-q")
    whole = app_project.test("tests")
    app_project.command("alter policy own on app.leaky with check (owner = (select app.uid()))")
    app_project.command("create policy more on app.parent for delete to access_user using (true)")
    after = app_project.test("tests")

    assert made.status == Exit.OK
    assert whole.status == Exit.OK, whole.stdout
    assert after.status == Exit.RED
    assert "app.leaky: u1 move all" in after.stdout
    assert "app.parent: u1 delete some" in after.stdout
    assert "app.plain" not in after.stdout.partition("\nFailed\n")[2]


def test_markdown_is_a_table(app_project18: Project) -> None:
    done = access(app_project18, "--format", "markdown")

    lines = done.stdout.splitlines()
    assert lines[0] == "## Access: TRIED"
    assert "| relation | identity | select | insert | update | move | delete | truncate |" in lines
    assert any(each.startswith("| app.leaky | u1 | some | no | some | all | no | no |") for each in lines)


@pytest.mark.parametrize(
    ("settings", "sentence", "status"),
    [
        ("[[access.identities]]\nrole = 'access_gone'\n", "There is no role access_gone", Exit.USAGE),
        ("[[access.identities]]\nname = 'x'\n", "an identity needs a role", Exit.USAGE),
        ("[[access.identities]]\nrole = 'x'\nclaim = {}\n", "an identity has no claim", Exit.USAGE),
        (
            "[access]\nschemas = ['nowhere']\n[[access.identities]]\nrole = 'access_anon'\n",
            "no table or view",
            Exit.USAGE,
        ),
        ("[access]\nbaseline = 'bad.toml'\n", "not valid TOML", Exit.USAGE),
    ],
)
def test_bad_input_is_a_sentence(app_project18: Project, settings: str, sentence: str, status: Exit) -> None:
    app_project18.put("pgassay.toml", settings)
    app_project18.put("bad.toml", "x = ")

    done = access(app_project18)

    assert done.status == status
    assert sentence in done.stderr


def test_the_example_is_as_its_baseline_says(server18: Server, tmp_path: Path) -> None:
    with template_on(server18) as template, project_on(server18, template, tmp_path) as made:
        done = made.run("access", "--demo", "--json")

    told = document(done)
    assert done.status == Exit.OK, told["differences"]
    assert (told["differences"], told["not_verified"]) == ([], 0)
    assert told["verified"] > 700


def test_the_example_keeps_tenants_apart() -> None:
    lines = (DEMO / "access.toml").read_text("utf-8")

    assert "move some" not in lines.replace("service_role", "")
    names = ("rep =", "admin =", "manager =", "viewer =")
    people = [line for line in lines.splitlines() if line.startswith(names)]
    assert people and not any(" all" in line for line in people)
    strangers = [line for line in lines.splitlines() if line.startswith("stranger =")]
    assert not any("some" in line or "all" in line for line in strangers)
