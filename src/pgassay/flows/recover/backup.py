"""Make a backup, list the backups, verify one."""

from contextlib import ExitStack, suppress
from pathlib import Path
from uuid import uuid4

from pgassay.config.settings import Settings
from pgassay.flows.around import Around
from pgassay.flows.recover.ground import APPLICATION, RecoverWish, limits, remembered, tell, tidy
from pgassay.flows.recover.meant import Meant, find_backup, unknown_backups
from pgassay.flows.remembered import database_of
from pgassay.model.backup import Backup, BackupState, Manifest
from pgassay.model.errors import Refused, Unavailable, UsageError
from pgassay.model.recovery import Outcome, RecoveryOperation, RecoveryRun
from pgassay.pg.clock import now
from pgassay.pg.connection import Connection, connect
from pgassay.pg.guard import Deed, check
from pgassay.pg.program import find_program, major_of
from pgassay.pg.query import major_version
from pgassay.pg.target import Target
from pgassay.recovery.backup import BackupMaker, BackupOrder
from pgassay.recovery.directory import backups_directory, discard, name_of
from pgassay.recovery.manifest import read
from pgassay.recovery.retention import expired
from pgassay.recovery.source import demand_sight
from pgassay.recovery.verify import verify
from pgassay.report.recovery.listing import Backups, ListedBackup
from pgassay.report.recovery.record import RecoveryRecord
from pgassay.store.recovery import backups, set_state

_TRANSACTION_POOLER = 6543


def back_up(wish: RecoverWish, settings: Settings, around: Around) -> RecoveryRecord:
    """Back a target up.

    Raises:
        Refused: the role does not see all rows, or the connection keeps no session.
        Unavailable: the target cannot be reached, or there is no pg_dump of its version.
    """
    target = settings.target(wish.target)
    check(target, Deed.COPY_OUT)
    with ExitStack() as opened:
        store = opened.enter_context(remembered(settings, target, around))
        tidy(settings, target, store, around)
        order = _order(target, settings)
        events = BackupMaker(order, settings.recovery, limits(settings, around)).events()
        record = tell(events, wish, settings, around, store)
        if store is not None and record.finished is not None and record.finished.outcome is Outcome.PASSED:
            _expire(store, order.run.database, settings)
    return record


def verify_backup(wish: RecoverWish, settings: Settings, around: Around) -> RecoveryRecord:
    """Verify a backup without restoring it: the one that is named, or the newest.

    Raises:
        UsageError: there is no such backup.
        Unavailable: there is none at all, or it is not where it was put.
    """
    target = settings.target(wish.target)
    with ExitStack() as opened:
        store = opened.enter_context(remembered(settings, target, around))
        tidy(settings, target, store, around)
        database = database_if_there(target)
        meant = demand_backup(find_backup(wish.backup, settings, store, database=database), target)
        run = run_on(meant, RecoveryOperation.VERIFY, target)
        return tell(verify(run, meant.kept, limits(settings, around)), wish, settings, around, store)


def list_backups(wish: RecoverWish, settings: Settings, around: Around) -> Backups:
    """List the backups of a target: those that the store knows, and those that only lie there."""
    target = settings.target(wish.target)
    with ExitStack() as opened:
        store = opened.enter_context(remembered(settings, target, around))
        tidy(settings, target, store, around)
        database = database_if_there(target)
        known = backups(store, database) if store is not None else ()
        listed = [ListedBackup(backup=each, there=Path(each.location).is_dir()) for each in known]
        everywhere = frozenset(each.location for each in (backups(store) if store is not None else ()))
        for place in unknown_backups(settings, everywhere):
            with suppress(UsageError):
                listed.append(_unstored(place, database))
    return Backups(database=database or target.shown, at=now(), listed=tuple(listed))


def demand_backup(meant: Meant | None, target: Target) -> Meant:
    """Give the backup that was found.

    Raises:
        Unavailable: there is none.
    """
    if meant is None:
        raise Unavailable(
            f"There is no backup of {target.shown or 'the default database'} that can be used.",
            remedy="pgassay recover backup",
        )
    return meant


def run_on(meant: Meant, operation: RecoveryOperation, target: Target) -> RecoveryRun:
    """Begin an operation on a backup: give it an id and a moment."""
    backup = meant.backup
    return RecoveryRun(
        id=uuid4(),
        operation=operation,
        target=backup.target if backup is not None else target.shown,
        database=backup.database if backup is not None else meant.kept.manifest.source.name,
        started_at=now(),
        backup=meant.kept.manifest.id,
        location=str(meant.kept.directory),
        server_version=meant.kept.manifest.source.server_version,
    )


def database_if_there(target: Target) -> str | None:
    """Give what a target is remembered by; ``None`` where it cannot be reached, as after a disaster."""
    try:
        with connect(target, application=APPLICATION) as connection:
            return database_of(connection)
    except Unavailable:
        return None


def _order(target: Target, settings: Settings) -> BackupOrder:
    with connect(target, application=APPLICATION) as connection:
        if connection.info.port == _TRANSACTION_POOLER:
            raise Refused(
                "Port 6543 is that of a pooler which keeps no session; a backup needs one that lasts.",
                remedy="Connect to the server itself, or to the pooler's port 5432.",
            )
        demand_sight(connection)
        database, name = database_of(connection), connection.info.dbname
        version = connection.info.parameter_status("server_version") or ""
        tool = find_program("pg_dump", at_least=major_version(connection))
    identity, started_at = uuid4(), now()
    directory = backups_directory(settings.recovery.directory)
    named = name_of(name, started_at, identity)
    run = RecoveryRun(
        id=identity,
        operation=RecoveryOperation.BACKUP,
        target=target.shown,
        database=database,
        started_at=started_at,
        location=str(directory / named),
        server_version=version.split()[0] if version else "",
    )
    return BackupOrder(run=run, target=target, directory=directory, name=named, tool=major_of(tool) or 0)


def _expire(store: Connection, database: str, settings: Settings) -> None:
    for each in expired(backups(store, database), keep=settings.recovery.keep):
        with suppress(UsageError):
            manifest, _ = read(Path(each.location))
            if manifest.id == each.id:
                discard(Path(each.location))
                set_state(store, each.id, BackupState.GONE, at=now(), sentence="Newer ones are kept.")


def _unstored(place: Path, database: str | None) -> ListedBackup:
    manifest, sha256 = read(place)
    return ListedBackup(backup=_from_manifest(manifest, place, sha256, database), there=True, stored=False)


def _from_manifest(manifest: Manifest, place: Path, sha256: str, database: str | None) -> Backup:
    return Backup(
        id=manifest.id,
        target="",
        database=database or manifest.source.name,
        server_version=manifest.source.server_version,
        location=str(place),
        started_at=manifest.taken_at,
        state=BackupState.CREATED,
        size_bytes=manifest.size_bytes,
        tables=len(manifest.tables),
        rows=manifest.rows,
        manifest_sha256=sha256,
    )
