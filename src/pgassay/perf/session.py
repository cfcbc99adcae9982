"""A session that measures: each statement in a read-only transaction of its own that is rolled back."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property

from pgassay.model.perf import Plan, WorkloadQuery
from pgassay.parse.plan import read_plan
from pgassay.pg.backend import Behind, look_behind
from pgassay.pg.clock import monotonic
from pgassay.pg.connection import Connection, connect, reason, sql
from pgassay.pg.query import Query, load, major_version, rows
from pgassay.pg.spent import Spent, listening, may_tell, telling
from pgassay.pg.target import Target

_APPLICATION = "pgassay perf"
_EXPLAIN = "explain (analyze, verbose, buffers, timing off, summary off, format json) "


class Unmeasurable(Exception):
    """A statement did not answer; the sentence says why."""


class Session:
    """Runs statements and takes their times. Nothing that they do stays.

    ``behind`` is what serves it. ``another`` opens a second session like this one.
    """

    def __init__(
        self,
        connection: Connection,
        behind: Behind,
        another: "Callable[[], AbstractContextManager[Session]]",
    ) -> None:
        self.behind = behind
        self.another = another
        self._connection = connection

    def time(self, query: WorkloadQuery) -> float:
        """Run a statement, fetch its rows, and say how many milliseconds that took here.

        Raises:
            Unmeasurable: it failed, or took too long.
        """
        with self._as(query):
            started = monotonic()
            self._run(query, query.text)
            return (monotonic() - started) * 1000

    def spend(self, query: WorkloadQuery) -> Spent:
        """Run a statement, and give what the server tells that it spent; see :attr:`told`.

        Raises:
            Unmeasurable: it failed, or took too long.
        """
        with telling(self._connection), self._as(query), listening(self._connection) as spent:
            self._run(query, query.text)
            return spent

    @cached_property
    def told(self) -> bool:
        """Whether the server tells what statements spend."""
        return may_tell(self._connection)

    def plan(self, query: WorkloadQuery) -> Plan:
        """Give the plan of a statement as it is executed; the second time, since the first warms up.

        Raises:
            Unmeasurable: it failed, or took too long.
        """
        with self._as(query):
            self._run(query, _EXPLAIN + query.text)
            ((document,),) = self._run(query, _EXPLAIN + query.text)
        return read_plan(json.dumps(document))  # the driver has read the document already

    def pages(self, relations: Iterable[str]) -> dict[str, int]:
        """Give the size of tables, by ``schema.name``, in blocks."""
        query = load("pgassay.perf", "pages", major=major_version(self._connection))
        return dict(rows(self._connection, query, names=list(relations)))

    @property
    def server(self) -> str:
        """The version of the server, as it says itself."""
        return self._connection.info.parameter_status("server_version") or ""

    @contextmanager
    def _as(self, query: WorkloadQuery) -> Iterator[None]:
        self._connection.execute("begin read only")
        try:
            if query.role is not None:
                self._connection.execute(sql.SQL("set local role {}").format(sql.Identifier(query.role)))
            yield
        except Connection.Error as error:
            raise Unmeasurable(reason(str(error))) from error
        finally:
            if not self._connection.closed:
                self._connection.execute("rollback")

    def _run(self, query: WorkloadQuery, text: str) -> list[tuple[object, ...]]:
        names = tuple(f"p{number}" for number in range(len(query.values)))
        values = dict(zip(names, query.values, strict=True))
        return rows(self._connection, Query(name=query.name, text=text, parameters=names), **values)


@contextmanager
def session(target: Target, *, timeout_s: float) -> Iterator[Session]:
    """Open a session that waits for no lock, and for no statement longer than ``timeout_s`` seconds.

    Raises:
        Unavailable: the target cannot be reached.
    """
    with connect(target, application=_APPLICATION) as connection:
        connection.execute(
            "select pg_catalog.set_config('statement_timeout', %s, false),"
            " pg_catalog.set_config('lock_timeout', '100ms', false),"
            " pg_catalog.set_config('idle_in_transaction_session_timeout', '60s', false)",
            [f"{round(timeout_s * 1000)}ms"],
        )
        behind = look_behind(connection)
        try:
            yield Session(connection, behind, lambda: session(target, timeout_s=timeout_s))
        finally:
            behind.close()
