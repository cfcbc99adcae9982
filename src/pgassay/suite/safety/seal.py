"""Keeps a whole file inside one transaction of ours that is never committed.

The file's own blocks become savepoints (:mod:`pgassay.suite.enclosure`), with one difference: a COMMIT
ends its block by rolling back, after the deferred constraints were checked as a real one would check
them. Every other statement travels alone in its message, which the protocol itself guarantees, so that
none can carry a COMMIT or a ROLLBACK behind it.
"""

import re
from dataclasses import replace

from pgassay.model.place import Place
from pgassay.parse.psql.control import Control
from pgassay.parse.psql.steps import Query
from pgassay.suite.enclosure import BLOCK, Enclosed

# What may stand in front of a statement's first word: the server's parser passes over all of it.
_FRONT = re.compile(r"(?:[\s;]|--[^\n\r]*|/\*(?:[^*/]|\*(?!/)|/(?!\*))*\*/)*+")
_WORD = re.compile(r"[A-Za-z]+")
_PLAN = re.compile(r"\b(?:no_)?plan\b", re.IGNORECASE)
_LOOK = "pgassay_look"
_LOWER = "set transaction read only"
_ENDS_SAVEPOINTS = frozenset(
    {Control.BEGIN, Control.COMMIT, Control.ROLLBACK, Control.RELEASE, Control.ROLLBACK_TO}
)


class Sealed(Enclosed):
    """The enclosure of one file under safety. ``rolled_back`` is where a COMMIT did not commit."""

    sealed = True

    def __init__(self) -> None:
        super().__init__()
        self.rolled_back: list[Place] = []

    def may_fly(self, query: Query) -> bool:
        """Whether a statement may be sent ahead; not one that gives back locks, which are looked at first."""
        return query.control is not Control.ROLLBACK_TO

    def translate(self, query: Query) -> str:
        """Give the text to send instead; an empty one where nothing is to be sent."""
        if query.control is not Control.COMMIT:
            return super().translate(query)
        self.rolled_back.append(query.place)
        inside, self._in_block = self._in_block, query.chain
        again = f"; savepoint {BLOCK}" if query.chain else ""
        back = f"rollback to savepoint {BLOCK}; release savepoint {BLOCK}{again}"
        return f"set constraints all immediate; {back}" if inside else ""


class ReadOnly(Sealed):
    """The same, in which nothing but temporary objects can be written.

    pgTAP's plan has to make such objects, so it alone is let write; what comes before it runs read-only
    each by itself, and what comes after it in a transaction that cannot go back. The end of a savepoint
    would take that with it, so it is said again there.
    """

    def __init__(self) -> None:
        super().__init__()
        self._planned = False

    def may_fly(self, query: Query) -> bool:
        """Whether nothing of ours has to be sent around it."""
        return self._planned and query.control not in _ENDS_SAVEPOINTS

    def before(self, query: Query) -> str:
        """Give what lets a statement before the plan only read."""
        if self._planned or query.control is not Control.NONE or _plans(query):
            return ""
        return f"savepoint {_LOOK}; {_LOWER}"

    def after(self, query: Query) -> str:
        """Give what makes the transaction read-only once there is a plan, and keeps it so."""
        if self._planned:
            return _LOWER if query.control in _ENDS_SAVEPOINTS else ""
        if query.control is not Control.NONE:
            return ""
        if not _plans(query):
            return f"release savepoint {_LOOK}"
        self._planned = True
        return _LOWER


def _plans(query: Query) -> bool:
    """Whether a statement may be the one that plans; one that only seems to makes it read-only too early."""
    return _PLAN.search(query.text) is not None


def bared(computed: Query) -> Query:
    """Give a computed statement so that its first word can be seen, whatever stands in front of it.

    Where that cannot be told (a comment in a comment), it counts as ``PREPARE TRANSACTION``.
    """
    found = _FRONT.match(computed.text)
    text = computed.text[found.end() :] if found is not None else computed.text
    if text.startswith("/*"):
        return replace(computed, text="prepare transaction ''", keyword="PREPARE", compound=False)
    word = _WORD.match(text)
    return replace(computed, text=text, keyword=word[0].upper() if word else "", compound=False)
