"""One TAP test line with everything that belongs to it."""

from dataclasses import dataclass
from enum import StrEnum

from pgassay.model.place import Place


class Directive(StrEnum):
    """What a test line says about itself behind ``#``."""

    NONE = ""
    TODO = "TODO"
    SKIP = "SKIP"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """A test line of a file, numbered from 1 in the order seen.

    ``number`` is the number that the line claimed (``None`` where it claimed none), ``position`` its
    place in the order. ``ok`` is the raw word at the start of the line; whether the test counts as
    passed also depends on the directive and on the number: see :attr:`passed`. ``elapsed_ms`` is the
    time until the server answered, as far as it could be told apart from its neighbours. ``nested``
    holds the lines of a subtest that this line closes.
    """

    position: int
    number: int | None
    ok: bool
    description: str
    directive: Directive = Directive.NONE
    reason: str = ""
    diagnostics: tuple[str, ...] = ()
    nested: tuple[str, ...] = ()
    unplanned: bool = False
    elapsed_ms: float | None = None
    place: Place | None = None

    @property
    def passed(self) -> bool:
        """As TAP::Harness counts: a TODO is never a failure; a test beyond the plan always is one."""
        return not self.unplanned and (self.ok or self.directive is Directive.TODO)

    @property
    def skipped(self) -> bool:
        """Not run, and said so."""
        return self.directive is Directive.SKIP

    @property
    def todo(self) -> bool:
        """Known to be unfinished."""
        return self.directive is Directive.TODO

    @property
    def todo_passed(self) -> bool:
        """Marked TODO, yet passing: the mark can go."""
        return self.todo and self.ok
