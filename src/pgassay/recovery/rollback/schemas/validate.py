"""Validates constraints when everybody can go on: that takes no lock that keeps rows from being written."""

from collections.abc import Sequence

from pgassay.model.aside import ForeignKey
from pgassay.model.rollback import RollbackResult, RollbackStep
from pgassay.pg.connection import Connection, connect, sql
from pgassay.pg.target import Target
from pgassay.recovery.rollback.course import Says
from pgassay.recovery.rollback.ground import APPLICATION
from pgassay.recovery.rollback.schemas.session import milliseconds

_SAYS = Says(step=RollbackStep.VALIDATE)
_VIOLATED, _NOT_KEPT = "23503", "23514"
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
                if error.sqlstate not in (_VIOLATED, _NOT_KEPT):
                    raise
                left.append((each, statement.as_string(connection), error.sqlstate))
    if left:
        first, _, state = left[0]
        return _SAYS.not_verified(
            _WRONG[state].format(f"{first.schema}.{first.table}", first.name),
            *(f"When those rows are mended: {text};" for _, text, _ in left[:_MOST]),
        )
    return _SAYS.holds(f"{len(keys)} constraints of and to tables outside hold for every row.")


_WRONG = {
    _VIOLATED: "Rows of {} refer to rows that are gone since the backup, or came later: the foreign key {} "
    "holds for new rows, and is not valid for all.",
    _NOT_KEPT: "Rows of {} are not as the functions of the backup want them: the check constraint {} holds "
    "for new rows, and is not valid for all.",
}
