"""One thing outside of some schemas that depends on them, and how it is bound to what takes their place."""

from collections.abc import Sequence
from dataclasses import dataclass

from pgassay.model.aside import ForeignKey


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


def constraint_of(names: Sequence[str] | None) -> ForeignKey | None:
    """Give a constraint by its schema, its table and its name, as the server gave them, if it did."""
    if names is None:
        return None
    schema, table, name = names
    return ForeignKey(schema=schema, table=table, name=name)
