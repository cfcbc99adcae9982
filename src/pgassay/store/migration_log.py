"""The sink that writes an operation with a migration down while it goes on: each event at once."""

from uuid import UUID

from pgassay.model.events.migrate import (
    BatchCommitted,
    MigrationEvent,
    MigrationFinished,
    MigrationStarted,
    StepFinished,
    StepStarted,
)
from pgassay.model.migrate import MigrationRun, Step
from pgassay.pg.connection import Connection
from pgassay.store.catalogs import note_catalogs
from pgassay.store.journal import run_lock
from pgassay.store.logbook import Logbook, Warn
from pgassay.store.session import Transaction
from pgassay.store.values import Cleaner, to_json


class MigrationLog:
    """Writes one operation. The connection is this log's alone."""

    def __init__(self, connection: Connection, warn: Warn) -> None:
        self._book = Logbook(connection, warn)
        self._clean = self._book.clean
        self._run: MigrationRun | None = None
        self._position = 0
        self._open: Step | None = None

    def see(self, event: MigrationEvent) -> None:
        """Write an event down before anything further happens.

        Raises:
            Unavailable: that the operation begins cannot be written.
        """
        if isinstance(event, MigrationStarted):
            self._begin(event.run)
        else:
            self._book.write(lambda begun: self._write(begun, event))

    def _begin(self, run: MigrationRun) -> None:
        with self._book.opened(run.id) as begun:
            begun.run("mark_interrupted_migrations")
            begun.run("begin_migration", **_row(run, self._clean))
        self._run = run

    def _write(self, begun: Transaction, event: MigrationEvent) -> None:
        identity = self._identity()
        match event:
            case StepStarted(step=step, at=at):
                self._position += 1
                self._open = step
                begun.run(
                    "begin_migration_step",
                    run_id=identity,
                    position=self._position,
                    step=step.value,
                    started_at=at,
                )
            case StepFinished():
                self._finish_step(begun, event)
            case BatchCommitted(step=Step.MIGRATE, number=number):
                begun.run("note_migration_part", id=identity, parts=number)
            case MigrationFinished():
                for state in (event.before, event.after):
                    note_catalogs(begun, state, self._clean)
                begun.run("finish_migration", id=identity, **_end(event, self._clean))
            case _:
                return

    def _finish_step(self, begun: Transaction, event: StepFinished) -> None:
        if self._open is not event.result.step:
            self._position += 1
        self._open = event.result.step
        begun.run(
            "finish_migration_step",
            run_id=self._identity(),
            position=self._position,
            step=event.result.step.value,
            status=event.result.finding.value,
            sentence=self._clean(event.result.sentence),
            detail=[self._clean(each) for each in event.result.detail],
            finished_at=event.at,
        )

    def _identity(self) -> UUID:
        assert self._run is not None
        return self._run.id


def _row(run: MigrationRun, clean: Cleaner) -> dict[str, object]:
    migration, down = run.migration, run.migration.down
    return {
        "id": run.id,
        "operation": run.operation.value,
        "migration_id": migration.id,
        "version": clean(migration.version),
        "name": clean(migration.name),
        "up_path": clean(migration.up.path),
        "up_sha256": migration.up.sha256,
        "down_path": clean(down.path) if down is not None else None,
        "down_sha256": down.sha256 if down is not None else None,
        "target": clean(run.target),
        "database": clean(run.database),
        "place": clean(run.place),
        "irreversible": clean(run.irreversible),
        "unrehearsed": clean(run.unrehearsed),
        "started_at": run.started_at,
        "run_lock": run_lock(run.id),
    }


def _end(event: MigrationFinished, clean: Cleaner) -> dict[str, object]:
    return {
        "status": event.outcome.value,
        "sentence": clean(event.sentence),
        "finished_at": event.at,
        "before": event.before.digest if event.before is not None else "",
        "after": event.after.digest if event.after is not None else "",
        "changes": to_json(event.changes, clean),
        "exact": event.exact,
    }
