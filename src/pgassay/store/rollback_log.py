"""The sink that writes a rollback down while it goes on: each event at once, over a connection of its own.

No connection stays open: the store may be in the very database that is swapped away, and whoever is
connected to it is turned out. Behind the swap the same name leads to the store in the other database; what
that does not know of the operation is written there, too.
"""

from collections.abc import Callable

from pgassay.model.errors import PgassayError
from pgassay.model.events.rollback import (
    RollbackEvent,
    RollbackFinished,
    RollbackStarted,
    RollbackStepFinished,
    RollbackStepStarted,
    RollbackSwapped,
)
from pgassay.model.rollback import RollbackOutcome, RollbackRun, RollbackStep
from pgassay.pg.connection import Connection
from pgassay.store.logbook import Warn, warning_once
from pgassay.store.schema import opened
from pgassay.store.session import Transaction
from pgassay.store.values import Cleaner, cleaner


class RollbackLog:
    """Writes one operation."""

    def __init__(self, connect: Callable[[], Connection], warn: Warn) -> None:
        self._connect = connect
        self._complain = warning_once(warn)
        self._run: RollbackRun | None = None
        self._carried: RollbackStepFinished | None = None

    def see(self, event: RollbackEvent) -> None:
        """Write an event down before anything further happens.

        Raises:
            Unavailable: that the operation begins cannot be written.
        """
        if isinstance(event, RollbackStarted):
            self._run = event.run
        try:
            with self._connect() as connection, opened(connection) as begun:
                self._write(begun, event)
        except (PgassayError, Connection.Error) as error:
            if isinstance(event, RollbackStarted) and not event.resumed:
                raise
            self._complain(error)

    def _write(self, begun: Transaction, event: RollbackEvent) -> None:
        run = self._run
        assert run is not None
        _begin(begun, run, resumed=isinstance(event, RollbackStarted) and event.resumed)
        clean = _cleaner(begun)
        match event:
            case RollbackStepStarted(step=step, at=at):
                begun.run("begin_rollback_step", id=run.id, step=step.value, at=at)
            case RollbackStepFinished():
                _finish_step(begun, run, event)
                if event.result.step is RollbackStep.CARRY:
                    self._carried = event
            case RollbackSwapped(outage_s=outage_s):
                begun.run("note_swap", id=run.id, aside=run.aside, outage_s=outage_s)
                if self._carried is not None:  # the store was carried over while that step still ran
                    _finish_step(begun, run, self._carried)
            case RollbackFinished(outcome=outcome, sentence=sentence, at=at):
                begun.run(
                    "finish_rollback",
                    id=run.id,
                    status=outcome.value,
                    sentence=clean(sentence),
                    succeeded=outcome is RollbackOutcome.SUCCEEDED,
                    at=at,
                )
            case _:
                return


def _finish_step(begun: Transaction, run: RollbackRun, event: RollbackStepFinished) -> None:
    clean, result = _cleaner(begun), event.result
    begun.run(
        "finish_rollback_step",
        id=run.id,
        step=result.step.value,
        status=result.finding.value,
        sentence=clean(result.sentence),
        detail=[clean(each) for each in result.detail],
        at=event.at,
        elapsed_s=event.elapsed_s,
    )


def _begin(begun: Transaction, run: RollbackRun, *, resumed: bool) -> None:
    clean = _cleaner(begun)
    begun.run(
        "begin_rollback",
        id=run.id,
        reason=clean(run.reason),
        location=clean(run.location),
        started_at=run.started_at,
        live=clean(run.live),
        operation=run.operation.value,
        target=clean(run.target),
        database=clean(run.database),
        backup=run.backup,
        undoes=run.undoes,
        way=run.way.value,
        schemas=[clean(each) for each in run.schemas],
        resumed=resumed,
    )


def _cleaner(begun: Transaction) -> Cleaner:
    return cleaner(begun.connection.info.parameter_status("server_encoding") or "")
