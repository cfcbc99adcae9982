"""Says what is to be tried on a table, as whom and on which rows, or why trying would prove nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pgassay.checks.access import statements
from pgassay.checks.access.attempts import Wanted
from pgassay.checks.access.catalogue import Relation
from pgassay.checks.access.outcome import Judged, Outcome
from pgassay.checks.access.person import Person
from pgassay.checks.access.rows import Sampled, as_own
from pgassay.checks.access.sight import Sight
from pgassay.model.access import Action, Attempt

READ_ONLY = "on production only reading is tried"
_OWN = 2
_LIKE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Planner:
    """What a table offers. ``fresh`` has unused values for surrogate keys.

    ``no_row`` and ``no_policy`` say why there is no row to try policies on, and why none of ours can be made.
    """

    relation: Relation
    sight: Sight
    fresh: Mapping[str, str]
    read_only: bool
    no_row: str
    no_policy: str

    def plan(self, person: Person, action: Action) -> list[Wanted] | str:
        """Say what to try for one action, or why that proves nothing.

        Where no policy holds, or the privilege is missing, one row tells as much as many.
        """
        if self.read_only and action is not Action.SELECT:
            return READ_ONLY
        rows: Sequence[Sampled | None] = self.sight.rows
        filtered = person.secured and person.rights.on(action) and action is not Action.TRUNCATE
        if obstacle := self._obstacle(action, filtered=filtered):
            return obstacle
        if not filtered:
            return [self._wanted(person, action, row, limited=False) for row in rows[:1] or [None]]
        wanted = [self._wanted(person, action, row, limited=True) for row in rows]
        if action is Action.INSERT:
            wanted += [self._wanted(person, action, row, limited=True) for row in self._own(person)]
        return list(dict.fromkeys(wanted))

    def moves(self, person: Person, outcomes: Sequence[Judged]) -> list[Wanted]:
        """Say what to try to make rows within reach like those that are not; ``outcomes`` are UPDATE's."""
        pairs = list(zip(self.sight.rows, outcomes, strict=True))
        own = [row for row, each in pairs if each.outcome is Outcome.REACHED][:_OWN]
        others = [row for row, each in pairs if each.outcome is Outcome.FILTERED][:_LIKE]
        return [
            Wanted(
                person=person,
                action=Action.MOVE,
                attempt=statements.move(self.relation, row, like, person),
                place=row.place,
                partly=not statements.tells_apart(self.relation, row, like, person.rights),
            )
            for row in own
            for like in others
        ]

    def _obstacle(self, action: Action, *, filtered: bool) -> str:
        if action is Action.UPDATE and not statements.settable(self.relation):
            return "it has no column that an UPDATE may set"
        if not filtered:
            return ""
        if self.sight.blind:
            return f"pgassay's own role sees only a part of it: {self.sight.blind}"
        if not self.sight.rows:
            return self.no_row
        if action is Action.SELECT and (self.read_only or self.no_policy):
            return "it may be read in single columns only, and here nothing else can choose a row"
        return "" if action is Action.INSERT else self.no_policy

    def _own(self, person: Person) -> Iterator[Sampled]:
        """Give rows as this identity would make them for itself, after such that it sees."""
        seen = self.sight.within.get(person.identity.name, frozenset())
        rows = [row for row in self.sight.rows if row.place in seen] or list(self.sight.rows[:1])
        for row in rows[:_OWN]:
            yield from as_own(self.relation, row, person.identity)

    def _wanted(self, person: Person, action: Action, row: Sampled | None, *, limited: bool) -> Wanted:
        by_policy = limited and action is not Action.INSERT
        return Wanted(
            person=person,
            action=action,
            attempt=self._attempt(person, action, row, limited=limited),
            place=row.place if row is not None and by_policy else "",
            before=statements.policy(self.relation, action) if by_policy and action is Action.SELECT else "",
        )

    def _attempt(self, person: Person, action: Action, row: Sampled | None, *, limited: bool) -> Attempt:
        relation, rights = self.relation, person.rights
        match action:
            case Action.SELECT:
                return statements.select(relation, row, rights, limited=limited)
            case Action.INSERT:
                return statements.insert(relation, row, rights, fresh=self.fresh)
            case Action.UPDATE | Action.MOVE:
                return statements.update(relation, row, rights, limited=limited)
            case Action.DELETE:
                return statements.delete(relation, row, rights, limited=limited)
            case Action.TRUNCATE:
                return statements.truncate(relation)
