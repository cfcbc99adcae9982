"""``pgassay rollback`` as a person and a script use it."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from fix_suite import Done, Project
from pgassay.model.exits import Exit
from pgassay.pg.connection import connect


@pytest.fixture
def shop(project: Project, tmp_path: Path) -> Project:
    """A project whose database has a drilled backup, and was harmed since."""
    project.environment.update(
        BACKUP_DIR=str(tmp_path / "backups"), ROLLBACK_TRIGGER_FILE=str(tmp_path / "rollback-now")
    )
    project.put("pgassay.toml", "[recovery]\ntests = []\n")
    project.command(
        "create table orders (id int primary key); insert into orders select generate_series(1, 9)"
    )
    drilled = project.run("recover", "drill", "--fresh")
    assert drilled.status == Exit.OK, drilled.stdout + drilled.stderr
    project.command("delete from orders where id > 2")
    return project


def name(project: Project) -> str:
    return project.target.database


def ran(project: Project, *words: str, status: Exit) -> Done:
    done = project.run("rollback", *words)
    assert done.status == status, done.stdout + done.stderr
    return done


def test_from_the_trigger_to_the_undo(shop: Project, tmp_path: Path) -> None:
    assert "NOT VERIFIED" in ran(shop, "check", status=Exit.UNAVAILABLE).stdout
    (tmp_path / "rollback-now").write_text("orders vanish", "utf-8")
    assert "Somebody asks for it: orders vanish." in ran(shop, "check", status=Exit.RED).stdout

    refused = ran(shop, "run", status=Exit.REFUSED)
    assert "2 now, 9 then (+7)" in refused.stderr
    assert f"pgassay rollback run --confirm {name(shop)}" in refused.stderr
    ran(shop, "run", "--confirm", "another", status=Exit.REFUSED)
    assert shop.ask("select count(*) from orders") == [(2,)]

    done = ran(shop, "run", "--confirm", name(shop), status=Exit.OK)
    assert "SUCCEEDED" in done.stdout and "reason: orders vanish" in done.stdout
    assert f"pgassay rollback undo --confirm {name(shop)}" in done.stdout
    assert shop.ask("select count(*) from orders") == [(9,)]
    assert not (tmp_path / "rollback-now").exists()
    assert "The database was rolled back to a backup" in shop.run("incidents", "list").stdout

    listed = json.loads(shop.run("--json", "rollback", "list").stdout)["rollbacks"]
    assert [each["status"] for each in listed["operations"]] == ["succeeded"]
    undone = shop.run("--json", "rollback", "undo", "--confirm", name(shop))
    assert undone.status == Exit.OK
    document = json.loads(undone.stdout)
    assert (document["format"], document["outcome"]) == ("pgassay.rollback/1", "succeeded")
    assert document["outage_s"] < 60
    assert shop.ask("select count(*) from orders") == [(2,)]
    _drop_asides(shop)


def test_at_a_terminal_the_name_is_typed(shop: Project) -> None:
    assert "not its name" in _typed(shop, "yes")
    assert shop.ask("select count(*) from orders") == [(2,)]
    said = _typed(shop, name(shop))
    assert f"type its name, {name(shop)}" in said
    assert shop.ask("select count(*) from orders") == [(9,)], said
    _drop_asides(shop)


def test_without_a_backup_nothing_is_done(project: Project) -> None:
    project.run("store", "install")
    refused = ran(project, "run", "--confirm", name(project), status=Exit.REFUSED)
    assert "no tested backup" in refused.stderr and "pgassay recover drill" in refused.stderr
    ran(project, "undo", "--confirm", name(project), status=Exit.REFUSED)
    assert "never rolled back" in ran(project, "list", status=Exit.OK).stdout
    ran(project, "run", "--no-such-flag", status=Exit.USAGE)


def _typed(project: Project, answer: str) -> str:
    """Run a rollback at a terminal, and answer its question."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "pgassay", "--target", project.target.conninfo, "rollback", "run"]
    environment = {**os.environ, **project.environment}
    with subprocess.Popen(
        command,
        cwd=project.folder,
        env=environment,
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        os.close(theirs)
        os.write(ours, f"{answer}\n".encode())
        out, err = process.communicate(timeout=300)
    os.close(ours)
    return (out + err).decode()


def _drop_asides(project: Project) -> None:
    listed = json.loads(project.run("--json", "rollback", "list").stdout)["rollbacks"]
    with connect(project.target.with_database("postgres")) as connection:
        for each in listed["asides"]:
            connection.execute(f'drop database "{each["name"]}" with (force)'.encode())
