"""Answers what is remembered of migrations: what was rehearsed, what was interrupted, what came last."""

from dataclasses import dataclass
from datetime import datetime

from pgassay.model.fingerprint import Difference
from pgassay.model.migrate import Operation
from pgassay.model.migration import Migration
from pgassay.model.rehearsal import Rehearsed
from pgassay.pg.connection import Connection
from pgassay.store.schema import opened
from pgassay.store.values import from_json

INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True, kw_only=True)
class LastRun:
    """The last operation that was meant to change a target, for one migration."""

    version: str
    name: str
    operation: Operation
    status: str
    step: str
    sentence: str
    started_at: datetime
    finished_at: datetime | None
    migration_id: str
    up_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LastState:
    """How an operation left a database: ``digest`` is of its catalogs."""

    digest: str
    migration_id: str
    operation: Operation
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsedContent:
    """When two files of this content were rehearsed; ``down_sha256`` is empty where there was none."""

    up_sha256: str
    down_sha256: str
    at: datetime


def rehearsal_of(connection: Connection, migration: Migration, fingerprint: str) -> Rehearsed | None:
    """Give the newest green rehearsal of both files' content, one of these catalogs before any other."""
    down = migration.down.sha256 if migration.down is not None else None
    with opened(connection) as begun:
        found = begun.run(
            "migration_rehearsal",
            up_sha256=migration.up.sha256,
            down_sha256=down,
            fingerprint=fingerprint,
        )
    for at, up, back, before, changes, exact, irreversible in found:
        return Rehearsed(
            at=at,
            up_sha256=up,
            down_sha256=back,
            fingerprint=before,
            changes=from_json(changes, tuple[Difference, ...]),
            exact=exact,
            irreversible=irreversible,
        )
    return None


def last_runs(connection: Connection, database: str) -> tuple[LastRun, ...]:
    """Give the last operation of each migration on a database; what was killed is marked as interrupted."""
    with opened(connection) as begun:
        begun.run("mark_interrupted_migrations")
        rows = begun.run("last_migration_runs", database=database)
    return tuple(
        LastRun(
            version=version,
            name=name,
            operation=Operation(operation),
            status=status,
            step=step,
            sentence=sentence,
            started_at=started_at,
            finished_at=finished_at,
            migration_id=migration_id,
            up_sha256=up_sha256,
        )
        for (
            version,
            name,
            operation,
            status,
            step,
            sentence,
            started_at,
            finished_at,
            migration_id,
            up_sha256,
        ) in rows
    )


def rehearsals(connection: Connection) -> tuple[RehearsedContent, ...]:
    """Give when each pair of files was last rehearsed with success."""
    with opened(connection) as begun:
        rows = begun.run("migration_rehearsals")
    return tuple(RehearsedContent(up_sha256=up, down_sha256=down, at=at) for up, down, at in rows)


def last_state(connection: Connection, database: str) -> LastState | None:
    """Say how pgassay last left a database; ``None`` where it never changed it."""
    with opened(connection) as begun:
        for digest, migration_id, operation, at in begun.run("last_catalogs", database=database):
            return LastState(digest=digest, migration_id=migration_id, operation=Operation(operation), at=at)
    return None
