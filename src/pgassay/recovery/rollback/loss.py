"""What a rollback would take away: tables whose number of rows is another one than in what would come."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from pgassay.model.errors import PgassayError
from pgassay.model.loss import Loss, TableLoss
from pgassay.pg.connection import Connection, connect, reason
from pgassay.pg.patience import Patience, limit
from pgassay.pg.target import Target
from pgassay.recovery.rollback.ask import ask
from pgassay.recovery.rollback.ground import APPLICATION

Naming = Callable[[str], str]
_PATIENCE = Patience(lock_timeout_s=0.5, statement_timeout_s=5.0)
_STORE = ('"prod_test_schema".', "prod_test_schema.", "performance_monitoring.")


def but_the_store(name: str) -> str:
    """Name a table as the server prints it; nothing for one of the store, which is carried over."""
    return "" if name.startswith(_STORE) else name


def count_loss(
    target: Target, then: Mapping[str, int], *, since: datetime, named: Naming = but_the_store
) -> Loss:
    """Hold the rows of now against those of then, by table.

    Large tables, and those that others have locked, are estimated. ``named`` gives what a table is called
    here, and nothing for one that is left out.
    """
    try:
        now = {named(name): count for name, count in read_counts(target)}
    except PgassayError as error:
        return Loss(since=since, problem=error.sentence)
    except Connection.Error as error:
        return Loss(since=since, problem=reason(str(error)))
    before = {named(name): rows for name, rows in then.items()}
    names = sorted(each for each in {*before, *now} if each)
    found = (_held(name, before.get(name), now.get(name)) for name in names)
    differing = tuple(each for each in found if each.then != each.now)
    return Loss(since=since, tables=differing, compared=len(names))


def read_counts(target: Target) -> Iterator[tuple[str, tuple[int, bool]]]:
    """Give the rows of each table, and whether they were counted.

    Raises:
        Unavailable: the database cannot be reached.
    """
    with connect(target, application=APPLICATION) as connection:
        limit(connection, _PATIENCE)
        for name, estimate, query in ask(connection, "row_counts"):
            yield name, _count(connection, estimate, query)


def _count(connection: Connection, estimate: int, query: str | None) -> tuple[int, bool]:
    if query is not None:
        try:
            return int(connection.execute(query.encode()).fetchall()[0][0]), True
        except Connection.DatabaseError:
            pass
    return estimate, False


def _held(name: str, then: int | None, now: tuple[int, bool] | None) -> TableLoss:
    counted, exact = now if now is not None else (None, True)
    return TableLoss(name=name, then=then, now=counted, exact=exact)
