"""Whether what is deployed may stay: what may ask for a rollback, what is known, and what that says."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pgassay.model.alert import Alert


class Trigger(StrEnum):
    """What may ask for a rollback."""

    MANUAL = "manual"
    """Somebody put the trigger file where pgassay looks for it."""
    FAILURE_RATE = "failure rate"
    ALERTS = "critical alerts"


class Standing(StrEnum):
    """Whether a trigger asks for a rollback."""

    FIRED = "fired"
    QUIET = "quiet"
    NOT_VERIFIED = "not verified"


class Verdict(StrEnum):
    """What all triggers together say."""

    ROLL_BACK = "ROLL BACK"
    STAY = "STAY"
    NOT_VERIFIED = "NOT VERIFIED"


@dataclass(frozen=True, slots=True, kw_only=True)
class ManualFacts:
    """The trigger file. ``path`` is empty where none is looked for; ``problem`` says why it cannot be read.

    ``written_at`` is ``None`` where it is not there; ``reason`` is its text.
    """

    path: str = ""
    reason: str = ""
    written_at: datetime | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Execution:
    """One category of a run of tests that came to its end."""

    suite: str
    category: str
    ended_at: datetime
    failed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseFacts:
    """What is known. Executions and alerts are ``None`` where no store can be read; ``problem`` says why."""

    manual: ManualFacts = ManualFacts()
    executions: tuple[Execution, ...] | None = None
    alerts: tuple[Alert, ...] | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerResult:
    """How one trigger stands, and what shows it."""

    trigger: Trigger
    standing: Standing
    sentence: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """Whether what is deployed may stay."""

    target: str
    at: datetime
    verdict: Verdict
    triggers: tuple[TriggerResult, ...]

    @property
    def reason(self) -> str:
        """The sentences of the triggers that ask for a rollback."""
        return " ".join(each.sentence for each in self.triggers if each.standing is Standing.FIRED)
