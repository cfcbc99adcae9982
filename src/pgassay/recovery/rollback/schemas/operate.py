"""Rolls schemas back to a backup, or takes that back: in one transaction, and what follows it.

Up to the commit nobody else sees anything of it, and everything that does not hold ends it there.
"""

from collections.abc import Generator, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from threading import Event

from pgassay.model.aside import Aside
from pgassay.model.events.rollback import (
    RollbackEvent,
    RollbackStarted,
    RollbackStepFinished,
    RollbackSwapped,
)
from pgassay.model.finding import Finding
from pgassay.model.rollback import RollbackOperation, RollbackResult, RollbackStep
from pgassay.pg.clock import now
from pgassay.pg.connection import Connection, connect
from pgassay.pg.patience import Patience
from pgassay.pg.target import Target
from pgassay.recovery.contents import Stopped
from pgassay.recovery.rollback.course import step
from pgassay.recovery.rollback.ground import APPLICATION
from pgassay.recovery.rollback.operation import Behind, Operation
from pgassay.recovery.rollback.schemas.aside import joined, note_finished
from pgassay.recovery.rollback.schemas.back import Back
from pgassay.recovery.rollback.schemas.clearing import Patiently
from pgassay.recovery.rollback.schemas.finish import Last, Swapped, finish
from pgassay.recovery.rollback.schemas.inside import Inside, Means
from pgassay.recovery.rollback.schemas.session import one_transaction
from pgassay.recovery.rollback.schemas.smoke import smoke
from pgassay.recovery.rollback.schemas.validate import validate
from pgassay.recovery.verify import Kept

Preparing = Generator[RollbackEvent, None, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaOrder:
    """What is to be done. ``target`` is the database as the user names it.

    ``lock_timeout_s`` is how long to wait for locks that nobody waits behind, ``patience`` is for the others.
    """

    target: Target
    lock_timeout_s: float
    patience: Patience
    files: RollbackResult | None = None


class SchemaOperator:
    """One operation. Its events are to be read to their end, or closed: then nothing was done."""

    def __init__(self, operation: Operation, order: SchemaOrder, *, stop: Event) -> None:
        self._operation = operation
        self._run = operation.run
        self._order = order
        self._stop = stop
        self._swapped: Swapped | None = None

    def roll_back(self, kept: Kept, means: Means) -> Iterator[RollbackEvent]:
        """Put the schemas of a backup in the place of those that are there."""
        yield RollbackStarted(run=self._run)
        files = self._order.files
        if files is not None:
            yield from step(RollbackStep.BACKUP, lambda: files)
        yield from self._ended(self._restored(kept, means))

    def undo(self, aside: Aside) -> Iterator[RollbackEvent]:
        """Put the schemas back that were set aside."""
        yield RollbackStarted(run=self._run)
        yield from self._ended(self._put_back(aside))

    def resume(self, aside: Aside) -> Iterator[RollbackEvent]:
        """Do what follows the swap of an operation that was interrupted behind it."""
        yield RollbackStarted(run=self._run, resumed=True)
        yield from self._follow_up(aside)

    def _ended(self, work: Preparing) -> Iterator[RollbackEvent]:
        try:
            why = yield from work
        except Stopped:
            why = "It was stopped."
        if why:
            yield self._operation.unchanged(why)

    def _restored(self, kept: Kept, means: Means) -> Preparing:
        with self._transaction() as connection:
            inside = Inside(connection, self._run, kept, means, self._how)
            for event in inside.events():
                yield event
                if isinstance(event, RollbackStepFinished) and event.result.finding is not Finding.HOLDS:
                    return event.result.sentence
            last = inside.last()
            why = yield from self._swap(connection, last)
        return why or (yield from self._arrived(last))

    def _put_back(self, aside: Aside) -> Preparing:
        with self._transaction() as connection:
            back = Back(connection, self._run, aside, self._how)
            for event in back.events():
                yield event
                if isinstance(event, RollbackStepFinished) and event.result.finding is not Finding.HOLDS:
                    return event.result.sentence
            last = back.last()
            why = yield from self._swap(connection, last)
        return why or (yield from self._arrived(last))

    def _swap(self, connection: Connection, last: Last) -> Preparing:
        result = yield from step(RollbackStep.SWAP, lambda: self._finished(connection, last))
        if self._swapped is None:
            return result.sentence
        yield RollbackSwapped(outage_s=self._swapped.outage_s, tries=self._swapped.tries, at=now())
        return ""

    def _finished(self, connection: Connection, last: Last) -> RollbackResult:
        order = self._order
        self._swapped = finish(
            connection, last, order.patience, target=order.target, stopped=self._stop.is_set
        )
        return RollbackResult(
            step=RollbackStep.SWAP,
            finding=Finding.HOLDS,
            sentence=f"{self._said}; what was there is {joined(last.parts)}. Nobody was put out, and who "
            f"{_who(last)} waited for at most {self._swapped.outage_s:.2f} s.",
        )

    def _arrived(self, last: Last) -> Preparing:
        aside = Aside(
            name=joined(last.parts),
            size_bytes=None,
            run=self._run,
            comment=None,
            finished=False,
            schemas=last.marked,
        )
        yield from self._follow_up(aside)
        return ""

    def _follow_up(self, aside: Aside) -> Iterator[RollbackEvent]:
        order = self._order
        keys = tuple(key for each in aside.schemas for key in each.unvalidated)
        yield from self._operation.follow_up(
            Behind(
                works=(
                    (
                        RollbackStep.VALIDATE,
                        lambda: validate(order.target, keys, lock_timeout_s=order.lock_timeout_s),
                    ),
                    (RollbackStep.SMOKE, lambda: smoke(order.target, aside)),
                ),
                done=f"{self._said}; what they were is kept as {aside.name}.",
                aside=aside,
                note=self._note,
            )
        )

    def _note(self, aside: Aside) -> None:
        with connect(self._order.target, application=APPLICATION) as connection:
            note_finished(connection, aside)

    def _transaction(self) -> AbstractContextManager[Connection]:
        return one_transaction(self._order.target, lock_timeout_s=self._order.lock_timeout_s, stop=self._stop)

    @property
    def _how(self) -> Patiently:
        order = self._order
        return Patiently(patience=order.patience, lock_timeout_s=order.lock_timeout_s, stop=self._stop)

    @property
    def _said(self) -> str:
        names = ", ".join(self._run.schemas)
        return f"{names} of {self._run.live} {_WHAT[self._run.operation]}"


def _who(last: Last) -> str:
    if last.around.pinned:
        return f"uses {', '.join(last.around.pinned)}, or writes to tables outside,"
    return "writes to tables outside"


_WHAT = {
    RollbackOperation.RUN: "are those of the backup now",
    RollbackOperation.UNDO: "are again those that were set aside",
}
