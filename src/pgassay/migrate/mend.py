"""Brings a target back to where it was, after a script did not come to its end."""

from collections.abc import Generator
from dataclasses import replace
from threading import Event

from pgassay.migrate.batches import batches_of
from pgassay.migrate.course import Course, Failed, Means
from pgassay.migrate.ledger import UndoLedger
from pgassay.migrate.order import Order, Situation, parts_done
from pgassay.migrate.perform import perform
from pgassay.migrate.script import Script
from pgassay.model.events.migrate import MigrationEvent, StepFinished, StepStarted
from pgassay.model.finding import Finding
from pgassay.model.fingerprint import compare
from pgassay.model.migrate import Operation, Outcome, Step, StepResult
from pgassay.pg.catalog.fingerprint import fingerprint
from pgassay.pg.clock import monotonic, now
from pgassay.pg.connection import Connection

Mending = Generator[MigrationEvent, None, tuple[Outcome, str]]


def mend(failure: Failed, order: Order, situation: Situation, means: Means) -> Mending:
    """Run the rollback file where something was committed; give where the target is, and a sentence."""
    if means.connection.closed:
        open_ended = failure.committed or failure.unknown
        return Outcome.BETWEEN if open_ended else Outcome.UNCHANGED, failure.sentence
    if not failure.committed:
        return Outcome.UNCHANGED, f"{failure.sentence} It was rolled back."
    if order.down is None or order.run.operation is Operation.ROLLBACK:
        parts = f"{failure.committed} of {len(order.batches)} parts are committed"
        return Outcome.BETWEEN, f"{failure.sentence} {parts}, and no file takes them back."
    outcome, sentence = yield from _undo(order, order.down, situation, means)
    return outcome, f"{failure.sentence} {sentence}"


def _undo(order: Order, down: Script, situation: Situation, means: Means) -> Mending:
    started = monotonic()
    yield StepStarted(step=Step.UNDO, at=now())
    course = Course(batches=batches_of(down), step=Step.UNDO, phase="down", ledger=UndoLedger(order))
    try:
        # Who asked to stop asked for the target as it was: this is how it gets there.
        yield from perform(course, replace(means, stop=Event()))
    except Failed as again:
        result = StepResult(
            step=Step.UNDO, finding=Finding.BROKEN, sentence=again.sentence, detail=again.detail
        )
        said = f"The rollback file failed, too: {again.sentence}"
    else:
        result = _undone(order, situation, means.connection)
        said = result.sentence
    yield StepFinished(result=result, at=now(), elapsed_s=monotonic() - started)
    return Outcome.BETWEEN if result.finding is Finding.BROKEN else Outcome.UNDONE, said


def _undone(order: Order, situation: Situation, connection: Connection) -> StepResult:
    """Say whether the rollback file brought the catalogs back."""
    if parts_done(order, situation):
        sentence = "The rollback file was run; what was before the interrupted run is not known here."
        return StepResult(step=Step.UNDO, finding=Finding.NOT_VERIFIED, sentence=sentence)
    left = compare(situation.catalogs, fingerprint(connection))
    detail = tuple(f"{each.subject} is {each.change}" for each in left)
    if all(each.slight for each in left):
        sentence, finding = "The rollback file was run, and the catalogs are as before.", Finding.HOLDS
    else:
        sentence, finding = "The rollback file was run, but the catalogs are not as before.", Finding.BROKEN
    return StepResult(step=Step.UNDO, finding=finding, sentence=sentence, detail=detail)
