"""What a backup or a drill refuses, and what it says where something is missing."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from fix_recovery import SHOP, Vault, broken, complaints, location, results, unverified, vault_on
from fix_server import fresh_database
from fix_supabase import Project
from pgassay.config.load import load
from pgassay.model.errors import Refused, Unavailable, UsageError
from pgassay.model.exits import Exit
from pgassay.model.recovery import RecoveryStep
from pgassay.pg import cluster
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect
from pgassay.pg.program import find_program


@pytest.fixture
def limited(vault: Vault) -> Iterator[Vault]:
    """The same database, as a role that reads everything that policies let it."""
    vault.command(
        "create role vault_clerk login; grant pg_read_all_data to vault_clerk; create schema prod_test_schema"
    )
    try:
        yield replace(vault, target=vault.target.changed({"user": "vault_clerk"}))
    finally:
        vault.command("drop owned by vault_clerk; drop role vault_clerk")


def test_a_role_that_policies_hide_rows_from_is_refused(limited: Vault) -> None:
    with pytest.raises(Refused) as refusal:
        limited.without_store().backup()

    assert "does not see all rows of public.customers" in refusal.value.sentence
    assert "bypassrls" in refusal.value.remedy
    assert not limited.directory.exists()


def test_a_role_that_may_not_read_is_refused(limited: Vault) -> None:
    with connect(limited.target.changed({"user": "postgres"})) as connection:
        connection.execute("alter role vault_clerk bypassrls; revoke pg_read_all_data from vault_clerk")

    with pytest.raises(Refused) as refusal:
        limited.without_store().backup()

    assert "may not read" in refusal.value.sentence


def test_the_target_itself_is_no_place_for_a_drill(vault: Vault) -> None:
    vault.backup()

    with pytest.raises(Refused) as refusal:
        vault.changed(server=vault.target.conninfo).drill()

    assert "the very database" in refusal.value.sentence
    assert vault.ask("select count(*) from orders") == [(200,)]


def test_production_is_no_place_for_a_drill(vault: Vault, tmp_path: Path) -> None:
    vault.backup()
    server = vault.target.with_database("postgres")
    (tmp_path / "pgassay.toml").write_text(
        f'[targets.live]\nurl = "{server.conninfo}"\nproduction = true\n', "utf-8"
    )
    protected = load(cwd=tmp_path, environ={"BACKUP_DIR": str(vault.directory)})
    recovery = replace(protected.recovery, tests=(), server=server.conninfo)
    vault = replace(vault, settings=replace(protected, recovery=recovery))

    for fresh in (False, True):
        with pytest.raises(Refused, match=r"TEST_RESTORE_DB, is production\.$"):
            vault.drill(fresh=fresh)
    assert len(list(vault.directory.iterdir())) == 1  # nothing was saved for a drill that cannot be


def test_without_a_backup_there_is_nothing_to_verify(vault: Vault) -> None:
    with pytest.raises(Unavailable) as missing:
        vault.verify()
    with pytest.raises(UsageError) as unknown:
        vault.verify("abcdef01")

    assert missing.value.remedy == "pgassay recover backup"
    assert "There is no backup 'abcdef01'" in unknown.value.sentence


def test_a_backup_that_was_moved_away_is_said_to_be_missing(vault: Vault) -> None:
    made = vault.backup()
    directory = location(made)
    directory.rename(directory.with_name("elsewhere"))
    assert made.run is not None

    (listed,) = [each for each in vault.listed().listed if each.stored]

    assert not listed.there
    with pytest.raises(Unavailable):
        vault.verify(made.run.id.hex[:8])
    assert complaints(vault.verify(directory.with_name("elsewhere"))) == []


def test_a_drill_makes_the_backup_that_is_missing_or_old(vault: Vault) -> None:
    assert vault.drill().exit is Exit.OK
    assert vault.drill().exit is Exit.OK
    assert vault.ask("select count(*) from prod_test_schema.backups") == [(1,)]

    assert vault.changed(recent_s=0.001).drill().exit is Exit.OK
    assert vault.drill(fresh=True).exit is Exit.OK

    assert vault.ask("select state, count(*) from prod_test_schema.backups group by 1") == [("tested", 3)]


def test_the_oldest_are_let_go_but_never_the_last_tested(vault: Vault) -> None:
    first = location(vault.changed(keep=1).backup())
    assert vault.drill().exit is Exit.OK
    second = location(vault.changed(keep=1).backup())
    third = location(vault.changed(keep=1).backup())

    assert [each.exists() for each in (first, second, third)] == [True, False, True]
    assert vault.ask("select state from prod_test_schema.backups order by started_at") == [
        ("tested",),
        ("gone",),
        ("created",),
    ]


def test_a_small_backup_has_failed(vault: Vault) -> None:
    record = vault.changed(min_size=10**9).backup()

    assert (record.exit, broken(record)) == (Exit.RED, [RecoveryStep.SEAL])
    assert list(vault.directory.iterdir()) == []
    assert vault.state() == "failed"
    assert broken(vault.changed(min_tables=1000).backup()) == [RecoveryStep.SEAL]


def test_a_table_that_stays_locked_fails_the_backup(vault: Vault) -> None:
    with connect(vault.target) as other:
        other.execute("begin; lock table orders")

        record = vault.changed(lock_timeout_s=0.2).without_store().backup()

        other.execute("rollback")
    assert broken(record) == [RecoveryStep.DUMP]
    assert "lock timeout" in results(record)[RecoveryStep.DUMP].sentence
    assert list(vault.directory.iterdir()) == []


def test_a_target_that_is_gone_does_not_keep_its_backup_from_a_drill(vault: Vault, tmp_path: Path) -> None:
    """After the disaster there is only the directory: no target, and no store."""
    directory = location(vault.backup())
    lost = replace(vault, target=vault.target.changed({"host": str(tmp_path)}))

    record = lost.drill(directory)

    assert complaints(record) == []
    assert "Nothing of this is remembered" in vault.said.getvalue()


def test_an_extension_that_the_place_lacks_is_not_verified(server15: Server, tmp_path: Path) -> None:
    """pgcrypto is there on the source, and the embedded server has none: the backup is not called bad."""
    with (
        fresh_database(server15) as target,
        vault_on(target, tmp_path / "backups") as vault,
        cluster.start(find_program("postgres", at_least=18).parent) as other,
    ):
        vault.command("create extension pgcrypto; create table one (id int)")
        vault.backup()

        record = vault.changed(server=other.target.conninfo).drill()

        assert unverified(record) == [RecoveryStep.PLACE]
        assert "no extension pgcrypto" in results(record)[RecoveryStep.PLACE].sentence
        assert record.exit is Exit.RED
        assert vault.state() == "validated"
        assert complaints(vault.drill()) == []


def test_another_major_version_is_compared_without_its_manners(server15: Server, tmp_path: Path) -> None:
    with (
        fresh_database(server15) as target,
        vault_on(target, tmp_path / "backups") as vault,
        cluster.start(find_program("postgres", at_least=18).parent) as other,
    ):
        vault.command(SHOP)
        vault.backup()

        record = vault.changed(server=other.target.conninfo).drill()

    assert complaints(record) == []


def test_a_hosted_project_is_drilled_as_its_owner(supabase: Project, tmp_path: Path) -> None:
    """Who is no superuser backs up what the platform owns, too, and a drill gives everything its owner."""
    supabase.play("project.sql")
    with vault_on(supabase.target, tmp_path / "backups") as vault:
        made = vault.backup()
        assert made.exit is Exit.OK, complaints(made)

        record = vault.drill()

    assert complaints(record) == []
    assert record.exit is Exit.OK


def test_without_superuser_owners_are_not_verified(supabase: Project, tmp_path: Path) -> None:
    supabase.play("project.sql")
    with vault_on(supabase.target, tmp_path / "backups") as vault:
        vault.backup()

        record = vault.changed(server=supabase.target.with_database("postgres").conninfo).drill()

        assert (broken(record), unverified(record)) == ([], [RecoveryStep.PRE_DATA])
        assert record.exit is Exit.RED
        assert vault.ask("select from pg_database where datname ~ '^pgassay_'") == []
