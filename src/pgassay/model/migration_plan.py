"""What would be sent for a migration, what is committed together, and what in it is risky."""

from dataclasses import dataclass
from enum import StrEnum

from pgassay.model.migration import Migration
from pgassay.model.place import Place


class Severity(StrEnum):
    """How much a hazard matters."""

    REFUSED = "refused"
    """It is not sent at all."""
    DANGER = "danger"
    """It destroys data, opens access, or stops the application for as long as a table takes to be written."""
    CAUTION = "caution"
    """It may, depending on the size of things and on who is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardFound:
    """Something in a statement that deserves a look before it is sent; ``instead`` is how to write it."""

    hazard: str
    severity: Severity
    place: Place
    sentence: str
    instead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStatement:
    """A statement as it will be sent. ``alone`` says why it cannot be in a transaction, if it cannot."""

    number: int
    command: str
    place: Place
    summary: str
    alone: str = ""
    locks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedBatch:
    """What is committed together: a transaction, or one statement by itself."""

    number: int
    in_transaction: bool
    statements: tuple[PlannedStatement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrationPlan:
    """What would be done to apply a migration; nothing was sent."""

    migration: Migration
    batches: tuple[PlannedBatch, ...]
    hazards: tuple[HazardFound, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether something in it is not sent at all."""
        return any(each.severity is Severity.REFUSED for each in self.hazards)
