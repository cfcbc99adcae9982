"""The mark on what was set aside: which operation did it, and whether what follows was done, too.

It is in the comment of a database or of a schema, written in the transaction that gives it its name; so a
later run knows where an operation was interrupted also where no store can be reached. The comment that was
there is in the mark.
"""

from datetime import datetime
from uuid import UUID

import msgspec

from pgassay.model.aside import Aside, AsideSchema
from pgassay.model.rollback import RollbackOperation, RollbackRun, RollbackWay

_LONGEST_NAME = 63


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """What is written. ``pgassay_aside`` is the mark's format, and comes first.

    ``comment`` is that of a database that was set aside; of a schema, ``part`` says more.
    """

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
    way: RollbackWay = RollbackWay.DATABASE
    aside: str = ""
    schemas: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    part: AsideSchema | None = None


def aside_name(live: str, started_at: datetime) -> str:
    """Give the name that something gets when it is set aside: ``crm_aside_20260801T120000123``."""
    ending = f"_aside_{started_at:%Y%m%dT%H%M%S}{started_at.microsecond // 1000:03}"
    begun = live.encode()[: _LONGEST_NAME - len(ending)].decode("utf-8", "ignore")
    return f"{begun}{ending}"


def write_mark(
    run: RollbackRun, *, comment: str | None, finished: bool, part: AsideSchema | None = None
) -> str:
    """Give the text of the mark for what an operation sets aside."""
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
        way=run.way,
        aside=run.aside,
        schemas=run.schemas,
        tables=run.tables,
        part=part,
    )
    return msgspec.json.encode(mark).decode()


def read_mark(text: str) -> Mark | None:
    """Read a mark; ``None`` where the text is none."""
    try:
        return msgspec.json.decode(text, type=Mark)
    except msgspec.DecodeError:
        return None


def aside_of(mark: Mark, *, name: str, size_bytes: int | None) -> Aside:
    """Give what a mark says of what it is on."""
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
        way=mark.way,
        schemas=mark.schemas,
        tables=mark.tables,
    )
    return Aside(name=name, size_bytes=size_bytes, run=run, comment=mark.comment, finished=mark.finished)
