"""An access check, as a generator of events: each relation in its turn, in a transaction that is undone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Event

from pgassay.checks.access.attempts import unverified
from pgassay.checks.access.catalogue import Relation, read_relations
from pgassay.checks.access.person import Person
from pgassay.checks.access.session import Failed, Session, Try
from pgassay.checks.access.settings import AccessSettings
from pgassay.checks.access.tables import Manner, try_table
from pgassay.checks.access.views import try_view
from pgassay.model.access import AccessPlan, Action, Ground, RelationAccess
from pgassay.model.errors import NothingToRun, Unavailable
from pgassay.model.events.access import (
    AccessEvent,
    AccessFinished,
    AccessStarted,
    AccessWarned,
    RelationTried,
)
from pgassay.model.identity import Identity
from pgassay.pg.clock import monotonic, now
from pgassay.pg.query import load
from pgassay.pg.wire import Wire


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scene:
    """What is tried, by whom; ``secured`` are the relations where policies hold, by identity."""

    relations: tuple[Relation, ...]
    secured: dict[str, frozenset[int]]
    manner: Manner


def run(plan: AccessPlan, wire: Wire, settings: AccessSettings, *, stop: Event) -> Iterator[AccessEvent]:
    """Try everything, see :mod:`pgassay.model.events.access` for what is yielded.

    Raises:
        NothingToRun: there is no relation to try anything on.
        Unavailable: the connection is lost, or the role of an identity cannot be taken on.
    """
    started = monotonic()
    read_only = plan.ground is Ground.READ_ONLY
    session = Session(wire, statement_ms=settings.statement_timeout_ms, lock_ms=settings.lock_timeout_ms)
    scene = _look_around(session, plan.identities, settings, read_only=read_only)
    before = _positions(session) if plan.ground is Ground.IN_PLACE else {}
    yield AccessStarted(plan=plan, relations=len(scene.relations))
    for relation in scene.relations:
        if stop.is_set():
            break
        people = [_person(relation, each, scene) for each in plan.identities]
        yield RelationTried(access=_try(session, relation, people, scene.manner), at=now())
    if plan.ground is Ground.IN_PLACE:
        yield from _advanced(before, _positions(session))
    yield AccessFinished(at=now(), elapsed_s=monotonic() - started, interrupted=stop.is_set())


def _try(session: Session, relation: Relation, people: Sequence[Person], manner: Manner) -> RelationAccess:
    attempt = try_table if relation.is_table else try_view
    try:
        return attempt(session, relation, people, manner)
    except Failed as error:
        actions = [each for each in Action if relation.takes(each)]
        cells = tuple(unverified(each, error.message.message) for each in actions)
        rows = tuple((person.identity.name, cells) for person in people)
        return RelationAccess(relation=relation.name, kind=relation.kind, rows=rows)


def _look_around(
    session: Session, identities: Sequence[Identity], settings: AccessSettings, *, read_only: bool
) -> _Scene:
    roles = [each.role for each in identities]
    relations = read_relations(session, roles, schemas=settings.schemas, ignored=settings.ignored_schemas)
    if not relations:
        raise NothingToRun(
            "There is no table or view to try anything on.", remedy="pgassay access --schema SCHEMA"
        )
    manner = Manner(sample=settings.sample, read_only=read_only)
    return _Scene(relations=relations, secured=_secured(session, identities), manner=manner)


def _secured(session: Session, identities: Sequence[Identity]) -> dict[str, frozenset[int]]:
    """Ask as each identity where policies hold for it, which also tells whether we can be it."""
    statement = load("pgassay.checks.access", "secured", major=session.major).text
    with session.transaction(read_only=True):
        replies = session.tries([Try(statement=statement, identity=each) for each in identities])
    for identity, reply in zip(identities, replies, strict=True):
        if reply.error is not None:
            raise Unavailable(
                f"Nothing can be tried as {identity.name}: {reply.error.message}",
                remedy=f"As its administrator: grant {identity.role} to the role that pgassay connects as",
            )
    return {
        identity.name: frozenset(int(row[0] or 0) for row in reply.rows)
        for identity, reply in zip(identities, replies, strict=True)
    }


def _person(relation: Relation, identity: Identity, scene: _Scene) -> Person:
    return Person(
        identity=identity,
        rights=relation.rights_of(identity.role),
        secured=relation.oid in scene.secured[identity.name],
    )


def _positions(session: Session) -> dict[str, str]:
    try:
        return {row[0] or "": row[1] or "" for row in session.ask("sequences")}
    except (Failed, Unavailable):
        return {}


def _advanced(before: dict[str, str], after: dict[str, str]) -> Iterator[AccessEvent]:
    """Sequences are not set back by a rollback."""
    moved = sorted(name for name, place in after.items() if before.get(name, place) != place)
    if moved:
        yield AccessWarned(sentence=f"Sequences that have advanced meanwhile: {', '.join(moved)}.")
