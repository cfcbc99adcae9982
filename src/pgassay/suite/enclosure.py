"""Keeps a whole file inside one transaction that is rolled back in the end.

The file's own blocks become savepoints of the same meaning, so that what was set up before it (pgTAP
itself, where nothing may be installed) outlives its ROLLBACK and goes with the outer transaction.
"""

from pgassay.parse.psql.control import Control
from pgassay.parse.psql.steps import Query

_BLOCK = "pgassay_block"


class Open:
    """No enclosure: every statement is sent as it is written."""

    enclosed = False

    def translate(self, query: Query) -> str:
        """Give the text to send."""
        return query.text


class Enclosed:
    """An enclosure over a wire that is inside a transaction already."""

    enclosed = True

    def __init__(self) -> None:
        self._in_block = False

    def translate(self, query: Query) -> str:
        """Give the text to send instead; an empty one where nothing is to be sent."""
        match query.control:
            case Control.BEGIN:
                inside, self._in_block = self._in_block, True
                return "" if inside else f"savepoint {_BLOCK}"
            case Control.COMMIT:
                inside, self._in_block = self._in_block, query.chain
                again = f"; savepoint {_BLOCK}" if query.chain else ""
                return f"set constraints all immediate; release savepoint {_BLOCK}{again}" if inside else ""
            case Control.ROLLBACK:
                inside, self._in_block = self._in_block, query.chain
                again = f"; savepoint {_BLOCK}" if query.chain else ""
                back = f"rollback to savepoint {_BLOCK}; release savepoint {_BLOCK}{again}"
                return back if inside else ""
            case _:
                return query.text


Transactions = Open | Enclosed
