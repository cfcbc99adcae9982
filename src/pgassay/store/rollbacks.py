"""Answers what is remembered of rollbacks, and what asks for one."""

from datetime import datetime
from uuid import UUID

from pgassay.model.release import Execution
from pgassay.model.rollback import LastRollback, RollbackOperation, RollbackWay
from pgassay.pg.connection import Connection
from pgassay.store.schema import opened


def executions_since(connection: Connection, since: datetime, *, target: str | None) -> tuple[Execution, ...]:
    """Give the executions of tests that ended since then; of a target, or of all where it is ``None``.

    Raises:
        Unavailable: the store is not installed, or cannot be read.
    """
    with opened(connection) as begun:
        rows = begun.run("release_executions", since=since, target=target)
    return tuple(
        Execution(suite=suite, category=category, ended_at=ended_at, failed=failed)
        for suite, category, ended_at, failed in rows
    )


def mark_interrupted(connection: Connection, database: str) -> tuple[UUID, ...]:
    """Write down that what calls itself running was killed. Whoever asks holds the lock of rollbacks.

    Raises:
        Unavailable: the store cannot be written.
    """
    with opened(connection) as begun:
        return tuple(identity for (identity,) in begun.run("mark_interrupted_rollbacks", database=database))


def rollbacks(connection: Connection, database: str, *, most: int = 20) -> tuple[LastRollback, ...]:
    """Give the operations on a database, the newest first.

    Raises:
        Unavailable: the store is not installed, or cannot be read.
    """
    with opened(connection) as begun:
        rows = begun.run("rollbacks", database=database, most=most)
    return tuple(
        LastRollback(
            id=identity,
            operation=RollbackOperation(operation),
            status=status,
            step=step,
            reason=reason,
            sentence=sentence,
            backup=backup,
            aside=aside,
            started_at=started_at,
            finished_at=finished_at,
            outage_s=outage_s,
            way=RollbackWay(way),
            schemas=tuple(schemas),
        )
        for (
            identity,
            operation,
            status,
            step,
            reason,
            sentence,
            backup,
            aside,
            started_at,
            finished_at,
            outage_s,
            way,
            schemas,
        ) in rows
    )


def link_incident(connection: Connection, rollback: UUID, incident: UUID) -> None:
    """Link an operation to its incident, and to all that were open when it began.

    Raises:
        Unavailable: the store cannot be written.
    """
    with opened(connection) as begun:
        begun.run("link_rollback", id=rollback, incident=incident)
