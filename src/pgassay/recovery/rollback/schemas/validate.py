"""Validates foreign keys when everybody can go on: that takes no lock that keeps rows from being written."""

from collections.abc import Sequence

from pgassay.model.aside import ForeignKey
from pgassay.model.rollback import RollbackResult, RollbackStep
from pgassay.pg.connection import Connection, connect, sql
from pgassay.pg.target import Target
from pgassay.recovery.rollback.course import Says
from pgassay.recovery.rollback.ground import APPLICATION
from pgassay.recovery.rollback.schemas.session import milliseconds

_SAYS = Says(step=RollbackStep.VALIDATE)
_VIOLATED = "23503"
_GONE = frozenset({"42P01", "42704", "3F000"})
_MOST = 10


def validate(target: Target, keys: Sequence[ForeignKey], *, lock_timeout_s: float) -> RollbackResult:
    """Validate them. Rows that refer to nothing are not verified: what they referred to is gone since.

    Raises:
        Unavailable: the server cannot be reached.
    """
    left = []
    with connect(target, application=APPLICATION) as connection:
        connection.execute("set statement_timeout = 0")
        connection.execute(f"set lock_timeout = '{milliseconds(lock_timeout_s)}'".encode())
        for each in keys:
            statement = sql.SQL("alter table {} validate constraint {}").format(
                sql.Identifier(each.schema, each.table), sql.Identifier(each.name)
            )
            try:
                connection.execute(statement)
            except Connection.DatabaseError as error:
                if error.sqlstate in _GONE:
                    continue
                if error.sqlstate != _VIOLATED:
                    raise
                left.append((each, statement.as_string(connection)))
    if left:
        first = left[0][0]
        return _SAYS.not_verified(
            f"Rows of {first.schema}.{first.table} refer to rows that are gone since the backup, or came "
            f"later: the foreign key {first.name} holds for new rows, and is not valid for all.",
            *(f"When those rows are mended: {text};" for _, text in left[:_MOST]),
        )
    return _SAYS.holds(f"{len(keys)} foreign keys to and from tables outside hold for every row.")
