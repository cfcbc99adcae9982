"""Asks the server about a file over the file's own session, several questions in one message."""

from collections.abc import Iterable

from pgassay.pg.query import load
from pgassay.pg.reply import Reply, Transaction
from pgassay.pg.wire import Wire

FILE = "pgassay_file"
"""The savepoint behind which a file's own statements begin."""
AROUND = "pgassay_around"
"""The savepoint around a file and all that it needs, where its transaction is not its own."""
_PACKAGE = "pgassay.suite.safety"
_CANCELLED = "57014"
_TRIES = 3

Row = tuple[str | None, ...]
Rows = tuple[Row, ...]


class Unseen(Exception):
    """The server did not answer; the message is a clause that says why.

    ``cancelled``: somebody asked it not to.
    """

    def __init__(self, why: str, *, cancelled: bool = False) -> None:
        super().__init__(why)
        self.cancelled = cancelled


def text(wire: Wire, name: str) -> str:
    """Give the text of a query, for the server that is asked."""
    return load(_PACKAGE, name, major=wire.version // 10_000).text


def ask(wire: Wire, *parts: str) -> list[Rows]:
    """Run several statements of ours in one message; give the rows of those that give any. Raises Unseen."""
    return answers(wire.run("; ".join(parts)))


def answers(replies: Iterable[Reply]) -> list[Rows]:
    """Give the rows of the replies that have any. Raises Unseen where one is an error."""
    found = []
    for reply in replies:
        if reply.error is not None:
            raise Unseen(reply.error.message, cancelled=reply.error.sqlstate == _CANCELLED)
        if reply.columns:
            found.append(reply.rows)
    return found


def ask_patiently(wire: Wire, *parts: str) -> list[Rows]:
    """Do the same, again where a cancel hit it that was meant for the file. Raises Unseen."""
    for left in range(_TRIES, 0, -1):
        try:
            return ask(wire, *parts)
        except Unseen as error:
            if not error.cancelled or left == 1:
                raise
            if wire.transaction is Transaction.INERROR:
                wire.run(f"rollback to savepoint {FILE}")
    raise Unseen("there was no try left")
