"""The events of measuring a workload: the start, each round, and each statement when all rounds are over."""

from dataclasses import dataclass

from pgassay.model.perf import Measurement, WorkloadQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuringStarted:
    """The statements are known, and the target is reachable."""

    queries: tuple[WorkloadQuery, ...]
    rounds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundFinished:
    """Each statement ran once more; ``number`` counts from 1, warm-up included."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """All that is known of one statement."""

    measurement: Measurement


PerfEvent = MeasuringStarted | RoundFinished | Measured
