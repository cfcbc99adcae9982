"""What a rollback asks of others: to carry the store over, open the incident, tell people, clear up."""

from contextlib import suppress
from datetime import UTC, datetime

from pgassay.config.settings import Settings
from pgassay.flows.checks.functions import keep_functions
from pgassay.flows.notices import announce, remedy_of
from pgassay.judge.incident import of_rollback
from pgassay.model.errors import PgassayError
from pgassay.model.finding import Finding
from pgassay.model.notice import Delivery, Fact, Notice
from pgassay.model.rollback import RollbackOperation, RollbackResult, RollbackRun, RollbackStep
from pgassay.model.urgency import Urgency
from pgassay.notify.wording import of_incident
from pgassay.pg.connection import connect
from pgassay.pg.target import Target
from pgassay.recovery.rollback.operation import Ports
from pgassay.store.carry import How, carry
from pgassay.store.incidents import open_incident
from pgassay.store.rollbacks import link_incident

_STORE = "pgassay store"


def ports_for(run: RollbackRun, target: Target, store: Target, settings: Settings) -> Ports:
    """Give what others do for one operation."""

    def carry_over(step: RollbackStep, source: Target, into: Target) -> RollbackResult:
        how = How.WHOLE if step is RollbackStep.CARRY else How.MISSING
        with connect(source, application=_STORE) as old, connect(into, application=_STORE) as new:
            carried = carry(old, new, how)
            with suppress(PgassayError):  # without its functions, the store remembers all the same
                keep_functions(new, settings)
        sentence = f"{carried.added} rows of the store were added, {carried.changed} brought up to date."
        return RollbackResult(step=step, finding=Finding.HOLDS, sentence=sentence)

    return Ports(
        carry=carry_over if store.is_same_database(target) else None,
        tell=lambda: _tell(run, store, settings),
        clear=lambda: _clear(run, settings),
    )


def _tell(run: RollbackRun, store: Target, settings: Settings) -> RollbackResult:
    with connect(store, application=_STORE) as connection:
        if run.operation is RollbackOperation.UNDO:
            notices, said = [_of_undo(run)], "The undoing is told"
        elif not settings.incidents.enabled:
            return _result(RollbackStep.TELL, "No incident is opened: [incidents] enabled is false.")
        else:
            incident = open_incident(connection, of_rollback(str(run.id), run.reason, run.tables))
            link_incident(connection, run.id, incident.id)
            notices, said = [of_incident(incident)], f"The incident {str(incident.id)[:8]} is open, and told"
        return _told(said, announce(connection, notices, settings.notify))


def _told(said: str, deliveries: tuple[Delivery, ...]) -> RollbackResult:
    lost = [each for each in deliveries if not each.delivered]
    if lost:
        return RollbackResult(
            step=RollbackStep.TELL,
            finding=Finding.NOT_VERIFIED,
            sentence=f"{said} to {len(deliveries) - len(lost)} of {len(deliveries)}: "
            f"{lost[0].letter.channel}: {lost[0].problem.rstrip('.')}.",
            detail=(remedy_of(lost[0]),),
        )
    return _result(RollbackStep.TELL, f"{said} to {len(deliveries) or 'nobody'}.")


def _of_undo(run: RollbackRun) -> Notice:
    return Notice(
        key=f"rollback:{run.id}",
        urgency=Urgency.WARNING,
        title="A rollback was undone",
        text=run.reason,
        facts=(Fact(name="database", value=run.live), Fact(name="kept as", value=run.aside)),
        command="pgassay rollback list",
    )


def _clear(run: RollbackRun, settings: Settings) -> RollbackResult:
    """Remove the trigger file; one that was written since asks for another rollback."""
    path, step = settings.rollback.trigger_file, RollbackStep.TRIGGER
    if path is None or run.operation is RollbackOperation.UNDO:
        return _result(step, "There is none to remove.")
    try:
        written_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        if written_at > run.started_at:
            return _result(step, f"{path} was written since, and stays.")
        path.unlink()
    except FileNotFoundError:
        return _result(step, "There is none to remove.")
    return _result(step, f"{path} is removed.")


def _result(step: RollbackStep, sentence: str) -> RollbackResult:
    return RollbackResult(step=step, finding=Finding.HOLDS, sentence=sentence)
