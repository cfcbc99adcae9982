"""What a rehearsal of a migration compared, and what is remembered of it."""

from dataclasses import dataclass
from datetime import datetime

from pgassay.model.fingerprint import Difference


@dataclass(frozen=True, slots=True, kw_only=True)
class TableChange:
    """A table whose content is not what it was. ``columns`` are those whose values differ, or are gone."""

    table: str
    rows_before: int
    rows_after: int | None
    columns: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What was lost."""
        if self.rows_after is None:
            return f"{self.table} is gone, with {self.rows_before} rows"
        if self.rows_after != self.rows_before:
            return f"{self.table} had {self.rows_before} rows and has {self.rows_after}"
        named = ", ".join(self.columns) or "which values belong together"
        return f"{self.table} has other values than before: {named}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two states that a rehearsal held against each other; they should be equal.

    ``what`` names them. ``tables`` is how many tables' content was compared, 0 where only catalogs were.
    """

    what: str
    differences: tuple[Difference, ...] = ()
    lost: tuple[TableChange, ...] = ()
    tables: int = 0

    @property
    def equal(self) -> bool:
        """Whether nothing differs but, at most, the order of columns."""
        return not self.lost and all(each.slight for each in self.differences)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """What is remembered of a green rehearsal.

    ``fingerprint`` is the target's before, ``changes`` what the migration did to the catalogs. ``exact``: the
    copy's catalogs were the target's own, so the target must come to differ in exactly that.
    """

    at: datetime
    up_sha256: str
    down_sha256: str
    fingerprint: str
    changes: tuple[Difference, ...]
    exact: bool
    irreversible: str = ""
