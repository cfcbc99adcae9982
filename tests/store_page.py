"""What is said of a table of the store, so that each row of it can be read and judged.

Everything is SQL over the row ``r``, with both schemas of the store on the search path. What a row refers to
is a rule, too, so that a reference that leads nowhere is found where it is.
"""

from dataclasses import dataclass

MEMORY = "prod_test_schema"
MEASURES = "performance_monitoring"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One table: what a row says in a line, and the conditions that hold for each, whoever looks when.

    ``unknown`` are the columns that may be null, ``elsewhen`` the times that need not be of the moment in
    which the row was written. Where it is no matter how many rows say the same, they are not ``counted``;
    where the hour decides whether a row comes, it is not ``told``.
    """

    says: str
    counted: bool = True
    told: bool = True
    rules: tuple[str, ...] = ()
    unknown: frozenset[str] = frozenset()
    elsewhen: frozenset[str] = frozenset()


def columns(text: str) -> frozenset[str]:
    """Read names with blanks in between."""
    return frozenset(text.split())
