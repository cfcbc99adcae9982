"""Tries everything on one table, as every identity, on a few of its rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pgassay.checks.access import statements
from pgassay.checks.access.attempts import Wanted, cell, make, unverified
from pgassay.checks.access.catalogue import Relation
from pgassay.checks.access.outcome import Judged
from pgassay.checks.access.person import Person
from pgassay.checks.access.planning import Planner
from pgassay.checks.access.rows import unused
from pgassay.checks.access.seed import plant
from pgassay.checks.access.session import Failed, Session
from pgassay.checks.access.sight import Sight, see
from pgassay.model.access import Action, Cell, Reach, RelationAccess

_WRITES = (Action.INSERT, Action.UPDATE, Action.DELETE, Action.TRUNCATE)
_EMPTY = "there is no row that policies could be tried on"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How much is tried: rows a relation, and whether anything may be written."""

    sample: int
    read_only: bool = False


def try_table(
    session: Session, relation: Relation, people: Sequence[Person], manner: Manner
) -> RelationAccess:
    """Try everything on a table; all of it is undone.

    Raises:
        Unavailable: the connection is lost.
    """
    with session.transaction(read_only=manner.read_only):
        return _Table(session, relation, people, manner).perform()


class _Table:
    def __init__(
        self, session: Session, relation: Relation, people: Sequence[Person], manner: Manner
    ) -> None:
        self._session = session
        self._relation = relation
        self._people = people
        self._manner = manner
        self._seed: tuple[str, ...] = ()
        self._no_policy = self._lay_policies()
        self._planner = self._prepared(*self._look())

    def perform(self) -> RelationAccess:
        """Try, and sort what became of it by identity and action."""
        cells = {(person.identity.name, each.action): each for person, each in self._cells()}
        names = [person.identity.name for person in self._people]
        return RelationAccess(
            relation=self._relation.name,
            kind=self._relation.kind,
            rows=tuple((name, tuple(cells[name, action] for action in Action)) for name in names),
            seed=self._seed,
        )

    def _look(self) -> tuple[Sight, str]:
        """Look for rows, and make some where there are none; say why that failed, if it did."""
        sight = self._see()
        waiting = [each.identity for each in self._people if each.secured]
        if sight.total or sight.blind or self._manner.read_only or not waiting:
            return sight, _EMPTY
        try:
            self._seed, reason = plant(self._session, self._relation, waiting)
        except Failed as error:
            self._session.undo()
            reason = error.message.message
        if self._seed:
            return self._see(), _EMPTY
        return sight, f"it is empty, and no row could be made for it: {reason}"

    def _see(self) -> Sight:
        writing = not self._manner.read_only and not self._no_policy
        sample = self._manner.sample
        return see(self._session, self._relation, self._people, sample=sample, writing=writing)

    def _prepared(self, sight: Sight, no_row: str) -> Planner:
        """Find values for keys."""
        writing = not self._manner.read_only
        return Planner(
            relation=self._relation,
            sight=sight,
            fresh=self._fresh() if writing else {},
            read_only=not writing,
            no_row=no_row,
            no_policy=self._no_policy,
        )

    def _fresh(self) -> dict[str, str]:
        keys = [each for each in self._relation.columns if each.surrogate and each.kin in ("uuid", "number")]
        try:
            return {each.name: self._session.rows(unused(self._relation, each))[0][0] or "" for each in keys}
        except Failed:  # then copies keep their keys, and meet the index behind the policies
            self._session.undo()
            return {}

    def _lay_policies(self) -> str:
        """Make the policies that stand in for a WHERE; say why that failed, if it did."""
        if self._manner.read_only or not any(each.secured for each in self._people):
            return ""
        try:
            self._session.rows(statements.policy(self._relation, Action.UPDATE))
            self._session.rows(statements.policy(self._relation, Action.DELETE))
        except Failed as error:
            self._session.undo()
            return f"only the owner of the table can try it: {error.message.message}"
        self._session.keep()
        return ""

    def _cells(self) -> Iterator[tuple[Person, Cell]]:
        plans: list[tuple[Person, Action, list[Wanted]]] = []
        for person in self._people:
            seen = self._seen(person)
            if seen is not None:
                yield person, seen
            for action in _WRITES if seen is not None else (Action.SELECT, *_WRITES):
                plan = self._planner.plan(person, action)
                if isinstance(plan, str):
                    yield person, unverified(action, plan)
                    if action is Action.UPDATE:
                        yield person, unverified(Action.MOVE, plan)
                else:
                    plans.append((person, action, plan))
        judged = iter(make(self._session, [each for _, _, plan in plans for each in plan]))
        for person, action, plan in plans:
            outcomes = [next(judged) for _ in plan]
            found = _sure(person, cell(action, plan, outcomes))
            yield person, found
            if action is Action.UPDATE:
                yield person, self._moved(person, found, outcomes)

    def _seen(self, person: Person) -> Cell | None:
        """Give the cell for reading, where looking around has told it already."""
        sight = self._planner.sight
        found = sight.seen.get(person.identity.name)
        if found is None:
            return None
        attempts = tuple(
            statements.select(self._relation, row, person.rights, limited=False)
            for row in sight.rows or (None,)
        )
        if isinstance(found, Judged):
            wanted = [Wanted(person=person, action=Action.SELECT, attempt=each) for each in attempts[:1]]
            return cell(Action.SELECT, wanted, [found])
        if person.secured and not sight.total:
            return unverified(Action.SELECT, self._planner.no_row)
        reach = _share(found, sight.total) if person.secured else Reach.ALL
        return Cell(action=Action.SELECT, reach=reach, reached=found, tried=sight.total, attempts=attempts)

    def _moved(self, person: Person, updated: Cell, outcomes: Sequence[Judged]) -> Cell:
        """Find out whether rows can be moved; where all rows are within reach or none is, that is known."""
        if updated.reach is not Reach.SOME:
            return Cell(action=Action.MOVE, reach=updated.reach, reason=updated.reason)
        wanted = self._planner.moves(person, outcomes)
        return cell(Action.MOVE, wanted, make(self._session, wanted))


def _sure(person: Person, found: Cell) -> Cell:
    """Where no policy holds, the privilege alone decides, whatever rows there are."""
    if person.secured or found.reach is not Reach.NONE or found.reason:
        return found
    return replace(found, reach=Reach.ALL)


def _share(reached: int, total: int) -> Reach:
    if not reached:
        return Reach.NONE
    return Reach.ALL if reached == total else Reach.SOME
