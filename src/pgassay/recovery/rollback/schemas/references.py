"""What is outside of some schemas and depends on them: read before they are renamed, made anew afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass

from pgassay.model.errors import Refused
from pgassay.model.rollback import ForeignKey
from pgassay.pg.connection import Connection
from pgassay.recovery.rollback.schemas.ask import ask, execute

_MOST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One thing. ``statements`` make it anew; none where nobody knows how. ``may``: this role may do that.

    ``unvalidated`` is the foreign key that is to be validated afterwards.
    """

    what: str
    statements: tuple[str, ...]
    may: bool
    unvalidated: ForeignKey | None = None


def read_references(connection: Connection, schemas: Sequence[str]) -> tuple[Reference, ...]:
    """Read them. Names are printed with their schemas only where the session's search path is empty."""
    return tuple(
        Reference(
            what=what,
            statements=tuple(statements),
            may=may,
            unvalidated=ForeignKey(schema=key[0], table=key[1], name=key[2]) if key else None,
        )
        for what, statements, may, key in ask(connection, "references", schemas=list(schemas))
    )


def demand_references(found: Sequence[Reference], me: str) -> None:
    """Refuse where something could not be made anew.

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
    forbidden = [each.what for each in found if not each.may]
    if forbidden:
        raise Refused(
            f"The role {me} may not make {_named(forbidden)} anew, which depends on the schemas.",
            remedy="Roll back as its owner, or as a member of that role.",
        )


def remake(connection: Connection, found: Sequence[Reference]) -> None:
    """Make each anew, so that it is bound to what has the names now."""
    for each in found:
        for statement in each.statements:
            execute(connection, statement)


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return f"{', '.join(names[:_MOST])}{more}"
