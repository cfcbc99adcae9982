"""Answers what is remembered of backups, and changes what is known of one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pgassay.model.backup import Backup, BackupState
from pgassay.model.events.recovery import BackupMade
from pgassay.pg.connection import Connection
from pgassay.store.schema import opened
from pgassay.store.session import Row, Transaction
from pgassay.store.values import Cleaner, cleaner

USABLE = frozenset({BackupState.CREATED, BackupState.VALIDATED, BackupState.TESTED})
"""Backups that are there and of which nothing bad is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Killed:
    """What was killed: ``operation`` is its command (backup, drill or pitr), ``sentence`` says where."""

    operation: str
    database: str
    started_at: datetime
    sentence: str


def mark_interrupted(connection: Connection) -> tuple[Killed, ...]:
    """Write down what was killed, and give what nobody has written down before.

    Raises:
        Unavailable: the store is not installed, or cannot be written.
    """
    with opened(connection) as begun:
        return tuple(
            Killed(operation=operation, database=database, started_at=started_at, sentence=sentence)
            for operation, database, started_at, sentence in begun.run("mark_interrupted_recoveries")
        )


def backups(connection: Connection, database: str | None = None) -> tuple[Backup, ...]:
    """Give the backups of a database, or all, the newest first; what was killed is marked as interrupted.

    Raises:
        Unavailable: the store is not installed, or cannot be read.
    """
    with opened(connection) as begun:
        begun.run("mark_interrupted_recoveries")
        return tuple(_backup(row) for row in begun.run("backups", database=database))


def newest(connection: Connection, database: str | None) -> Backup | None:
    """Give the newest backup of a database that can be used.

    Raises:
        Unavailable: the store is not installed, or cannot be read.
    """
    return next((each for each in backups(connection, database) if each.state in USABLE), None)


def newest_tested(connection: Connection, database: str | None) -> Backup | None:
    """Give the newest backup of a database that a drill has proven.

    Raises:
        Unavailable: the store is not installed, or cannot be read.
    """
    found = backups(connection, database)
    return next((each for each in found if each.state is BackupState.TESTED), None)


def set_state(
    connection: Connection, backup: UUID, state: BackupState, *, at: datetime, sentence: str = ""
) -> None:
    """Say what is known of a backup now.

    Raises:
        Unavailable: the store is not installed, or cannot be written.
    """
    with opened(connection) as begun:
        prove(begun, backup, state, at=at, sentence=sentence)


def adopt(connection: Connection, made: BackupMade) -> None:
    """Take a backup back that was killed behind its last step: it is whole.

    Raises:
        Unavailable: the store is not installed, or cannot be written.
    """
    clean = cleaner(connection.info.parameter_status("server_encoding") or "")
    with opened(connection) as begun:
        keep(begun, made, clean)


def keep(begun: Transaction, made: BackupMade, clean: Cleaner) -> None:
    """Write down that a backup is whole, and what it holds."""
    begun.run(
        "keep_backup",
        id=made.id,
        finished_at=made.at,
        location=clean(made.location),
        size_bytes=made.manifest.size_bytes,
        tables=len(made.manifest.tables),
        rows=made.manifest.rows,
        manifest_sha256=made.manifest_sha256,
    )


def prove(begun: Transaction, backup: UUID, state: BackupState, *, at: datetime, sentence: str) -> None:
    """Write down what is known of a backup now."""
    begun.run("prove_backup", id=backup, state=state.value, at=at, sentence=sentence)


def _backup(row: Row) -> Backup:
    (
        identity,
        target,
        database,
        server_version,
        location,
        started_at,
        state,
        finished_at,
        tested_at,
        size_bytes,
        tables,
        rows,
        manifest_sha256,
        sentence,
    ) = row
    return Backup(
        id=identity,
        target=target,
        database=database,
        server_version=server_version,
        location=location,
        started_at=started_at,
        state=BackupState(state),
        finished_at=finished_at,
        tested_at=tested_at,
        size_bytes=size_bytes,
        tables=tables,
        rows=rows,
        manifest_sha256=manifest_sha256,
        sentence=sentence,
    )
