"""May this go to production? The criteria, the evidence for each, and one verdict."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Standing(StrEnum):
    """How a criterion stands."""

    MET = "met"
    NOT_MET = "not met"
    NOT_VERIFIED = "not verified"
    """There is no evidence, or it is too old, or it is about something else. Never taken for a yes."""
    WAIVED = "waived"
    """The project says, with a reason, that it does not count."""


class Verdict(StrEnum):
    """What it all adds up to."""

    READY = "READY"
    NOT_READY = "NOT READY"
    NOT_VERIFIED = "NOT VERIFIED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One thing that has to hold.

    ``evidence`` says what was found, ``at`` when, ``reference`` where it is recorded; ``command`` is what to
    run to close the gap, empty where there is none.
    """

    name: str
    title: str
    standing: Standing
    evidence: str
    at: datetime | None = None
    reference: str = ""
    command: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """All criteria about a target at a moment."""

    target: str
    at: datetime
    criteria: tuple[Criterion, ...]

    @property
    def verdict(self) -> Verdict:
        """READY only if every criterion is met, or waived with a reason; a failure outweighs the rest."""
        found = {each.standing for each in self.criteria}
        if Standing.NOT_MET in found:
            return Verdict.NOT_READY
        if Standing.NOT_VERIFIED in found or Standing.MET not in found:
            return Verdict.NOT_VERIFIED
        return Verdict.READY


@dataclass(frozen=True, slots=True, kw_only=True)
class TestFacts:
    """The latest run of tests that came to its end.

    ``passed_before`` is how many tests passed in the last good run before it, ``None`` where there was none.
    ``critical_red`` are red files that the project calls critical.
    """

    __test__ = False

    reference: str
    at: datetime
    passed: int
    failed: int
    unfinished: int
    critical_red: tuple[str, ...]
    passed_before: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformanceFacts:
    """The latest check of performance. ``red`` is ``None`` where nothing was judged."""

    reference: str
    at: datetime
    red: bool | None
    noisy: bool
    judged: int
    not_judged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFacts:
    """The latest run of the checks of an area."""

    reference: str
    at: datetime
    failed: int
    not_verified: int
    warnings: int
    broken: int
    checks: int
    unreachable: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessFacts:
    """The latest access check."""

    reference: str
    at: datetime
    verdict: str
    opened: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrationFacts:
    """What is known of migrations.

    ``rehearsed`` counts contents whose latest rehearsal was green, ``red`` names the others. ``unrehearsed``
    were applied though their content was never rehearsed green; ``unsettled`` are operations that were
    interrupted, ended red, or between two states.
    """

    rehearsed: int
    red: tuple[str, ...]
    unrehearsed: tuple[str, ...]
    unsettled: tuple[str, ...]
    at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillFacts:
    """The latest recovery drill. Times in seconds; ``None`` where they were not measured.

    ``in_time``: it is the proof of a point in time, which is only asked for where it failed.
    """

    reference: str
    at: datetime
    status: str
    rto_s: float | None
    rpo_s: float | None
    in_time: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AttentionFacts:
    """What is unsettled: titles of CRITICAL incidents, messages of CRITICAL alerts; and who is told."""

    incidents: tuple[str, ...]
    alerts: tuple[str, ...]
    receivers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessFacts:
    """Everything that the store knows about a target; ``None`` where it knows nothing."""

    tests: TestFacts | None
    performance: PerformanceFacts | None
    security: CheckFacts | None
    health: CheckFacts | None
    access: AccessFacts | None
    migrations: MigrationFacts
    drill: DrillFacts | None
    attention: AttentionFacts
