"""What is outside of some schemas and depends on them: read before they are renamed, made anew afterwards."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from pgassay.model.aside import ForeignKey
from pgassay.model.errors import Refused
from pgassay.pg.connection import Connection, reason, sql
from pgassay.recovery.rollback.schemas.ask import ask, execute

_MOST = 5
_BRIEFLY = "set local lock_timeout = '200ms'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One thing. ``statements`` make it anew; none where nobody knows how. ``may``: this role may do that.

    ``unvalidated`` is the constraint that is to be validated afterwards. ``first`` is done before anything
    else; ``locking`` takes the locks that ``statements`` need, and is cheaper than they are.
    """

    what: str
    statements: tuple[str, ...]
    may: bool
    unvalidated: ForeignKey | None = None
    first: tuple[str, ...] = ()
    locking: tuple[str, ...] = ()


def read_references(connection: Connection, schemas: Sequence[str]) -> tuple[Reference, ...]:
    """Read them. Names are printed with their schemas only where the session's search path is empty."""
    return tuple(
        Reference(
            what=what,
            statements=tuple(statements),
            may=may,
            unvalidated=ForeignKey(schema=key[0], table=key[1], name=key[2]) if key else None,
            first=tuple(first),
            locking=tuple(locking),
        )
        for what, statements, may, key, first, locking in ask(connection, "references", schemas=list(schemas))
    )


def demand_references(connection: Connection, found: Sequence[Reference]) -> None:
    """Refuse where something could not be made anew.

    What this role may not change by its rights is tried, and undone: hosts have rules of their own.

    Raises:
        Refused: there is something of a kind that cannot, or that this role may not change.
    """
    unknown = [each.what for each in found if not each.statements]
    if unknown:
        raise Refused(
            f"{_named(unknown)} outside of the schemas depends on them, and cannot be made to depend on what "
            "takes their place.",
            remedy="Drop it, and make it again behind the rollback.",
        )
    refused = {each.what: _refusal(connection, each) for each in found if not each.may}
    forbidden = [what for what, why in refused.items() if why]
    if forbidden:
        me = sql.Identifier(connection.info.user).as_string()
        raise Refused(
            f"The role {me} may not make {_named(forbidden)} anew, which depends on the schemas: "
            f"{refused[forbidden[0]]}.",
            remedy="Roll back as its owner, or as a member of that role.",
        )


def remake(connection: Connection, found: Sequence[Reference]) -> None:
    """Make each anew, so that it is bound to what has the names now."""
    for each in found:
        for statement in each.statements:
            execute(connection, statement)


def quieten(connection: Connection, found: Sequence[Reference]) -> None:
    """Keep what would disturb the work from doing so, until it is made anew."""
    for each in found:
        for statement in each.first:
            execute(connection, statement)


def lock(connection: Connection, found: Sequence[Reference], tables: Iterable[str]) -> None:
    """Take the locks that it takes to make each anew, and those of tables that will be referred to.

    A table that this role may not lock is left to the end.
    """
    for each in found:
        for statement in each.locking or each.statements:
            execute(connection, statement)
    for table in tables:
        with suppress(Connection.ProgrammingError), connection.transaction():
            execute(connection, f"lock table only {table} in share row exclusive mode")


def _refusal(connection: Connection, each: Reference) -> str:
    """Make it anew as it is, and undo that; give why that is refused, or nothing."""
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(_BRIEFLY)
            remake(connection, (each,))
    except Connection.Error as error:
        if error.sqlstate is None:
            raise
        return reason(str(error)).rstrip(".")
    return ""


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return f"{', '.join(names[:_MOST])}{more}"
