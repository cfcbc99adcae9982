"""Schemas that were set aside, as their marks tell: those of one operation belong together."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from pgassay.model.aside import Aside, AsideSchema
from pgassay.model.rollback import RollbackRun
from pgassay.pg.connection import Connection
from pgassay.recovery.rollback.mark import Mark, aside_of, read_mark, write_mark
from pgassay.recovery.rollback.schemas.ask import ask
from pgassay.recovery.rollback.schemas.exchange import comment_on


def asides(connection: Connection, live: str) -> tuple[Aside, ...]:
    """Give what operations set aside in the database that one is connected to, the newest first.

    A schema that came with a copy of another database is none of this one's.
    """
    found: dict[UUID, list[tuple[Mark, AsideSchema]]] = {}
    for name, text, size in ask(connection, "asides"):
        mark = read_mark(text)
        if mark is not None and mark.part is not None and mark.live == live:
            part = replace(mark.part, name=name, size_bytes=size)
            found.setdefault(mark.run, []).append((mark, part))
    together = [_together(each) for each in found.values()]
    return tuple(sorted(together, key=lambda each: each.run.started_at, reverse=True))


def joined(parts: Iterable[AsideSchema]) -> str:
    """Give the names of schemas that were set aside as one text."""
    return ", ".join(each.name for each in parts)


def mark_parts(
    connection: Connection, run: RollbackRun, parts: Iterable[AsideSchema], *, finished: bool
) -> None:
    """Write the mark on each schema that an operation sets aside."""
    for each in parts:
        text = write_mark(run, comment=None, finished=finished, part=each)
        comment_on(connection, each.name, text)


def note_finished(connection: Connection, aside: Aside) -> None:
    """Write on schemas that were set aside that nothing is left to be done."""
    with connection.transaction():
        mark_parts(connection, aside.run, aside.schemas, finished=True)


def _together(found: list[tuple[Mark, AsideSchema]]) -> Aside:
    mark, _ = found[0]
    parts = tuple(part for _, part in found)
    aside = aside_of(mark, name=joined(parts), size_bytes=sum(each.size_bytes or 0 for each in parts))
    return replace(aside, finished=all(each.finished for each, _ in found), schemas=parts)
