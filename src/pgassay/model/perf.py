"""What is known of how fast a database answers: measurements, baselines, and judgements."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pgassay.model.usage import NOT_MEASURED, Usage


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkloadQuery:
    """A statement that the application sends, as a file of the workload describes it.

    ``text`` has ``$1`` … for ``values``; ``sla_ms`` is what it may take, in milliseconds, as was declared.
    """

    name: str
    category: str
    title: str
    path: str
    text: str
    role: str | None = None
    values: tuple[str, ...] = ()
    sla_ms: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanNode:
    """One node of a plan; ``what`` names it as far as the choice of a plan goes, without costs and counts."""

    depth: int
    what: str
    relation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan as it was executed once.

    ``digest`` is the same for the same plan, whatever it cost. ``shared_blocks`` counts blocks that were
    found in the cache or read, ``temp_blocks`` those that were written to temporary files.
    """

    digest: str
    nodes: tuple[PlanNode, ...]
    shared_blocks: int
    temp_blocks: int
    rows: int

    @property
    def relations(self) -> frozenset[str]:
        """What it reads."""
        return frozenset(each.relation for each in self.nodes if each.relation)

    @property
    def scanned(self) -> frozenset[str]:
        """What it reads as a whole, one row after the other."""
        return frozenset(each.relation for each in self.nodes if each.what.startswith("Seq Scan"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """One statement, measured: times in milliseconds as a client sees them, warm ones in ``samples``.

    ``pages`` has the size of each relation that the plan reads, in blocks. ``usage`` is of one execution
    more. ``problem`` says why there is nothing else.
    """

    query: WorkloadQuery
    cold_ms: float = 0.0
    samples: tuple[float, ...] = ()
    plan: Plan | None = None
    pages: tuple[tuple[str, int], ...] = ()
    usage: Usage = NOT_MEASURED
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """All statements of a workload, measured in rounds, so that what disturbs one disturbs all."""

    id: UUID
    at: datetime
    target: str
    server: str
    measurements: tuple[Measurement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryBaseline:
    """What is normal for a statement. ``spread_ms`` is the median distance from the median."""

    name: str
    median_ms: float
    p95_ms: float
    spread_ms: float
    samples: int
    sla_ms: float | None
    plan: Plan | None
    pages: tuple[tuple[str, int], ...] = ()
    usage: Usage = NOT_MEASURED


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """What is normal for a category: one is active, earlier ones are kept."""

    category: str
    queries: tuple[QueryBaseline, ...]
    server: str
    established_at: datetime
    established_by: str = ""
    reason: str = ""


class Grade(StrEnum):
    """What a judge thinks of a fact."""

    OK = "OK"
    INFO = "INFO"
    WARNING = "WARNING"
    CRITICAL = "CRITICAL"
    NOT_JUDGED = "NOT JUDGED"
    """There is too little to go by. Never counted as good."""

    @property
    def red(self) -> bool:
        """Whether it makes a check fail."""
        return self in (Grade.WARNING, Grade.CRITICAL)


class Aspect(StrEnum):
    """What of a statement is judged."""

    ANSWER = "answer"
    """That it answers at all."""
    SLA = "sla"
    BLOCKS = "blocks"
    TEMPORARY = "temporary files"
    PLAN = "plan"
    TIME = "time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A verdict on one aspect of one statement; ``limit`` and ``actual`` are in the unit that is named."""

    query: str
    category: str
    aspect: Aspect
    grade: Grade
    sentence: str
    limit: float | None = None
    actual: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRun:
    """The median times of an earlier benchmark, by statement, in milliseconds."""

    at: datetime
    medians: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformanceVerdict:
    """All judgements on a benchmark. ``noisy``: everything was slower at once, so times are not judged."""

    benchmark: Benchmark
    judgements: tuple[Judgement, ...]
    noisy: bool = False

    @property
    def red(self) -> bool:
        """Whether something regressed."""
        return any(each.grade.red for each in self.judgements)

    @property
    def acceptable(self) -> bool:
        """Whether it may become what is normal: nothing is worse, and the machine was as it always is."""
        return not self.red and not self.noisy

    @property
    def judged(self) -> int:
        """How many aspects could be judged."""
        return sum(each.grade is not Grade.NOT_JUDGED for each in self.judgements)
