"""Rolls a database back to a backup, or takes that back: before the swap, the swap, and what follows.

Up to the swap the database in use is not touched, and everything that does not hold ends the operation
there. The swap is one transaction.
"""

from collections.abc import Generator, Iterator
from dataclasses import dataclass

from pgassay.model.aside import Aside
from pgassay.model.events.rollback import (
    RollbackEvent,
    RollbackStarted,
    RollbackStepFinished,
    RollbackSwapped,
    RollbackWarned,
)
from pgassay.model.finding import Finding
from pgassay.model.rollback import RollbackOperation, RollbackResult, RollbackStep
from pgassay.pg.clock import now
from pgassay.pg.target import Target
from pgassay.recovery.contents import Stopped
from pgassay.recovery.rollback.course import Work, step
from pgassay.recovery.rollback.databases.aside import note_finished
from pgassay.recovery.rollback.databases.beside import Beside
from pgassay.recovery.rollback.databases.smoke import smoke
from pgassay.recovery.rollback.databases.standing import Standing, moving_warnings
from pgassay.recovery.rollback.databases.swap import Order as SwapOrder
from pgassay.recovery.rollback.databases.swap import Swapped, swap
from pgassay.recovery.rollback.ground import Ground
from pgassay.recovery.rollback.mark import write_mark
from pgassay.recovery.rollback.operation import Behind, Operation

Preparing = Generator[RollbackEvent, None, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseOrder:
    """What is to be done. ``target`` is the database as the user names it; ``tries`` are for the swap."""

    target: Target
    standing: Standing
    tries: int
    files: RollbackResult | None = None


class DatabaseOperator:
    """One operation. Its events are to be read to their end, or closed: then what was made for it is gone."""

    def __init__(self, operation: Operation, order: DatabaseOrder, ground: Ground) -> None:
        self._operation = operation
        self._run = operation.run
        self._order = order
        self._ground = ground
        self._swapped: Swapped | None = None

    def roll_back(self, beside: Beside) -> Iterator[RollbackEvent]:
        """Put a restored backup in the place of the database."""
        yield RollbackStarted(run=self._run)
        yield from moving_warnings(self._order.standing)
        try:
            why = yield from self._prepared(beside)
            if not why:
                why = yield from self._change_places(beside.name, beside.target, self._order.standing.comment)
        except Stopped:
            why = "It was stopped."
        finally:
            left = beside.drop()  # the copy has another name by now if it is in use
        if left:
            yield RollbackWarned(sentence=left)
        if why:
            yield self._operation.unchanged(why)

    def undo(self, aside: Aside) -> Iterator[RollbackEvent]:
        """Put a database that was set aside in its old place again."""
        yield RollbackStarted(run=self._run)
        yield from moving_warnings(self._order.standing)
        incoming = self._ground.server.with_database(aside.name)
        if why := (yield from self._change_places(aside.name, incoming, aside.comment)):
            yield self._operation.unchanged(why)

    def resume(self, aside: Aside) -> Iterator[RollbackEvent]:
        """Do what follows the swap of an operation that was interrupted behind it."""
        yield RollbackStarted(run=self._run, resumed=True)
        yield from self._follow_up(aside)

    def _prepared(self, beside: Beside) -> Preparing:
        """Restore beside; give why that cannot take the place of the database, or nothing."""
        files = self._order.files
        if files is not None:
            yield from step(RollbackStep.BACKUP, lambda: files)
        for event in beside.events():
            yield event
            if isinstance(event, RollbackStepFinished) and event.result.finding is not Finding.HOLDS:
                return event.result.sentence
        return ""

    def _change_places(self, name: str, incoming: Target, comment: str | None) -> Preparing:
        """Carry over, swap, follow up; give why the names were not swapped, or nothing."""
        carry = self._operation.ports.carry
        if carry is not None:
            result = yield from step(
                RollbackStep.CARRY, lambda: carry(RollbackStep.CARRY, self._order.target, incoming)
            )
            if result.finding is not Finding.HOLDS:
                yield RollbackWarned(sentence=f"The store is not carried over: {result.sentence}")
        if self._operation.stopped:
            return "It was stopped."
        mark = write_mark(self._run, comment=self._order.standing.comment, finished=False)
        order = SwapOrder(
            live=self._run.live, incoming=name, aside=self._run.aside, comment=comment, mark=mark
        )
        result = yield from step(RollbackStep.SWAP, lambda: self._swap(order))
        if self._swapped is None:
            return result.sentence
        yield RollbackSwapped(outage_s=self._swapped.outage_s, tries=self._swapped.tries, at=now())
        yield from self._follow_up(
            Aside(
                name=self._run.aside,
                size_bytes=None,
                run=self._run,
                comment=self._order.standing.comment,
                finished=False,
            )
        )
        return ""

    def _swap(self, order: SwapOrder) -> RollbackResult:
        self._swapped = swap(self._ground.server, order, tries=self._order.tries)
        return RollbackResult(
            step=RollbackStep.SWAP,
            finding=Finding.HOLDS,
            sentence=f"{order.live} is {_WHAT[self._run.operation]}; what was there is {order.aside}. "
            f"Nobody could get in for {self._swapped.outage_s:.2f} s.",
        )

    def _follow_up(self, aside: Aside) -> Iterator[RollbackEvent]:
        works: list[tuple[RollbackStep, Work]] = [
            (RollbackStep.SMOKE, lambda: smoke(self._order.target, self._ground)),
        ]
        carry = self._operation.ports.carry
        if carry is not None:
            old = self._ground.server.with_database(aside.name)
            works.insert(0, (RollbackStep.REST, lambda: carry(RollbackStep.REST, old, self._order.target)))
        run = self._run
        yield from self._operation.follow_up(
            Behind(
                works=works,
                done=f"{run.live} is {_WHAT[run.operation]}; what it was is kept as {run.aside}.",
                aside=aside,
                note=lambda found: note_finished(self._ground.connection, found),
            )
        )


_WHAT = {
    RollbackOperation.RUN: "the restored backup now",
    RollbackOperation.UNDO: "the database again that was set aside",
}
