"""Follows from a file's text which roles its statements run as. Pure.

That is the one that the session began as, until the file becomes another, by a statement or by a function
whose body does. Which one a function becomes is known by what it and its caller name.
"""

from functools import cached_property

from pgassay.parse.mentions import Chain, Mentions, Passage
from pgassay.pg.objects import Role
from pgassay.suite.touch.index import Index


class Timeline:
    """The roles of a file. ``called`` are the functions that the server counted calls of."""

    def __init__(self, index: Index, mentions: Mentions, called: frozenset[int]) -> None:
        self._index = index
        self._mentions = mentions
        self._called = called
        self._by_name = {each.name: each for each in index.objects.roles}
        own = self._by_name.get(index.objects.role)
        self._own = frozenset([own] if own is not None else [])

    @cached_property
    def everybody(self) -> frozenset[Role]:
        """All roles that may have been in play."""
        called = self._called | self._index.functions(self._mentions.calls, self._mentions)
        texts = [self._index.role_texts[oid] for oid in called & self._index.role_texts.keys()]
        if not (texts or self._mentions.becomes_a_role):
            return self._own
        named = self._named(self._mentions.words)
        return self._own | named | self._named(frozenset(word for text in texts for word in text.named))

    @cached_property
    def commands(self) -> tuple[tuple[str, Chain, frozenset[Role]], ...]:
        """What the text does to relations, with the roles that may have done it."""
        found: list[tuple[str, Chain, frozenset[Role]]] = []
        now = self._own
        for passage in self._mentions.passages:
            then = self._after(passage, now)
            found += [(command, chain, now | then) for command, chain in passage.commands]
            now = then
        return tuple(found)

    def _after(self, passage: Passage, now: frozenset[Role]) -> frozenset[Role]:
        if passage.back:
            return self._own
        if passage.partly_back:
            return now | self._own
        calls = self._index.functions(passage.calls, self._mentions) & self._index.role_texts.keys()
        if not (passage.becomes or calls):
            return now
        words = passage.words.union(*(self._index.role_texts[oid].named for oid in calls))
        return self._named(words) or self.everybody

    def _named(self, words: frozenset[str]) -> frozenset[Role]:
        return frozenset(role for name, role in self._by_name.items() if name in words)
