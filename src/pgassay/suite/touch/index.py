"""Finds the objects of a database by the names that a text has. Built once for each database."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from pgassay.parse.mentions import Chain, Mentions, read_mentions, split_name
from pgassay.pg.objects import Function, Objects, Policy, Relation, Trigger


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleText:
    """What the body of a function does about roles: whether it becomes one, and which it names."""

    becomes: bool
    named: frozenset[str]


class Index:
    """The objects of a database, by name and by what they hang on."""

    def __init__(self, objects: Objects) -> None:
        self.objects = objects
        self._relations = _by_last(objects.relations.values())
        self._functions = _by_last(objects.functions.values())

    def relations(self, names: Iterable[Chain], mentions: Mentions) -> frozenset[int]:
        """Give the relations that some names mean; of several with one name, those that can be meant."""
        return frozenset(
            each.oid
            for chain in names
            for each in _meant(chain, self._relations, self.objects.path, mentions)
        )

    def functions(self, names: Iterable[Chain], mentions: Mentions) -> frozenset[int]:
        """Give the functions that some names mean, all overloads of each."""
        return frozenset(
            each.oid
            for chain in names
            for each in _meant(chain, self._functions, self.objects.path, mentions)
        )

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each relation by its whole name."""
        return {each.name: each.oid for each in self.objects.relations.values()}

    @cached_property
    def overloads(self) -> dict[str, tuple[int, ...]]:
        """The numbers of functions by their name without the arguments."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for each in self.objects.functions.values():
            found[each.name.partition("(")[0]].append(each.oid)
        return {name: tuple(oids) for name, oids in found.items()}

    @cached_property
    def policies(self) -> tuple[tuple[Relation, Policy, str], ...]:
        """Policies with their tables, and their own names without those."""
        tables = self.objects.relations
        return tuple(
            (tables[each.table], each, split_name(each.name)[-1])
            for each in self.objects.policies
            if each.table in tables
        )

    @cached_property
    def triggers(self) -> tuple[tuple[Trigger, str], ...]:
        """Triggers with their own names, without those of their tables."""
        return tuple((each, split_name(each.name)[-1]) for each in self.objects.triggers)

    @cached_property
    def lonely(self) -> frozenset[int]:
        """The functions that one trigger calls, and no other."""
        uses: defaultdict[int, int] = defaultdict(int)
        for each in self.objects.triggers:
            uses[each.function] += 1
        return frozenset(oid for oid, number in uses.items() if number == 1)

    @cached_property
    def role_texts(self) -> dict[int, RoleText]:
        """What the bodies of functions do about roles, of those that do anything."""
        found = {}
        for each in self.objects.functions.values():
            if each.role_text:
                mentions = read_mentions([each.role_text])
                found[each.oid] = RoleText(becomes=mentions.becomes_a_role, named=mentions.words)
        return {oid: each for oid, each in found.items() if each.becomes}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    schema: str
    oid: int


def _by_last(objects: Iterable[Relation | Function]) -> dict[str, tuple[_Named, ...]]:
    found: defaultdict[str, list[_Named]] = defaultdict(list)
    for each in objects:
        schema, name = split_name(each.name.partition("(")[0])[:2]
        found[name].append(_Named(schema=schema, oid=each.oid))
    return {name: tuple(group) for name, group in found.items()}


def _meant(
    chain: Chain, known: dict[str, tuple[_Named, ...]], path: tuple[str, ...], mentions: Mentions
) -> Iterator[_Named]:
    for place, part in enumerate(chain):
        group = known.get(part, ())
        if place:
            yield from (each for each in group if each.schema == chain[place - 1])
        elif len(group) < 2:
            yield from group
        else:
            likely = [each for each in group if each.schema in path or each.schema in mentions.words]
            yield from likely or group
