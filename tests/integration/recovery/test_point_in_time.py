"""Point-in-time recovery is proven on a copy of the target, or it is said that it was not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fix_recovery import Vault, broken, complaints, results, unverified, vault_on
from fix_server import fresh_server
from fix_suite import until
from killing import killed_behind
from pgassay.flows.recover.pitr import prove_point_in_time
from pgassay.model.events.recovery import RecoveryEvent, RecoveryStepFinished
from pgassay.model.exits import Exit
from pgassay.model.recovery import RecoveryStep
from pgassay.pg.account import server_account, writable_place
from pgassay.pg.cluster import Server
from pgassay.report.recovery.record import RecoveryRecord
from versions import VERSIONS

pytestmark = pytest.mark.usefixtures("own_place")
PHYSICAL = [RecoveryStep.BASE_BACKUP, RecoveryStep.MARK, RecoveryStep.RECOVER, RecoveryStep.MUST_FAIL]


def prove(vault: Vault, **words: object) -> RecoveryRecord:
    return prove_point_in_time(vault.wish("", **words), vault.settings, vault.around())


@pytest.fixture(params=VERSIONS)
def archiving(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Vault]:
    """A database on a server that archives its WAL, and has archived some."""
    settings = {"wal_level": "replica", "archive_mode": "on", "archive_command": "true"}
    with (
        fresh_server(request.param, settings=settings) as server,
        vault_on(server.target, tmp_path / "backups") as vault,
    ):
        vault.command("create table kept as select 1 as id")
        vault.command("select pg_switch_wal()")
        archived = "select last_archived_time is not null from pg_stat_archiver"
        until(lambda: vault.ask(archived) == [(True,)], what="some of it is archived")
        yield vault


def scratch() -> list[str]:
    return [each.name for each in (writable_place(None, server_account()) / "scratch").glob("pitr_*")]


def test_a_copy_of_the_target_recovers_to_the_point(archiving: Vault) -> None:
    before = archiving.ask("select pg_walfile_name(pg_current_wal_lsn()), to_regclass('pgassay_marks')")

    record = prove(archiving)

    assert complaints(record) == []
    assert record.exit is Exit.OK
    assert "copy of the target's own files" in results(record)[RecoveryStep.BASE_BACKUP].sentence
    assert "timeline 2" in results(record)[RecoveryStep.RECOVER].sentence
    assert archiving.ask("select status, kind, rto_s > 0 from prod_test_schema.recovery_drills") == [
        ("passed", "point-in-time", True)
    ]
    assert archiving.ask("select to_regclass('pgassay_marks')") == [(None,)]
    assert before[0][1] is None


def test_a_target_without_an_archive_proves_the_mechanism_only(server: Server, tmp_path: Path) -> None:
    with vault_on(server.target, tmp_path / "backups") as vault:
        record = prove(vault.without_store())

    assert unverified(record) == [RecoveryStep.ARCHIVING, RecoveryStep.BASE_BACKUP]
    assert "archives no WAL" in results(record)[RecoveryStep.ARCHIVING].sentence
    assert "not that the target would" in results(record)[RecoveryStep.BASE_BACKUP].sentence
    assert broken(record) == []
    assert record.exit is Exit.RED


def test_a_segment_that_is_lost_is_not_verified(server18: Server, tmp_path: Path) -> None:
    """The WAL with the restore point is gone from the archive: the server does not come up."""

    def meddle(event: RecoveryEvent) -> None:
        if isinstance(event, RecoveryStepFinished) and event.result.step is RecoveryStep.MARK:
            for base in (writable_place(None, server_account()) / "scratch").glob("pitr_*/archive"):
                for segment in sorted(base.glob("0*"))[-1:]:
                    segment.unlink()

    with vault_on(server18.target, tmp_path / "backups") as vault:
        record = prove(vault.without_store(), listeners=(meddle,))

    assert RecoveryStep.RECOVER in unverified(record)
    assert "did not start" in results(record)[RecoveryStep.RECOVER].sentence


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("number", [5, 8, 10])
def test_nothing_stays_where_it_is_killed(server18: Server, tmp_path: Path, number: int) -> None:
    before = set(scratch())
    with vault_on(server18.target, tmp_path / "backups") as vault:
        vault = vault.without_store()
        assert killed_behind(number, lambda listeners: prove(vault, listeners=listeners))
        left = set(scratch()) - before
        assert left != set()

        vault.listed()

        assert left & set(scratch()) == set()
