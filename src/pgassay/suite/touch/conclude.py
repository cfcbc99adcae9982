"""Concludes what a file touches, from what was counted, from its text, and from what the database has. Pure.

Whether a policy was in force nobody counts. It is taken to have been if its table has row-level security and
was used, in the way that the policy is for, by a role to which the policy applies.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pgassay.model.touch import FUNCTION, POLICY, TRIGGER, Known, Touch
from pgassay.parse.mentions import Chain, Mentions
from pgassay.pg.objects import Policy, Relation, Role, Trigger
from pgassay.pg.touched import NO_COUNTS, NOTHING, Counted, Counts
from pgassay.suite.touch.index import Index
from pgassay.suite.touch.roles import Timeline

_INSERT, _DELETE, _UPDATE = 4, 8, 16
"""The bits of ``pg_trigger.tgtype``."""
_LETTERS = {"select": "r", "insert": "a", "update": "rw", "delete": "rd"}
"""What policies a command needs: rows have to be seen to be changed."""
_ALL = "rawd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was measured of a file: counts, and the relations that it held locks on, all by number."""

    counts: Counts = NO_COUNTS
    held: frozenset[int] = frozenset()
    calls_counted: bool = False


def conclude(index: Index, seen: Seen, mentions: Mentions) -> tuple[Touch, ...]:
    """Give the objects that a file touches, each with the surest way in which that is known."""
    file = _File(index, seen, mentions)
    found: dict[tuple[str, str], Known] = {}
    for kind, name, known in file.touches():
        place = (kind, name)
        if place not in found or _SURER[known] < _SURER[found[place]]:
            found[place] = known
    return tuple(Touch(kind=kind, name=name, known=known) for (kind, name), known in sorted(found.items()))


_SURER = {known: place for place, known in enumerate(Known)}


class _File:
    def __init__(self, index: Index, seen: Seen, mentions: Mentions) -> None:
        self._index = index
        self._objects = index.objects
        self._seen = seen
        self._mentions = mentions
        self._named = index.relations(self._all_names(), mentions)
        self._called = index.functions(mentions.calls, mentions)
        self._measured = frozenset(seen.counts.relations) | seen.held
        self._timeline = Timeline(index, mentions, frozenset(seen.counts.functions))

    def touches(self) -> Iterator[tuple[str, str, Known]]:
        yield from self._relations()
        yield from self._functions()
        yield from self._triggers()
        yield from self._policies()

    def _all_names(self) -> Iterator[Chain]:
        yield from self._mentions.names
        yield from ((text,) for text in self._mentions.literals)

    def _relations(self) -> Iterator[tuple[str, str, Known]]:
        for oid, each in self._objects.relations.items():
            if oid in self._measured:
                yield each.kind, each.name, Known.MEASURED
                yield from self._above(each)
            elif oid in self._named:
                yield each.kind, each.name, Known.NAMED

    def _above(self, relation: Relation) -> Iterator[tuple[str, str, Known]]:
        """Who touches a partition touches what it is one of, most likely through it."""
        above = self._objects.relations.get(relation.parent or 0)
        if above is not None:
            yield above.kind, above.name, Known.INFERRED
            yield from self._above(above)

    def _functions(self) -> Iterator[tuple[str, str, Known]]:
        literal = self._index.functions(((text,) for text in self._mentions.literals), self._mentions)
        for oid, each in self._objects.functions.items():
            if oid in self._seen.counts.functions:
                yield FUNCTION, each.name, Known.MEASURED
            elif oid in self._called:
                yield FUNCTION, each.name, Known.INFERRED
            elif oid in literal:
                yield FUNCTION, each.name, Known.NAMED

    def _triggers(self) -> Iterator[tuple[str, str, Known]]:
        for each, name in self._index.triggers:
            known = self._fired(each)
            if known is not None:
                yield TRIGGER, each.name, known
            elif self._is_named(name):
                yield TRIGGER, each.name, Known.NAMED

    def _fired(self, trigger: Trigger) -> Known | None:
        wrote = self._wrote(trigger)
        if trigger.function in self._seen.counts.functions:
            if trigger.function in self._index.lonely:
                return Known.MEASURED
            return Known.INFERRED if wrote else None
        if self._seen.calls_counted or trigger.conditional or not trigger.fires:
            return None
        return Known.INFERRED if wrote else None

    def _wrote(self, trigger: Trigger) -> bool:
        done = self._seen.counts.relations.get(trigger.table, NOTHING)
        pairs = ((_INSERT, done.inserted), (_UPDATE, done.updated), (_DELETE, done.deleted))
        return any(trigger.events & bit and rows for bit, rows in pairs)

    def _policies(self) -> Iterator[tuple[str, str, Known]]:
        uses = self._uses()
        for table, each, name in self._index.policies:
            letters = _ALL if each.command == "*" else each.command
            roles = {role for letter in letters for role in uses.get((table.oid, letter), ())}
            if table.row_security and any(_applies(each, table, role) for role in roles):
                yield POLICY, each.name, Known.INFERRED
            elif self._is_named(name):
                yield POLICY, each.name, Known.NAMED

    def _uses(self) -> dict[tuple[int, str], frozenset[Role]]:
        """Give the roles that used a table, by its number and a letter of ``pg_policy.polcmd``.

        The text tells who did. What was counted and is not in the text, any role in play may have done.
        """
        found: defaultdict[tuple[int, str], set[Role]] = defaultdict(set)
        for command, chain, roles in self._timeline.commands:
            # A row that a policy kept from being written is counted nowhere; but it was meant to be.
            for oid in self._index.relations([chain], self._mentions):
                if command != "select" or oid in self._measured:
                    for letter in _LETTERS[command]:
                        found[oid, letter] |= roles
        for oid, done in self._seen.counts.relations.items():
            pairs = (("r", done.scans), ("a", done.inserted), ("w", done.updated), ("d", done.deleted))
            for letter, number in pairs:
                if number and (oid, letter) not in found:
                    found[oid, letter] |= self._timeline.everybody
        return {place: frozenset(roles) for place, roles in found.items()}

    def _is_named(self, name: str) -> bool:
        return name in self._mentions.literals or (name,) in self._mentions.names


def _applies(policy: Policy, table: Relation, role: Role) -> bool:
    if role.free or (table.owner in role.rights and not table.forced):
        return False
    return 0 in policy.roles or not policy.roles.isdisjoint(role.rights)


def seen_by_name(
    index: Index, relations: Iterable[tuple[str, int, int, int, int]], functions: Iterable[str] | None
) -> Seen:
    """Give what is known by names: of tables the scans, and the rows inserted, updated and deleted."""
    counted = {
        index.numbers[name]: Counted(scans=scans, inserted=inserted, updated=updated, deleted=deleted)
        for name, scans, inserted, updated, deleted in relations
        if name in index.numbers
    }
    called = [oid for name in functions or () for oid in index.overloads.get(name, ())]
    return Seen(
        counts=Counts(relations=counted, functions={oid: Counted(calls=1) for oid in called}),
        calls_counted=functions is not None,
    )
