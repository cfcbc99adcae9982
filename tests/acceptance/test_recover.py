"""``pgassay recover`` as a command: on the CRM example, and with what people give it by mistake."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from fix_server import fresh_database
from fix_suite import Project, name_of
from pgassay.flows.demo.run import HOME, build_crm
from pgassay.pg import embedded
from pgassay.pg.connection import connect
from pgassay.pg.pgtap import ensure


@pytest.fixture(scope="module")
def crm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """The CRM example on a server of its own."""
    with embedded.start() as server:
        target = build_crm(server.target, HOME, scale=1)
        with connect(target) as connection:
            ensure(connection)
        directory = tmp_path_factory.mktemp("crm") / "backups"
        yield Project(folder=HOME, target=target, environment={"BACKUP_DIR": str(directory)})


def test_the_example_is_backed_up_listed_verified_and_drilled(crm: Project) -> None:
    made = crm.run("recover", "backup", "--json")
    assert made.status == 0, made.stderr
    backup = json.loads(made.stdout)["operation"]["backup"]
    assert (backup["tables"] > 40, Path(backup["location"], "manifest.json").is_file()) == (True, True)

    verified = crm.run("recover", "verify", backup["id"][:8])
    assert (verified.status, "PASSED" in verified.stdout) == (0, True)
    assert f" · backup {backup['id'][:8]}" in verified.stdout

    drilled = crm.run("recover", "drill", "--json")
    document = json.loads(drilled.stdout)
    assert document["format"] == "pgassay.recover/1"
    assert drilled.status == 0, document
    steps = {each["result"]["step"]: each["result"] for each in document["operation"]["steps"]}
    assert steps["tests"]["sentence"].endswith("test files passed on the copy.")
    assert document["operation"]["measured"]["rto_s"] > 0
    assert document["operation"]["standing"] == "tested"

    assert _standing(crm, backup["id"]) == ("tested", True)
    text = crm.run("recover", "list").stdout
    assert "tested" in text and backup["location"] in text

    cut = next(Path(backup["location"], "archive").glob("*.dat.gz"))
    cut.write_bytes(cut.read_bytes()[:-1])
    damaged = crm.run("recover", "verify")
    assert damaged.status == 1
    assert f"archive/{cut.name}" in damaged.stdout
    assert _standing(crm, backup["id"]) == ("failed", True)


def _standing(crm: Project, backup: str) -> tuple[str, bool]:
    """Give the state of a backup as it is listed, and whether it is there."""
    listed = json.loads(crm.run("recover", "list", "--json").stdout)["backups"]
    ((state, there),) = [(each["state"], each["there"]) for each in listed if each["id"] == backup]
    return state, there


def test_a_mistake_gets_a_sentence_and_a_remedy(crm: Project, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for words, status, said in (
        (("recover", "drill", "ffffffff"), 2, "There is no backup 'ffffffff'."),
        (("recover", "verify", str(tmp_path)), 2, "There is no backup in"),
        (("recover", "backup", "--to", str(tmp_path / "file")), 1, "Backups cannot be kept in"),
        (("recover", "backup", "--jobs", "0"), 2, "at least 1"),
    ):
        done = crm.run(*words)
        assert done.status == status, (words, done.stdout, done.stderr)
        assert said in done.stdout + done.stderr, (words, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr


def test_a_target_that_is_not_there_has_no_backup_and_gets_none(tmp_path: Path) -> None:
    with embedded.start() as server, fresh_database(server) as target:
        project = Project(folder=tmp_path, target=target, environment={"BACKUP_DIR": str(tmp_path / "b")})

        gone = project.run("recover", "drill", target=f"host={tmp_path} dbname={name_of(target)}")

        assert gone.status == 4
        assert "Cannot connect to" in gone.stderr
