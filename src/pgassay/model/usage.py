"""What the server's process spent on something, as far as that could be measured."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Memory in MB of 1,048,576 bytes, CPU time in percent of one core; ``None`` is not measured, never zero.

    Of a test file, ``memory_mb`` is the most that its session's memory contexts were seen to hold where a
    transaction of it ended; of a statement of a workload, the largest resident set of a process that only ran
    that. ``cpu_percent`` is user and system time of the one process by the time that passed meanwhile;
    ``cpu_ms`` is that CPU time itself, in milliseconds.
    """

    memory_mb: float | None = None
    cpu_percent: float | None = None
    cpu_ms: float | None = None


NOT_MEASURED = Usage()
