"""Looks at a table as everybody: which rows there are, who sees which of them, and which are tried on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pgassay.checks.access.catalogue import Relation
from pgassay.checks.access.outcome import Judged, judge
from pgassay.checks.access.person import Person
from pgassay.checks.access.rows import (
    Sampled,
    choose,
    fetch,
    look,
    look_at,
    look_at_few,
    look_for,
    sampled,
)
from pgassay.checks.access.session import Failed, Session, Try, array
from pgassay.checks.access.statements import delete, settable, update
from pgassay.model.access import Action
from pgassay.model.identity import Identity

_TOO_MUCH_TO_SEARCH = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """``total`` rows were looked at. ``seen`` has how many of them each identity saw, or why none; ``within``
    has their places, for those whom policies keep from some.

    ``rows`` are those to try on. ``blind`` says why we could not look ourselves.
    """

    total: int = 0
    rows: tuple[Sampled, ...] = ()
    seen: Mapping[str, int | Judged] = field(default_factory=dict)
    within: Mapping[str, frozenset[str]] = field(default_factory=dict)
    blind: str = ""


def see(
    session: Session, relation: Relation, people: Sequence[Person], *, sample: int, writing: bool
) -> Sight:
    """Look. ``writing`` looks also for rows that somebody may write: the policies for that must be laid.

    Raises:
        Failed: we cannot read ourselves what we found.
        Unavailable: the connection is lost.
    """
    try:
        places, marked = _ours(session, relation, [each.identity for each in people])
    except Failed as error:
        return Sight(blind=error.message.message)
    readers = [each for each in people if Action.SELECT in each.rights.whole and each.rights.usage]
    if writing or relation.size <= _TOO_MUCH_TO_SEARCH:
        places += _of(session, relation, [each.identity for each in readers if each.secured])
    places = list(dict.fromkeys(places))
    seen, within = _read(session, relation, readers, places)
    sights = [*within.values(), *(_written(session, relation, people, places) if writing else ())]
    chosen = array(choose(places, sights, marked, limit=sample))
    fetched = session.rows(fetch(relation, chosen))
    return Sight(
        total=len(session.rows(look_at(relation, array(places)))),
        rows=tuple(sampled(relation, row) for row in fetched),
        seen=seen,
        within=within,
    )


def _read(
    session: Session, relation: Relation, readers: Sequence[Person], places: Sequence[str]
) -> tuple[dict[str, int | Judged], dict[str, frozenset[str]]]:
    """Find how many rows each sees, or why none; and which, where policies decide that."""
    tries = [Try(statement=look_at(relation, array(places)), identity=each.identity) for each in readers]
    seen: dict[str, int | Judged] = {}
    within: dict[str, frozenset[str]] = {}
    for person, reply in zip(readers, session.tries(tries), strict=True):
        seen[person.identity.name] = judge(reply) if reply.failed else len(reply.rows)
        if person.secured and not reply.failed:
            within[person.identity.name] = frozenset(row[0] or "" for row in reply.rows)
    return seen, within


def _written(
    session: Session, relation: Relation, people: Sequence[Person], places: Sequence[str]
) -> list[frozenset[str]]:
    """Find which rows each may write: all are written in one go, and what is in its place still was not.

    Without triggers and foreign keys, which is for a superuser; whoever may not gets no sights.
    """
    rows = session.rows(fetch(relation, array(places[:1]))) if places else []
    if not rows:
        return []
    row, where = sampled(relation, rows[0]), array(places)
    left = ("select pg_catalog.set_config('role', 'none', true)", look_at(relation, where))
    statements = [
        (person, make(relation, row, person.rights, limited=True).statement)
        for action, make in ((Action.UPDATE, update), (Action.DELETE, delete))
        for person in people
        if person.secured and person.rights.on(action) and (action is Action.DELETE or settable(relation))
    ]
    replies = session.tries(
        [
            Try(statement=each, identity=person.identity, sample=where, unguarded=True, after=left)
            for person, each in statements
        ]
    )
    return [frozenset(places) - {row[0] or "" for row in reply.rows} for reply in replies if not reply.failed]


def _ours(
    session: Session, relation: Relation, identities: Sequence[Identity]
) -> tuple[list[str], frozenset[str]]:
    """Find rows as ourselves; where policies would hide some from us, that is an error."""
    session.rows("set local row_security = off")
    try:
        places = [row[0] or "" for row in session.rows(look(relation))]
        searching = look_for(relation, identities)
        marked = [row[0] or "" for row in session.rows(searching)] if searching else []
        session.rows("set local row_security = on")
    except Failed:
        session.undo()
        raise
    return places + marked, frozenset(marked)


def _of(session: Session, relation: Relation, identities: Sequence[Identity]) -> list[str]:
    """Find a few rows as each identity."""
    tries = [Try(statement=look_at_few(relation), identity=each) for each in identities]
    return [row[0] or "" for reply in session.tries(tries) for row in reply.rows]
