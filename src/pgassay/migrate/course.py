"""What a script is sent with, and how it may end: the values that sending and its callers share."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import Protocol

from pgassay.migrate.batches import Batch
from pgassay.model.migrate import Step
from pgassay.pg.connection import Connection
from pgassay.pg.patience import Patience


class Failed(Exception):
    """A script did not come to its end. ``committed`` parts of it are in the target all the same.

    ``unknown``: the connection was lost during a commit, and nobody knows whether that took place.
    """

    def __init__(
        self, sentence: str, *, committed: int, detail: tuple[str, ...] = (), unknown: bool = False
    ) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.committed = committed
        self.detail = detail
        self.unknown = unknown


class Stumble(Exception):
    """One try did not succeed. ``sqlstate`` is the server's, empty where it was not the server's doing."""

    def __init__(
        self, sentence: str, *, sqlstate: str = "", detail: tuple[str, ...] = (), unknown: bool = False
    ) -> None:
        super().__init__(sentence)
        self.sentence = sentence if sentence.endswith(".") else f"{sentence}."
        self.sqlstate = sqlstate
        self.detail = detail
        self.unknown = unknown


class Ledger(Protocol):
    """What belongs into the transactions besides the statements. Either may raise Stumble to prevent them."""

    def keep(self, connection: Connection, parts: int) -> None:
        """So many parts are committed with this transaction, and more follow."""

    def finish(self, connection: Connection) -> None:
        """All parts are committed with this transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What it takes to send a script. ``chance`` gives numbers from 0 to 1, for the pauses.

    ``observed``: locks and rewritten tables are looked for behind each statement.
    """

    connection: Connection
    patience: Patience
    patience_alone: Patience
    stop: Event
    chance: Callable[[], float]
    observed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A script on its way.

    ``done`` parts were committed by an earlier run; ``until`` is the last to be sent, if not all are.
    """

    batches: tuple[Batch, ...]
    step: Step
    phase: str
    ledger: Ledger
    done: int = 0
    until: int | None = None

    @property
    def parts(self) -> int:
        """How many parts there are."""
        return len(self.batches)

    @property
    def statements(self) -> int:
        """How many statements the whole script has."""
        return sum(len(each.statements) for each in self.batches)
