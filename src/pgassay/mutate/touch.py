"""What a file's statements act upon, read from what its session has counted before a transaction ends."""

from pgassay.model.mutate import Touched
from pgassay.mutate.catalogue import name_functions, name_relations
from pgassay.pg.connection import Connection, connect, sql
from pgassay.pg.target import Target
from pgassay.pg.touched import counting, read_counts
from pgassay.pg.wire import Wire


class Watcher:
    """Collects what transactions of one file touch; called with the connection before each ends."""

    def __init__(self) -> None:
        self._relations: set[int] = set()
        self._functions: set[int] = set()

    def __call__(self, wire: Wire) -> None:
        """Read what the session has counted; it has run no other file."""
        found = read_counts(wire.run(counting(wire.version // 10_000))[-1].rows)
        self._relations |= found.relations.keys()
        self._functions |= found.functions.keys()

    def touched(self, target: Target) -> frozenset[Touched]:
        """Name what was touched and is still there."""
        with connect(target, application="pgassay mutate") as connection:
            connection.execute("select pg_catalog.set_config('search_path', '', false)")
            relations = name_relations(connection, self._relations)
            functions = name_functions(connection, self._functions)
        return frozenset([*relations.values(), *functions.values()])


def count_functions(target: Target) -> bool:
    """Let new sessions of a clone count function calls; whether the role may ask for that."""
    with connect(target, application="pgassay mutate") as connection:
        name = sql.Identifier(connection.info.dbname)
        try:
            connection.execute(sql.SQL("alter database {} set track_functions to 'all'").format(name))
        except Connection.DatabaseError:
            return False
    return True
