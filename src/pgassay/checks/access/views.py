"""Tries everything on what holds no rows of its own: views, materialized views, foreign tables.

Rows of a view have no place. Who sees which is told from digests of what is in them, all of them up to a
limit; all rows there are is what we see ourselves or, in a view that shows everybody something else, what
anybody saw. Servers behind foreign tables are never asked: nothing undoes what they do.
"""

from collections.abc import Iterator, Sequence

from pgassay.checks.access import statements
from pgassay.checks.access.attempts import Wanted, cell, make, unverified
from pgassay.checks.access.catalogue import Relation
from pgassay.checks.access.outcome import Judged, judge
from pgassay.checks.access.person import Person
from pgassay.checks.access.rows import Sampled, choose, digests, fetch_by_digest, sampled
from pgassay.checks.access.session import Failed, Session, Try
from pgassay.checks.access.tables import Manner
from pgassay.model.access import Action, Attempt, Cell, Reach, RelationAccess

_MOST = 10_000
_WRITES = (Action.INSERT, Action.UPDATE, Action.DELETE)
_Digests = frozenset[str] | Judged


def try_view(
    session: Session, relation: Relation, people: Sequence[Person], manner: Manner
) -> RelationAccess:
    """Try everything on a view, a materialized view or a foreign table; all of it is undone.

    Raises:
        Unavailable: the connection is lost.
    """
    if relation.kind == "foreign table":
        cells = [(person, list(_foreign(relation, person))) for person in people]
    else:
        with session.transaction(read_only=manner.read_only):
            cells = list(_View(session, relation, people, manner).perform())
    rows = tuple((person.identity.name, tuple(each)) for person, each in cells)
    return RelationAccess(relation=relation.name, kind=relation.kind, rows=rows)


def _foreign(relation: Relation, person: Person) -> Iterator[Cell]:
    for action in (Action.SELECT, *_WRITES):
        if not relation.takes(action):
            continue
        if person.rights.on(action):
            yield unverified(action, "it is on another server, which is not asked")
        else:
            yield Cell(action=action, reach=Reach.NO, reason="there is no privilege, as the catalogs say")


class _View:
    def __init__(
        self, session: Session, relation: Relation, people: Sequence[Person], manner: Manner
    ) -> None:
        self._session = session
        self._relation = relation
        self._people = people
        self._manner = manner
        self._rows: tuple[Sampled, ...] = ()

    def perform(self) -> Iterator[tuple[Person, list[Cell]]]:
        seen = self._look()
        found = {person.identity.name: [self._reading(person, seen)] for person in self._people}
        plans = [
            (person, action, self._plan(person, action))
            for person in self._people
            for action in _WRITES
            if self._relation.takes(action)
        ]
        judged = iter(make(self._session, [each for *_, plan in plans for each in plan]))
        for person, action, plan in plans:
            made = cell(action, plan, [next(judged) for _ in plan])
            found[person.identity.name].append(self._sure(person, made))
        for person in self._people:
            yield person, found[person.identity.name]

    # Reading.

    def _look(self) -> dict[str, _Digests]:
        """Find what each sees, and choose rows to write."""
        tries = [
            Try(statement=self._reading_statement(person), identity=person.identity)
            for person in self._people
        ]
        seen: dict[str, _Digests] = {}
        for person, reply in zip(self._people, self._session.tries(tries), strict=True):
            digests_ = frozenset(row[0] or "" for row in reply.rows)
            seen[person.identity.name] = judge(reply) if reply.failed else digests_
        try:
            rows = self._session.rows(fetch_by_digest(self._relation, _MOST + 1))
        except Failed:
            self._session.undo()
            return seen
        known = {row[0] or "": row for row in rows}
        sights = [each for each in seen.values() if isinstance(each, frozenset)]
        chosen = choose(list(known), sights, frozenset(), limit=self._manner.sample)
        self._rows = tuple(sampled(self._relation, known[place]) for place in chosen)
        seen[""] = frozenset(known)
        return seen

    def _reading_statement(self, person: Person) -> str:
        return digests(self._relation, person.rights.columns_for(Action.SELECT), _MOST + 1)

    def _reading(self, person: Person, seen: dict[str, _Digests]) -> Cell:
        found = seen[person.identity.name]
        attempts = self._reading_attempts(person)
        if isinstance(found, Judged):
            wanted = [Wanted(person=person, action=Action.SELECT, attempt=each) for each in attempts[:1]]
            return cell(Action.SELECT, wanted, [found])
        if self._relation.kind == "materialized view":
            size = len(found)
            return Cell(
                action=Action.SELECT, reach=Reach.ALL, reached=size, tried=size, attempts=attempts[:1]
            )
        ours = self._ours(person, seen)
        total = ours or self._anybodys(person, seen)
        if len(total) > _MOST or len(found) > _MOST:
            return unverified(Action.SELECT, f"it has more than {_MOST:,} rows")
        if not total:
            return unverified(Action.SELECT, "there is no row in it")
        reach = Reach.NONE if not found else Reach.ALL if found >= total else Reach.SOME
        if reach is Reach.SOME:
            attempts = (*attempts, self._any_row(person)) if self._rows else ()
        return Cell(
            action=Action.SELECT,
            reach=reach,
            reached=len(found & total) or len(found),
            tried=len(total | found),
            attempts=tuple(dict.fromkeys(attempts)),
        )

    def _any_row(self, person: Person) -> Attempt:
        """Read anything: what is in the rows of a view may depend on who looks."""
        return statements.select(self._relation, None, person.rights, limited=False)

    def _reading_attempts(self, person: Person) -> tuple[Attempt, ...]:
        made = [
            statements.select(self._relation, row, person.rights, limited=False)
            for row in self._rows or (None,)
        ]
        return tuple(dict.fromkeys(made))

    def _ours(self, person: Person, seen: dict[str, _Digests]) -> frozenset[str]:
        """Give all rows, as whoever connected sees them."""
        columns = person.rights.columns_for(Action.SELECT)
        known = seen.get("", frozenset())
        if not columns:
            return known if isinstance(known, frozenset) else frozenset()
        try:
            rows = self._session.rows(digests(self._relation, columns, _MOST + 1))
        except Failed:
            self._session.undo()
            return frozenset()
        return frozenset(row[0] or "" for row in rows)

    def _anybodys(self, person: Person, seen: dict[str, _Digests]) -> frozenset[str]:
        """Put together what all those saw who may read the same columns."""
        columns = person.rights.columns_for(Action.SELECT)
        alike = (each for each in self._people if each.rights.columns_for(Action.SELECT) == columns)
        sets = (seen[each.identity.name] for each in alike)
        return frozenset().union(*(each for each in sets if isinstance(each, frozenset)))

    # Writing.

    def _plan(self, person: Person, action: Action) -> list[Wanted]:
        if self._manner.read_only:
            return []
        rows: Sequence[Sampled | None] = self._rows if person.rights.on(action) else self._rows[:1]
        return [
            Wanted(person=person, action=action, attempt=self._attempt(person, action, row))
            for row in rows or (None,)
        ]

    def _attempt(self, person: Person, action: Action, row: Sampled | None) -> Attempt:
        if action is Action.INSERT:
            return statements.insert(self._relation, row, person.rights, fresh={})
        if action is Action.UPDATE:
            return statements.update(self._relation, row, person.rights, limited=False)
        return statements.delete(self._relation, row, person.rights, limited=False)

    def _sure(self, person: Person, found: Cell) -> Cell:
        """Without a row that may be named, that no row was written proves nothing."""
        if self._manner.read_only:
            return unverified(found.action, "on production only reading is tried")
        named = self._rows and Action.SELECT in person.rights.whole
        if found.reach is Reach.NONE and found.action is not Action.INSERT and not named:
            return unverified(found.action, "there is no row in it that could be named")
        return found
