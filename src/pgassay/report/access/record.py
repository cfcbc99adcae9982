"""An access check as a whole, collected from its events."""

from collections.abc import Iterator
from dataclasses import dataclass

from pgassay.model.access import AccessPlan, AccessVerdict, Reach, RelationAccess
from pgassay.model.events.access import (
    AccessEvent,
    AccessFinished,
    AccessStarted,
    AccessWarned,
    RelationTried,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRecord:
    """What was tried, what came of it, and the verdict."""

    plan: AccessPlan
    relations: tuple[RelationAccess, ...]
    warnings: tuple[AccessWarned, ...]
    elapsed_s: float
    interrupted: bool
    verdict: AccessVerdict = AccessVerdict()

    @property
    def verified(self) -> int:
        """The number of cells that are known."""
        return sum(reach is not Reach.NOT_VERIFIED for reach in self._reaches())

    @property
    def not_verified(self) -> int:
        """The number of those that are not."""
        return sum(reach is Reach.NOT_VERIFIED for reach in self._reaches())

    def _reaches(self) -> Iterator[Reach]:
        return (cell.reach for relation in self.relations for _, cell in relation.cells())


class AccessCollector:
    """Sees events, and puts them together."""

    def __init__(self) -> None:
        self._plan: AccessPlan | None = None
        self._relations: list[RelationAccess] = []
        self._warnings: list[AccessWarned] = []
        self._end: AccessFinished | None = None

    def see(self, event: AccessEvent) -> None:
        """Take note."""
        match event:
            case AccessStarted():
                self._plan = event.plan
            case RelationTried():
                self._relations.append(event.access)
            case AccessWarned():
                self._warnings.append(event)
            case AccessFinished():
                self._end = event

    def record(self) -> AccessRecord:
        """Give the whole, once the check has ended."""
        assert self._plan is not None and self._end is not None
        return AccessRecord(
            plan=self._plan,
            relations=tuple(self._relations),
            warnings=tuple(self._warnings),
            elapsed_s=self._end.elapsed_s,
            interrupted=self._end.interrupted,
        )
