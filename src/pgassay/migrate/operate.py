"""Applies a migration, or rolls one back: the steps, in their order, and what follows where one fails.

The session is the caller's, and so is the lock on the database. Every way through ends with the target as
before, as after, or, where only a rollback file could have helped and did not, named as neither.
"""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace

from pgassay.migrate.course import Course, Failed, Means
from pgassay.migrate.history import read_history
from pgassay.migrate.ledger import TargetLedger
from pgassay.migrate.mend import mend
from pgassay.migrate.order import Order, Situation, is_behind, parts_done
from pgassay.migrate.perform import perform
from pgassay.migrate.restore import make_restore_point
from pgassay.migrate.settings import MigrateSettings
from pgassay.migrate.verify import Verification
from pgassay.model.errors import PgassayError
from pgassay.model.events.migrate import (
    MigrationEvent,
    MigrationFinished,
    MigrationStarted,
    StepFinished,
    StepStarted,
)
from pgassay.model.finding import Finding
from pgassay.model.migrate import Operation, Outcome, Step, StepResult
from pgassay.pg.clock import monotonic, now
from pgassay.pg.connection import Connection

Examine = Callable[[], StepResult]
Stepping = Generator[MigrationEvent, None, StepResult]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """What others do for the engine: look at the target before and after, run its tests, connect again.

    ``connect`` gives a session that holds the database; it is asked for where the first one was lost.
    """

    validate_before: Examine
    validate_after: Examine
    test: Examine
    connect: Callable[[], Connection]


class Operator:
    """One operation. :meth:`events` is to be read to its end, or closed: then what is open is rolled back."""

    def __init__(
        self, order: Order, situation: Situation, *, means: Means, ports: Ports, settings: MigrateSettings
    ) -> None:
        self._order = order
        self._situation = situation
        self._means = means
        self._ports = ports
        self._settings = settings
        inside = situation.read_s <= settings.verify_within_s
        self._verification = Verification(order, situation, inside)
        self._started = monotonic()

    def events(self) -> Iterator[MigrationEvent]:
        """Carry it out."""
        yield MigrationStarted(run=self._order.run)
        if is_behind(self._order, self._situation):
            yield from _step(Step.LOOK, self._stands)
            yield from self._look_back()
            return
        for step, work in self._preliminaries():
            result = yield from _step(step, work)
            if result.finding is Finding.BROKEN:
                yield self._end(Outcome.UNCHANGED, f"Nothing was changed: {result.sentence}")
                return
        try:
            yield from self._send()
        except Failed as failure:
            if not self._arrived_all_the_same(failure):
                yield _finished(Step.MIGRATE, Finding.BROKEN, failure.sentence, 0.0, failure.detail)
                yield self._end(*(yield from mend(failure, self._order, self._situation, self._means)))
                return
            sentence = f"{failure.sentence} The history has its row, so it is committed."
            yield _finished(Step.MIGRATE, Finding.HOLDS, sentence, 0.0)
        yield from self._look_back()

    def _preliminaries(self) -> tuple[tuple[Step, Examine], ...]:
        return (
            (Step.LOOK, self._stands),
            (Step.VALIDATE_BEFORE, self._ports.validate_before),
            (Step.RESTORE_POINT, self._restore_point),
        )

    def _stands(self) -> StepResult:
        done = parts_done(self._order, self._situation)
        count = len(self._situation.history)
        sentence = f"{count} migration{'s are' if count != 1 else ' is'} applied; nothing is halfway."
        if is_behind(self._order, self._situation):
            sentence = "It was interrupted behind its commit; what follows is done again."
        elif done:
            parts = len(self._order.batches)
            sentence = f"It was interrupted behind part {done} of {parts}, and goes on from there."
        elif self._situation.progress:
            sentence = "It is halfway, and is taken back from there."
        return StepResult(step=Step.LOOK, finding=Finding.HOLDS, sentence=sentence)

    def _restore_point(self) -> StepResult:
        name = self._order.run.migration.id
        return make_restore_point(self._means.connection, name, self._settings.restore_point)

    def _send(self) -> Iterator[MigrationEvent]:
        started = monotonic()
        yield StepStarted(step=Step.MIGRATE, at=now())
        course = Course(
            batches=self._order.batches,
            step=Step.MIGRATE,
            phase="down" if self._order.run.operation is Operation.ROLLBACK else "up",
            ledger=TargetLedger(self._order, self._verification),
            done=parts_done(self._order, self._situation),
        )
        yield from perform(course, self._means)
        count = course.statements
        parts = f" in {course.parts} parts" if course.parts > 1 else ""
        sentence = f"{count} statement{'s' if count != 1 else ''}{parts}, committed."
        yield _finished(Step.MIGRATE, Finding.HOLDS, sentence, monotonic() - started)

    def _arrived_all_the_same(self, failure: Failed) -> bool:
        """Whether a commit whose answer was lost took place; the history says so."""
        if not failure.unknown and not self._means.connection.closed:
            return False
        try:
            self._means = replace(self._means, connection=self._ports.connect())
        except PgassayError as error:
            failure.detail = (*failure.detail, error.sentence)
            return False
        if not failure.unknown:
            return False
        version = self._order.run.migration.version
        there = any(
            each.version == version for each in read_history(self._means.connection, self._order.form)
        )
        return there is (self._order.run.operation is Operation.APPLY)

    def _look_back(self) -> Iterator[MigrationEvent]:
        connection = self._means.connection
        broken = []
        for step, work in (
            (Step.VERIFY, lambda: self._verification.result(connection)),
            (Step.VALIDATE_AFTER, self._ports.validate_after),
            (Step.TEST, self._ports.test),
        ):
            result = yield from _step(step, work)
            if result.finding is Finding.BROKEN:
                broken.append(result.sentence)
            if self._means.stop.is_set():
                break
        done = "applied" if self._order.run.operation is Operation.APPLY else "rolled back"
        label = self._order.run.migration.label
        if self._means.stop.is_set():
            rest = f"{label} is {done}, but what should have been looked at behind it was not."
            yield self._end(Outcome.INTERRUPTED, " ".join((rest, *broken)))
        elif broken:
            yield self._end(Outcome.RED, f"{label} is {done}, but: {' '.join(broken)}")
        else:
            yield self._end(Outcome.SUCCEEDED, f"{label} is {done}.")

    def _end(self, outcome: Outcome, sentence: str) -> MigrationFinished:
        arrived = outcome in (Outcome.SUCCEEDED, Outcome.RED, Outcome.INTERRUPTED)
        return MigrationFinished(
            outcome=outcome,
            sentence=sentence,
            at=now(),
            elapsed_s=monotonic() - self._started,
            before=self._situation.catalogs,
            after=self._verification.after if arrived else None,
            changes=self._verification.changes if arrived else (),
            interrupted=self._means.stop.is_set(),
        )


def _step(step: Step, work: Examine) -> Stepping:
    started = monotonic()
    yield StepStarted(step=step, at=now())
    result = work()
    yield StepFinished(result=result, at=now(), elapsed_s=monotonic() - started)
    return result


def _finished(
    step: Step, finding: Finding, sentence: str, elapsed_s: float, detail: tuple[str, ...] = ()
) -> StepFinished:
    result = StepResult(step=step, finding=finding, sentence=sentence, detail=detail)
    return StepFinished(result=result, at=now(), elapsed_s=elapsed_s)
