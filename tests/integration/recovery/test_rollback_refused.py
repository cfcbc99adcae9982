"""What is refused: one sentence, exit 3, and nothing is touched."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from fix_rollback import HARM, Scene
from pgassay.model.backup import BackupState
from pgassay.model.consent import NameConsent
from pgassay.model.errors import Refused, UsageError
from pgassay.pg.connection import connect, sql
from pgassay.recovery.rollback.ground import ground
from pgassay.store.recovery import newest


@contextmanager
def refused(scene: Scene, *words: str) -> Iterator[None]:
    """Expect a refusal with these words, and a database, a server and a store as they were."""
    databases = "select datname, oid, datallowconn from pg_database order by 1"
    before = scene.on_server(databases), scene.ask("select * from kept order by id")
    with pytest.raises(Refused) as caught:
        yield
    told = f"{caught.value.sentence} {caught.value.remedy}"
    assert [each for each in words if each not in told] == [], told
    assert (scene.on_server(databases), scene.ask("select * from kept order by id")) == before
    assert scene.ask("select count(*) from prod_test_schema.rollback_events") == [(0,)]


@contextmanager
def role(scene: Scene, options: str, *, owner: bool = False) -> Iterator[Scene]:
    """Give the same scene for a role with these options, which may use the store."""
    name = "rollback_role"
    with connect(scene.target) as connection:
        connection.execute(sql.SQL("create role {} login {}").format(sql.Identifier(name), sql.SQL(options)))
        connection.execute(f"grant pg_read_all_data, pg_write_all_data to {name}".encode())
        if owner:
            owned = sql.SQL("alter database {} owner to {}")
            connection.execute(owned.format(sql.Identifier(scene.name), sql.Identifier(name)))
    try:
        yield replace(scene, target=scene.target.changed({"user": name}))
    finally:
        with connect(scene.target) as connection:
            back = sql.SQL("alter database {} owner to postgres").format(sql.Identifier(scene.name))
            connection.execute(back)
            connection.execute(f"drop owned by {name} cascade; drop role {name}".encode())


def state(scene: Scene, wanted: BackupState) -> None:
    """Say how far the backup is proven."""
    with connect(scene.target) as connection:
        connection.execute("update prod_test_schema.backups set tested_at = null, state = %s", [wanted])


@pytest.mark.parametrize("wanted", [BackupState.CREATED, BackupState.VALIDATED, BackupState.FAILED])
def test_a_backup_that_is_not_tested(small: Scene, wanted: BackupState) -> None:
    state(small, wanted)
    with refused(small, "no tested backup", "none is tested", "pgassay recover drill"):
        small.run()
    with connect(small.target) as connection:
        known = small.ask("select id::text from prod_test_schema.backups")
        assert newest(connection, None) is None or known
    with refused(small, str(wanted), "not tested"):
        small.run(backup=str(known[0][0])[:8])


def test_no_backup_at_all(small: Scene) -> None:
    small.command("delete from prod_test_schema.backups")
    with refused(small, "There is no tested backup", "pgassay recover drill"):
        small.run()
    with pytest.raises(UsageError, match="no backups begin with"):
        small.run(backup="abcd")


def test_the_backup_of_another_database_is_none_of_this_one(small: Scene) -> None:
    small.command("update prod_test_schema.backups set database = database || '_other'")
    with refused(small, "no tested backup"):
        small.run()


@pytest.fixture
def own(small: Scene, tmp_path: Path) -> Path:
    """The directory of a backup that a test may harm."""
    ((place,),) = small.ask("select location from prod_test_schema.backups")
    copy = tmp_path / "backup"
    for file in Path(str(place)).rglob("*"):
        if file.is_file():
            there = copy / file.relative_to(Path(str(place)))
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_bytes(file.read_bytes())
    with connect(small.target) as connection:
        connection.execute("update prod_test_schema.backups set location = %s", [str(copy)])
    return copy


def largest(place: Path) -> Path:
    return max((each for each in (place / "archive").iterdir()), key=lambda each: each.stat().st_size)


def test_a_truncated_backup(small: Scene, own: Path) -> None:
    file = largest(own)
    file.write_bytes(file.read_bytes()[:-20])
    with refused(small, "is not whole", file.name, "--backup"):
        small.run()


def test_a_byte_that_is_another(small: Scene, own: Path) -> None:
    file = largest(own)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(bytes(content))
    with refused(small, "is not whole", "another content"):
        small.run()


def test_a_manifest_that_was_written_anew(small: Scene, own: Path) -> None:
    manifest = own / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b'"rows": 20', b'"rows": 8'))
    with refused(small, "not the manifest that was written"):
        small.run()


def test_a_damaged_manifest_and_a_backup_that_is_gone(small: Scene, own: Path) -> None:
    (own / "manifest.json").write_bytes(b"{")
    with refused(small, "is damaged"):
        small.run()
    own.rename(own.with_name("moved"))
    with refused(small, "is not at"):
        small.run()


def test_the_backup_of_another_server(small: Scene, own: Path) -> None:
    manifest = own / "manifest.json"
    ((system,),) = small.ask("select system_identifier::text from pg_control_system()")
    manifest.write_bytes(manifest.read_bytes().replace(str(system).encode(), b"7000000000000000001"))
    small.command("update prod_test_schema.backups set manifest_sha256 = null")
    with refused(small, "is of another server"):
        small.run()


def test_nobody_confirms(small: Scene) -> None:
    small.command(HARM)
    with refused(small, "needs its name", f"--confirm {small.name}"):
        small.run(consent=NameConsent())
    assert "20 then" in small.said.getvalue() and "is missing" in small.said.getvalue()
    with refused(small, "'other' is confirmed"):
        small.run(consent=NameConsent(given="other"))
    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        return "yes"

    with refused(small, "not its name"):
        small.run(consent=NameConsent(ask=answer))
    assert len(asked) == 1 and small.name in asked[0]
    assert small.run(consent=NameConsent(ask=lambda _: small.name)).exit == 0


def test_two_at_once(small: Scene) -> None:
    with (
        ground(small.target, small.name),
        refused(small, "Another pgassay is rolling", "pgassay rollback list"),
    ):
        small.run()
    with refused(small, "No database is kept aside"):
        small.undo()


def test_a_role_that_may_not_create_databases(small: Scene) -> None:
    with role(small, "nocreatedb", owner=True) as lesser, refused(small, "may not create", "createdb"):
        lesser.run()


def test_a_role_that_does_not_own_the_database(small: Scene) -> None:
    with role(small, "createdb") as lesser, refused(small, "may not rename", "its owner is postgres"):
        lesser.run()


def test_sessions_that_the_role_may_not_end(small: Scene) -> None:
    with (
        role(small, "createdb", owner=True) as lesser,
        connect(small.target, application="of a superuser"),
        refused(small, "may not be ended", "of a superuser", "pg_signal_backend"),
    ):
        lesser.run()


def test_an_unknown_store_remembers_nothing(small: Scene) -> None:
    without = replace(
        small, settings=replace(small.settings, store=replace(small.settings.store, enabled=False))
    )
    with pytest.raises(UsageError, match="enabled is false"):
        without.run()


def test_a_template(small: Scene) -> None:
    name = sql.Identifier(small.name)
    with connect(small.server) as connection:
        connection.execute(sql.SQL("alter database {} is_template true").format(name))
        try:
            with refused(small, "is a template", "is_template false"):
                small.run()
        finally:
            connection.execute(sql.SQL("alter database {} is_template false").format(name))
