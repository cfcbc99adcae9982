"""Keeps a whole file inside one transaction that is rolled back in the end.

The file's own blocks become savepoints of the same meaning, so that what was set up before it (pgTAP
itself, where nothing may be installed) outlives its ROLLBACK and goes with the outer transaction.
"""

from pgassay.parse.psql.control import Control
from pgassay.parse.psql.steps import Query

BLOCK = "pgassay_block"
"""The savepoint that stands for the block that a file has opened."""


class Open:
    """No enclosure: every statement is sent as it is written.

    ``sealed``: each statement has to travel alone in its message.
    """

    enclosed = False
    sealed = False

    def translate(self, query: Query) -> str:
        """Give the text to send."""
        return query.text

    def may_fly(self, query: Query) -> bool:
        """Whether a statement may be sent ahead of the answers to those before it."""
        return True

    def before(self, query: Query) -> str:
        """Give what has to be sent in front of a statement, besides it."""
        return ""

    def after(self, query: Query) -> str:
        """Give what has to be sent behind a statement that succeeded, besides it."""
        return ""


class Enclosed:
    """An enclosure over a wire that is inside a transaction already."""

    enclosed = True
    sealed = False

    def __init__(self) -> None:
        self._in_block = False

    def translate(self, query: Query) -> str:
        """Give the text to send instead; an empty one where nothing is to be sent."""
        match query.control:
            case Control.BEGIN:
                inside, self._in_block = self._in_block, True
                return "" if inside else f"savepoint {BLOCK}"
            case Control.COMMIT:
                inside, self._in_block = self._in_block, query.chain
                again = f"; savepoint {BLOCK}" if query.chain else ""
                return f"set constraints all immediate; release savepoint {BLOCK}{again}" if inside else ""
            case Control.ROLLBACK:
                inside, self._in_block = self._in_block, query.chain
                again = f"; savepoint {BLOCK}" if query.chain else ""
                back = f"rollback to savepoint {BLOCK}; release savepoint {BLOCK}{again}"
                return back if inside else ""
            case _:
                return query.text

    def may_fly(self, query: Query) -> bool:
        """Whether a statement may be sent ahead of the answers to those before it."""
        return True

    def before(self, query: Query) -> str:
        """Give what has to be sent in front of a statement, besides it."""
        return ""

    def after(self, query: Query) -> str:
        """Give what has to be sent behind a statement that succeeded, besides it."""
        return ""


Transactions = Open | Enclosed
