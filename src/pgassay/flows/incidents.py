"""Look at incidents, and deal with them: by hand, or because something failed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pgassay.config.settings import Settings
from pgassay.flows.around import Around
from pgassay.flows.notices import announce, remedy_of
from pgassay.flows.remembered import store_of
from pgassay.judge.incident import Deed, next_status, of_failed_categories
from pgassay.model.errors import PgassayError
from pgassay.model.incident import Incident, IncidentStatus, NewIncident
from pgassay.model.notice import Delivery
from pgassay.notify.settings import NotifySettings
from pgassay.notify.wording import of_incident
from pgassay.pg.connection import Connection
from pgassay.store import incidents

if TYPE_CHECKING:
    from pgassay.flows.memory import Memory
    from pgassay.report.record import RunRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is done to an incident: ``ack``, ``resolve``, ``reopen`` or ``close``; and by whom."""

    deed: str
    actor: str | None = None
    note: str = ""


def list_incidents(settings: Settings, *, target: str | None, settled: bool) -> tuple[Incident, ...]:
    """Give the incidents that are not settled, or all of them.

    Raises:
        Unavailable: the store cannot be reached, or is not installed.
    """
    with store_of(settings, target) as connection:
        return incidents.incidents(connection, tuple(IncidentStatus) if settled else incidents.UNSETTLED)


def show_incident(text: str, settings: Settings, *, target: str | None) -> Incident:
    """Give one incident with its links and its history; ``text`` is its id or a start of it.

    Raises:
        UsageError: there is no such incident.
    """
    with store_of(settings, target) as connection:
        return incidents.find_incident(connection, text)


def open_incident(
    new: NewIncident, settings: Settings, around: Around | None = None, *, target: str | None
) -> Incident:
    """Open an incident that a person saw, and tell people; who cannot be told now is a warning."""
    with store_of(settings, target) as connection:
        opened = incidents.open_incident(connection, new)
        deliveries = announce(connection, [of_incident(opened)], settings.notify)
    for delivery in deliveries:
        if not delivery.delivered and around is not None:
            around.warn(*untold(delivery))
    return opened


def change_incident(text: str, change: Change, settings: Settings, *, target: str | None) -> Incident:
    """Do something to an incident.

    Raises:
        UsageError: there is no such incident, or it does not stand where this is allowed.
    """
    with store_of(settings, target) as connection:
        found = incidents.find_incident(connection, text)
        after = next_status(found, Deed(change.deed))
        return incidents.move_incident(connection, found, after, actor=change.actor, note=change.note)


def report_failed_categories(memory: "Memory", record: "RunRecord", settings: NotifySettings) -> None:
    """Open an incident for each category of a run on production that failed, and tell people.

    A store that fails is a warning, and so is a receiver that cannot be told now.
    """
    found = of_failed_categories(record.run, record.results) if record.run is not None else ()
    if not found:
        return
    try:
        with memory.connect() as connection:
            for delivery in open_and_tell(connection, found, settings):
                if not delivery.delivered:
                    memory.warn(*untold(delivery))
    except PgassayError as error:
        memory.warn(f"No incident was opened: {error.sentence}", error.remedy)


def open_and_tell(
    connection: Connection, found: Iterable[NewIncident], settings: NotifySettings
) -> tuple[Delivery, ...]:
    """Open incidents in the store, and tell people of those that are new or became worse.

    Raises:
        Unavailable: the store cannot be written.
    """
    opened = [incidents.open_incident(connection, each) for each in found]
    return announce(connection, [of_incident(each) for each in opened], settings)


def untold(delivery: Delivery) -> tuple[str, str]:
    """Say that somebody was not told, and what to do: a sentence and a remedy."""
    return f"Not told ({delivery.letter.channel}): {delivery.problem}", remedy_of(delivery)
