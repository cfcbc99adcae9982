"""What a file's statements act upon, read from the transaction's own statistics before it ends."""

from collections.abc import Iterable

from pgassay.model.mutate import Touched
from pgassay.mutate.catalogue import name_functions, name_relations
from pgassay.pg.connection import Connection, connect, sql
from pgassay.pg.query import load
from pgassay.pg.target import Target
from pgassay.pg.wire import Wire

_PACKAGE = "pgassay.mutate"


class Watcher:
    """Collects what transactions of one file touch; called with the connection before each ends."""

    def __init__(self) -> None:
        self._relations: set[int] = set()
        self._functions: set[int] = set()

    def __call__(self, wire: Wire) -> None:
        """Read the statistics of the transaction that runs."""
        major = wire.version // 10_000
        self._relations |= _numbers(wire, load(_PACKAGE, "touched_relations", major=major).text)
        self._functions |= _numbers(wire, load(_PACKAGE, "touched_functions", major=major).text)

    def touched(self, target: Target) -> frozenset[Touched]:
        """Name what was touched and is still there."""
        with connect(target, application="pgassay mutate") as connection:
            connection.execute("select pg_catalog.set_config('search_path', '', false)")
            relations = name_relations(connection, self._relations)
            functions = name_functions(connection, self._functions)
        return frozenset([*relations.values(), *functions.values()])


def _numbers(wire: Wire, query: str) -> set[int]:
    rows: Iterable[tuple[str | None, ...]] = wire.run(query)[-1].rows
    return {int(oid) for (oid,) in rows if oid is not None}


def count_functions(target: Target) -> bool:
    """Let new sessions of a clone count function calls; whether the role may ask for that."""
    with connect(target, application="pgassay mutate") as connection:
        name = sql.Identifier(connection.info.dbname)
        try:
            connection.execute(sql.SQL("alter database {} set track_functions to 'all'").format(name))
        except Connection.DatabaseError:
            return False
    return True
