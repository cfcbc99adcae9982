"""How much of a database the tests of a run touch, as values."""

from dataclasses import dataclass

from pgassay.model.exits import Exit
from pgassay.model.touch import Object


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Objects of one kind in one schema, or of one kind everywhere (``schema`` is empty then), or all.

    ``touched`` counts those that were measured or inferred; ``named`` those of the rest that a text names.
    """

    schema: str = ""
    kind: str = ""
    total: int = 0
    touched: int = 0
    measured: int = 0
    named: int = 0

    @property
    def percent(self) -> float:
        """How much of it is touched; nothing is wholly touched."""
        return 100.0 * self.touched / self.total if self.total else 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What a run touched of what there is. ``at_least`` is the share asked for, in percent.

    ``files`` were recorded of ``ran``. ``calls_counted``: the server counted calls of functions.
    """

    run: str
    ran: int
    files: int
    calls_counted: bool
    shares: tuple[Share, ...]
    kinds: tuple[Share, ...]
    whole: Share
    untouched: tuple[Object, ...]
    named: tuple[Object, ...]
    at_least: float | None = None

    @property
    def exit(self) -> Exit:
        """Red where less is touched than was asked for."""
        missed = self.at_least is not None and self.whole.percent < self.at_least
        return Exit.RED if missed else Exit.OK
