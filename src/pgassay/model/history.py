"""What the store remembers, as values: durations, last outcomes, and the summary by category."""

from dataclasses import dataclass
from datetime import datetime

from pgassay.model.suite import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class FileHistory:
    """What is known of a file from earlier runs on this store.

    ``expected_s`` is the median duration of its recent complete runs in seconds.
    """

    path: str
    expected_s: float
    last_outcome: Outcome
    last_run_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CategorySummary:
    """The executions of a category over a period.

    ``success_rate`` is in percent, over all tests of the period; ``None`` where no test ran.
    ``average_s`` is the mean duration of an execution in seconds. ``unfinished`` counts executions that
    timed out, failed to start or were interrupted (``tests_failed = -1`` or no end).
    """

    category: str
    executions: int
    passed: int
    failed: int
    unfinished: int
    success_rate: float | None
    average_s: float
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryPerformance:
    """What was measured in a category over a period: files, slow assertions, statements; in milliseconds.

    Memory in MB, CPU time in percent of one core, over what they could be measured of; ``None``: of nothing.
    """

    category: str
    count: int
    average_ms: float
    min_ms: float
    max_ms: float
    p95_ms: float
    average_memory_mb: float | None = None
    max_memory_mb: float | None = None
    average_cpu_percent: float | None = None
    max_cpu_percent: float | None = None
