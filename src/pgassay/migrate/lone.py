"""Statements that cannot be in a transaction, and what they leave behind when they fail: invalid indexes."""

from contextlib import suppress
from dataclasses import dataclass

from pgassay.migrate.history import ask
from pgassay.migrate.statement import Statement
from pgassay.migrate.transactions import waits_gently
from pgassay.parse.sql.grammar import Node, kind
from pgassay.pg.connection import Connection
from pgassay.pg.execute import Rejected, execute


@dataclass(frozen=True, slots=True)
class _Invalid:
    name: str
    bare: str
    removal: str


class Lone:
    """One such statement. ``resumed``: an earlier run was interrupted while it was at it."""

    def __init__(self, connection: Connection, statement: Statement, *, resumed: bool) -> None:
        self._connection = connection
        self._statement = statement
        self._resumed = resumed
        self._before = _invalid(connection)

    @property
    def gentle(self) -> bool:
        """Whether it waits for others without anybody waiting for it."""
        return all(waits_gently(each) for each in self._statement.nodes)

    def run(self) -> None:
        """Run it. What it leaves where it fails is for :meth:`clean_up`.

        Raises:
            Rejected: the server refuses.
        """
        if self._resumed and self._is_done():
            return
        execute(self._connection, self._statement.text)

    def clean_up(self) -> None:
        """Remove what it left when it failed, unless the connection is lost, too."""
        if not self._connection.closed:
            self._remove(_invalid(self._connection) - self._before)

    def trouble(self) -> str:
        """Say why it has not done what it said, though the server accepted it; empty where it has."""
        wanted = {each.idxname for each in self._indexes()}
        for each in _invalid(self._connection):
            if each.bare in wanted:
                return f"the index {each.name} was there already, and it is invalid: nothing was built"
        return ""

    def _is_done(self) -> bool:
        """Whether the interrupted run had come to its end; half an index is removed."""
        wanted = {each.idxname for each in self._indexes()}
        self._remove({each for each in self._before if each.bare in wanted})
        self._before = _invalid(self._connection)
        return any(
            ask(self._connection, "valid_index", name=each.idxname, table=each.relation.relname)[0][0]
            for each in self._indexes()
        )

    def _remove(self, left: set[_Invalid]) -> None:
        for each in left:
            with suppress(Rejected):  # what could not be removed is told by the comparison of the catalogs
                execute(self._connection, each.removal)

    def _indexes(self) -> list[Node]:
        return [each for each in self._statement.nodes if kind(each) == "IndexStmt" and each.idxname]


def _invalid(connection: Connection) -> set[_Invalid]:
    return {_Invalid(*row) for row in ask(connection, "invalid_indexes")}
