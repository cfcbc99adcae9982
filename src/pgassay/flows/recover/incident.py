"""Opens the incident of an operation that failed, or finds the one that is open; and tells people."""

from dataclasses import replace

from pgassay.config.settings import Settings
from pgassay.flows.around import Around
from pgassay.flows.incidents import untold
from pgassay.flows.notices import announce
from pgassay.judge.recovery import cause_of, of_recovery
from pgassay.model.errors import PgassayError
from pgassay.model.incident import Incident
from pgassay.notify.wording import of_incident
from pgassay.pg.connection import Connection
from pgassay.pg.target import Target
from pgassay.report.recovery.record import RecoveryRecord
from pgassay.store.incidents import open_incident, unsettled_incident_of


def with_incident(
    record: RecoveryRecord, target: Target, settings: Settings, store: Connection, around: Around
) -> RecoveryRecord:
    """Add the incident that there is, if the target is production; an operation that failed opens one.

    An operation that passed settles none: whoever deals with it says what it was. What cannot be written or
    told is a warning.
    """
    if not (target.production and settings.incidents.enabled):
        return record
    try:
        return replace(record, incident=_incident(record, settings, store, around))
    except (PgassayError, Connection.Error) as error:
        sentence = error.sentence if isinstance(error, PgassayError) else str(error)
        around.warn(f"No incident was opened: {sentence}")
        return record


def _incident(
    record: RecoveryRecord, settings: Settings, store: Connection, around: Around
) -> Incident | None:
    run, finished = record.run, record.finished
    if run is None or finished is None:
        return None
    new = of_recovery(run, (result for result, _ in record.steps), finished)
    if new is None:
        return unsettled_incident_of(store, cause_of(run))
    incident = open_incident(store, new)
    for delivery in announce(store, [of_incident(incident)], settings.notify):
        if not delivery.delivered:
            around.warn(*untold(delivery))
    return incident
