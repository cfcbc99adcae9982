"""Takes migrations that were applied by other means into the history, without running them.

Which ones may be, and what could be verified of them, is decided by :mod:`pgassay.migrate.adoptable`. Each
gets its row in a transaction of its own, so an interruption leaves the first ones adopted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from threading import Event

from pgassay.migrate.history import note_adopted
from pgassay.migrate.script import Script
from pgassay.model.events.migrate import (
    MigrationEvent,
    MigrationFinished,
    MigrationStarted,
    StepFinished,
    StepStarted,
)
from pgassay.model.finding import Finding
from pgassay.model.fingerprint import Fingerprint
from pgassay.model.migrate import MigrationRun, Outcome, Step, StepResult
from pgassay.pg.clock import monotonic, now
from pgassay.pg.connection import Connection, reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """A migration that is to be adopted, and what could be verified of it.

    ``catalogs`` are the target's, where it is to be remembered that they belong to it: with the last one.
    """

    run: MigrationRun
    script: Script
    verified: StepResult
    catalogs: Fingerprint | None = None


def adopt(adoption: Adoption, connection: Connection, stop: Event) -> Iterator[MigrationEvent]:
    """Write the row, unless ``stop`` is set before."""
    label, started = adoption.run.migration.label, monotonic()
    yield MigrationStarted(run=adoption.run)
    yield StepStarted(step=Step.VERIFY, at=now())
    yield StepFinished(result=adoption.verified, at=now(), elapsed_s=0.0)
    if stop.is_set():
        yield _end(adoption, Outcome.UNCHANGED, f"Stopped before {label}.", since=started, stopped=True)
        return
    yield StepStarted(step=Step.MIGRATE, at=now())
    trouble = _write(adoption, connection)
    finding = Finding.BROKEN if trouble else Finding.HOLDS
    sentence = trouble or "It is in the history; nothing was run."
    result = StepResult(step=Step.MIGRATE, finding=finding, sentence=sentence)
    yield StepFinished(result=result, at=now(), elapsed_s=monotonic() - started)
    failed = Outcome.BETWEEN if connection.closed else Outcome.UNCHANGED
    outcome = failed if trouble else Outcome.SUCCEEDED
    yield _end(adoption, outcome, trouble or f"{label} is adopted.", since=started)


def _write(adoption: Adoption, connection: Connection) -> str:
    """Write the row; give what kept it from being written, empty where nothing did."""
    migration, told = adoption.run.migration, adoption.verified.sentence
    try:
        with connection.transaction():
            note_adopted(connection, adoption.script, migration, verified=told)
    except Connection.Error as error:
        return f"The history cannot be written: {reason(str(error))}"
    return ""


def _end(
    adoption: Adoption, outcome: Outcome, sentence: str, *, since: float, stopped: bool = False
) -> MigrationFinished:
    catalogs = adoption.catalogs if outcome is Outcome.SUCCEEDED else None
    return MigrationFinished(
        outcome=outcome,
        sentence=sentence,
        at=now(),
        elapsed_s=monotonic() - since,
        before=catalogs,
        after=catalogs,
        interrupted=stopped,
    )
