"""The mark on a database that was set aside: which operation did it, and whether what follows was done, too.

It is in the database's comment, written in the transaction that gives it its name; so a later run knows where
an operation was interrupted also where no store can be reached. The comment that was there is in the mark.
"""

from datetime import datetime
from uuid import UUID

import msgspec

from pgassay.model.rollback import Aside, RollbackOperation, RollbackRun
from pgassay.pg.connection import Connection, sql
from pgassay.recovery.rollback.ask import ask

_LONGEST_NAME = 63


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """What is written. ``pgassay_aside`` is the mark's format, and comes first."""

    pgassay_aside: int = 1
    run: UUID
    operation: RollbackOperation
    live: str
    target: str
    database: str
    reason: str
    started_at: datetime
    backup: UUID | None = None
    location: str = ""
    undoes: UUID | None = None
    comment: str | None = None
    finished: bool = False


def aside_name(live: str, started_at: datetime) -> str:
    """Give the name that a database gets when it is set aside: ``crm_aside_20260801T120000123``."""
    ending = f"_aside_{started_at:%Y%m%dT%H%M%S}{started_at.microsecond // 1000:03}"
    begun = live.encode()[: _LONGEST_NAME - len(ending)].decode("utf-8", "ignore")
    return f"{begun}{ending}"


def write_mark(run: RollbackRun, *, comment: str | None, finished: bool) -> str:
    """Give the text of the mark for the database that an operation sets aside."""
    mark = Mark(
        run=run.id,
        operation=run.operation,
        live=run.live,
        target=run.target,
        database=run.database,
        reason=run.reason,
        started_at=run.started_at,
        backup=run.backup,
        location=run.location,
        undoes=run.undoes,
        comment=comment,
        finished=finished,
    )
    return msgspec.json.encode(mark).decode()


def read_asides(connection: Connection, live: str) -> tuple[Aside, ...]:
    """Give the databases that were set aside from a name, the newest first."""
    found = [_read(name, text, size) for name, text, size in ask(connection, "asides")]
    mine = [each for each in found if each is not None and each.run.live == live]
    return tuple(sorted(mine, key=lambda each: each.run.started_at, reverse=True))


def comment_on(database: str, text: str | None) -> sql.Composed:
    """Give the statement that sets the comment of a database."""
    words = sql.SQL("comment on database {} is {}")
    return words.format(sql.Identifier(database), sql.Literal(text))


def note_finished(connection: Connection, aside: Aside) -> None:
    """Write on a database that was set aside that nothing is left to be done."""
    text = write_mark(aside.run, comment=aside.comment, finished=True)
    connection.execute(comment_on(aside.name, text))


def _read(name: str, text: str, size: int | None) -> Aside | None:
    try:
        mark = msgspec.json.decode(text, type=Mark)
    except msgspec.DecodeError:
        return None
    run = RollbackRun(
        id=mark.run,
        operation=mark.operation,
        target=mark.target,
        database=mark.database,
        live=mark.live,
        aside=name,
        reason=mark.reason,
        started_at=mark.started_at,
        backup=mark.backup,
        location=mark.location,
        undoes=mark.undoes,
    )
    return Aside(name=name, size_bytes=size, run=run, comment=mark.comment, finished=mark.finished)
