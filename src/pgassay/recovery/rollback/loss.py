"""What a rollback would take away: tables whose number of rows is another one than in what would come."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from pgassay.model.errors import PgassayError
from pgassay.model.rollback import Loss, TableLoss
from pgassay.pg.connection import Connection, connect, reason
from pgassay.pg.patience import Patience, limit
from pgassay.pg.target import Target
from pgassay.recovery.rollback.ask import ask
from pgassay.recovery.rollback.ground import APPLICATION

_PATIENCE = Patience(lock_timeout_s=0.5, statement_timeout_s=5.0)
_STORE = ('"prod_test_schema".', "prod_test_schema.", "performance_monitoring.")


def count_loss(target: Target, then: Mapping[str, int], *, since: datetime) -> Loss:
    """Hold the rows of now against those of then, by table.

    Large tables, and those that others have locked, are estimated. The store is carried over, and left out.
    """
    try:
        now = dict(read_counts(target))
    except PgassayError as error:
        return Loss(since=since, problem=error.sentence)
    except Connection.Error as error:
        return Loss(since=since, problem=reason(str(error)))
    names = sorted(each for each in {*then, *now} if not each.startswith(_STORE))
    found = (_held(name, then.get(name), now.get(name)) for name in names)
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
