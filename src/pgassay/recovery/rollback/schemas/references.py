"""What is outside of some schemas and depends on them: read before they are renamed, made anew afterwards."""

from collections.abc import Iterable, Sequence
from contextlib import suppress

from pgassay.model.errors import Refused
from pgassay.pg.connection import Connection, reason
from pgassay.recovery.rollback.schemas.ask import ask, execute
from pgassay.recovery.rollback.schemas.names import quoted
from pgassay.recovery.rollback.schemas.reference import Reference, constraint_of
from pgassay.recovery.rollback.schemas.remade import Key, remade

_MOST = 5
_BRIEFLY = "set local lock_timeout = '200ms'"


def read_references(connection: Connection, schemas: Sequence[str]) -> tuple[Reference, ...]:
    """Read them. Names are printed with their schemas only where the session's search path is empty.

    Event triggers come last: they would fire for what is made behind them.
    """
    found: dict[Key, Reference] = {}
    for what, catalog, number, statements, may, key in ask(connection, "references", schemas=list(schemas)):
        found[catalog, number] = Reference(
            what=what, statements=tuple(statements), may=may, unvalidated=constraint_of(key)
        )
    unknown = {key: each.what for key, each in found.items() if not each.statements}
    for key, reference in remade(connection, unknown, schemas):
        if reference is None:
            del found[key]
        else:
            found[key] = reference
    return tuple(sorted(found.values(), key=lambda each: bool(each.first)))


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
        me = quoted(connection.info.user)
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
