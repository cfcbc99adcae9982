"""What a rollback would take away."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TableLoss:
    """The rows of one table in what would come and in what is there now.

    ``None``: there is no such table. ``exact`` is false where the rows of now are the server's estimate.
    """

    name: str
    then: int | None
    now: int | None
    exact: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What a rollback would take away: everything since ``since``; the tables whose number of rows differs.

    Rows that were only changed are not seen. ``problem`` says why nothing could be counted.
    """

    since: datetime
    tables: tuple[TableLoss, ...] = ()
    compared: int = 0
    problem: str = ""
