"""What follows a check of performance: alerts, and one incident and one notice a statement."""

from collections.abc import Sequence
from dataclasses import dataclass

from pgassay.config.settings import Settings
from pgassay.flows.notices import announce
from pgassay.judge.alerting import alert_of, cause_of, settles, subject_of
from pgassay.judge.episode import Remark, of_episode, remark
from pgassay.model.alert import Alert, Episode
from pgassay.model.incident import Incident
from pgassay.model.notice import Notice
from pgassay.model.perf import Judgement, Measurement, PerformanceVerdict
from pgassay.notify.wording import of_episode as told_of_episode
from pgassay.notify.wording import of_recovery, of_regression
from pgassay.pg.connection import Connection
from pgassay.store import alerts, incidents

_OWN = ("pg_catalog.", "information_schema.", "pg_toast.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Turn:
    """What a check found of one statement: whether something is wrong, and which alerts it settled."""

    met: bool
    recovered: tuple[Alert, ...]


def follow_up(connection: Connection, verdict: PerformanceVerdict, settings: Settings) -> None:
    """Raise and settle alerts, open an incident for each statement that is critical, and tell people.

    ``connection`` leads to the store.

    Raises:
        Unavailable: the store cannot be written.
    """
    target = verdict.benchmark.target
    for each in verdict.benchmark.measurements:
        judgements = [found for found in verdict.judgements if found.query == each.query.name]
        turn = _turn(connection, judgements, target)
        notices = _attend(connection, subject_of(each.query.name, target), turn, each, settings)
        announce(connection, notices, settings.notify)


def note_recovery(connection: Connection, settled: Alert, settings: Settings) -> None:
    """Say in its incident that a person settled an alert, and tell people if it was the last."""
    known = incidents.unsettled_incident_of(connection, settled.subject) if settled.subject else None
    if known is None:
        return
    left = alerts.episode_of(connection, settled.subject)
    found = remark(known, (settled,), left)
    announce(connection, _noted(connection, known, found), settings.notify)


def _turn(connection: Connection, judgements: Sequence[Judgement], target: str) -> _Turn:
    raised = [new for each in judgements if (new := alert_of(each, target)) is not None]
    for new in raised:  # before any is settled: what follows on is the same matter
        alerts.raise_alert(connection, new)
    gone = [
        alerts.resolve_cause(connection, cause_of(each, target), note=f"{each.query} {each.sentence}")
        for each in judgements
        if settles(each)
    ]
    return _Turn(met=bool(raised), recovered=tuple(each for each in gone if each is not None))


def _attend(
    connection: Connection, subject: str, turn: _Turn, measured: Measurement, settings: Settings
) -> list[Notice]:
    """Bring the incident up to date, and give what people are to be told, once each."""
    if not turn.met and not turn.recovered:
        return []
    left = alerts.episode_of(connection, subject)
    known = incidents.unsettled_incident_of(connection, subject)
    found = remark(known, turn.recovered, left) if known is not None else None
    notices = []
    if turn.met and left is not None:
        opened = _opened(connection, left, known, measured) if settings.incidents.enabled else None
        notices = [of_regression(opened, left)] if opened is not None else [told_of_episode(left)]
    return [*notices, *_noted(connection, known, found)]


def _opened(
    connection: Connection, episode: Episode, known: Incident | None, measured: Measurement
) -> Incident | None:
    new = of_episode(episode, known, _tables(measured))
    return incidents.open_incident(connection, new) if new is not None else None


def _noted(connection: Connection, known: Incident | None, found: Remark | None) -> list[Notice]:
    if known is None or found is None:
        return []
    noted = incidents.remark_on_incident(connection, known, found.note)
    return [of_recovery(noted)] if found.over else []


def _tables(measured: Measurement) -> tuple[str, ...]:
    """Give the tables of the application that the statement's plan reads, as far as there is a plan."""
    found = measured.plan.relations if measured.plan is not None else frozenset()
    return tuple(sorted(each for each in found if not each.startswith(_OWN)))
