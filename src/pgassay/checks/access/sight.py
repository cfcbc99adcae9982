"""Looks at a table as everybody: which rows there are, who sees which of them, and which are tried on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pgassay.checks.access.attempts import Person
from pgassay.checks.access.catalogue import Relation
from pgassay.checks.access.outcome import Judged, judge
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
from pgassay.model.access import Action, Identity

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
    session: Session, relation: Relation, people: Sequence[Person], *, sample: int, search: bool
) -> Sight:
    """Look. ``search``: identities may look for rows of their own even in a large table.

    Raises:
        Unavailable: the connection is lost.
    """
    try:
        places, marked = _ours(session, relation, [each.identity for each in people])
    except Failed as error:
        return Sight(blind=error.message.message)
    readers = [each for each in people if Action.SELECT in each.rights.whole and each.rights.usage]
    if search or relation.size <= _TOO_MUCH_TO_SEARCH:
        places += _of(session, relation, [each.identity for each in readers if each.secured])
    places = list(dict.fromkeys(places))
    where = array(places)
    tries = [Try(statement=look_at(relation, where), identity=each.identity) for each in readers]
    seen: dict[str, int | Judged] = {}
    within: dict[str, frozenset[str]] = {}
    for person, reply in zip(readers, session.tries(tries), strict=True):
        seen[person.identity.name] = judge(reply) if reply.failed else len(reply.rows)
        if person.secured and not reply.failed:
            within[person.identity.name] = frozenset(row[0] or "" for row in reply.rows)
    chosen = array(choose(places, tuple(within.values()), marked, limit=sample))
    fetched = session.rows(fetch(relation, chosen))
    return Sight(
        total=len(session.rows(look_at(relation, where))),
        rows=tuple(sampled(relation, row) for row in fetched),
        seen=seen,
        within=within,
    )


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
