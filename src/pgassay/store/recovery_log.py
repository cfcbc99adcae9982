"""The sink that writes a backup, a drill or a proof down while it goes on: each event at once."""

from dataclasses import dataclass

from pgassay.model.backup import BackupState
from pgassay.model.events.recovery import (
    BackupMade,
    PlaceReady,
    RecoveryEvent,
    RecoveryFinished,
    RecoveryStarted,
    RecoveryStepFinished,
    RecoveryStepStarted,
)
from pgassay.model.recovery import Outcome, RecoveryOperation, RecoveryRun, StepResult
from pgassay.pg.connection import Connection
from pgassay.store.journal import run_lock
from pgassay.store.logbook import Logbook, Warn
from pgassay.store.recovery import keep, prove
from pgassay.store.session import Transaction
from pgassay.store.values import to_json

_KINDS = {RecoveryOperation.DRILL: "restore", RecoveryOperation.POINT_IN_TIME: "point-in-time"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Objectives:
    """The objectives that a drill is held against, in seconds; ``None`` where there is none."""

    rto_s: float | None = None
    rpo_s: float | None = None


class RecoveryLog:
    """Writes one operation. The connection is this log's alone."""

    def __init__(self, connection: Connection, warn: Warn, objectives: Objectives) -> None:
        self._book = Logbook(connection, warn)
        self._clean = self._book.clean
        self._objectives = objectives
        self._run: RecoveryRun | None = None
        self._steps: list[StepResult] = []
        self._place = ""
        self._sentence = "as it began."

    def see(self, event: RecoveryEvent) -> None:
        """Write an event down before anything further happens.

        Raises:
            Unavailable: that the operation begins cannot be written.
        """
        if isinstance(event, RecoveryStarted):
            self._begin(event.run)
        else:
            self._book.write(lambda begun: self._write(begun, event))

    def _begin(self, run: RecoveryRun) -> None:
        with self._book.opened(run.id) as begun:
            begun.run("mark_interrupted_recoveries")
            if run.operation is RecoveryOperation.BACKUP:
                begun.run(
                    "begin_backup",
                    **self._row(run),
                    server_version=self._clean(run.server_version),
                    location=self._clean(run.location),
                )
            elif run.operation is not RecoveryOperation.VERIFY:
                begun.run(
                    "begin_drill",
                    **self._row(run),
                    kind=_KINDS[run.operation],
                    backup_id=run.backup,
                    rto_objective_s=self._objectives.rto_s,
                    rpo_objective_s=self._objectives.rpo_s,
                )
        self._run = run

    def _row(self, run: RecoveryRun) -> dict[str, object]:
        return {
            "id": run.id,
            "target": self._clean(run.target),
            "database": self._clean(run.database),
            "started_at": run.started_at,
            "run_lock": run_lock(run.id),
        }

    def _write(self, begun: Transaction, event: RecoveryEvent) -> None:
        match event:
            case RecoveryStepStarted(step=step):
                self._sentence = f"at the step {step}."
                self._note(begun)
            case RecoveryStepFinished(result=result):
                self._steps.append(result)
                self._sentence = f"behind the step {result.step}."
                self._note(begun)
            case PlaceReady(place=place):
                self._place = place
                self._note(begun)
            case BackupMade():
                keep(begun, event, self._clean)
            case RecoveryFinished():
                self._finish(begun, event)
            case _:
                return

    def _note(self, begun: Transaction) -> None:
        run = self._known()
        if run.operation is RecoveryOperation.BACKUP:
            begun.run("note_backup_step", id=run.id, sentence=self._sentence)
        elif run.operation is not RecoveryOperation.VERIFY:
            begun.run(
                "note_drill",
                id=run.id,
                place=self._clean(self._place),
                steps=self._proven(),
                sentence=self._sentence,
            )

    def _finish(self, begun: Transaction, event: RecoveryFinished) -> None:
        run = self._known()
        if run.operation is RecoveryOperation.BACKUP:
            state = BackupState.INTERRUPTED if event.outcome is Outcome.INTERRUPTED else BackupState.FAILED
            if event.outcome is not Outcome.PASSED:
                sentence = self._clean(event.sentence)
                begun.run("end_backup", id=run.id, state=state.value, finished_at=event.at, sentence=sentence)
        elif run.operation is not RecoveryOperation.VERIFY:
            self._finish_drill(begun, run, event)
        if run.operation is not RecoveryOperation.BACKUP:
            self._prove(begun, run, event)

    def _finish_drill(self, begun: Transaction, run: RecoveryRun, event: RecoveryFinished) -> None:
        begun.run(
            "finish_drill",
            id=run.id,
            status=event.outcome.value,
            finished_at=event.at,
            rto_s=event.measured.rto_s,
            rpo_s=event.measured.rpo_s,
            phases=to_json(event.measured.phases, self._clean),
            steps=self._proven(),
            sentence=self._clean(event.sentence),
        )

    def _prove(self, begun: Transaction, run: RecoveryRun, event: RecoveryFinished) -> None:
        """Say of a backup what was found out about it."""
        if run.backup is not None and event.standing is not None:
            sentence = self._clean(event.sentence) if event.standing is BackupState.FAILED else ""
            prove(begun, run.backup, event.standing, at=event.at, sentence=sentence)

    def _proven(self) -> str:
        return to_json(tuple(self._steps), self._clean)

    def _known(self) -> RecoveryRun:
        assert self._run is not None
        return self._run
