"""A run of checks as far as it was seen."""

from dataclasses import dataclass

from pgassay.model.check import CheckResult, Finding, Level
from pgassay.model.events.check import CheckEvent, CheckFinished, ChecksFinished, ChecksStarted


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRecord:
    """What was said of a run. ``finished`` is ``None`` where its end was never told."""

    started: ChecksStarted | None = None
    results: tuple[CheckResult, ...] = ()
    finished: ChecksFinished | None = None

    def count(self, level: Level) -> int:
        """Count the checks of a level."""
        return sum(each.level is level for each in self.results)

    def findings(self, level: Level) -> tuple[Finding, ...]:
        """Give the findings of a level, in the order of the checks."""
        return tuple(found for each in self.results for found in each.findings if found.level is level)


class CheckCollector:
    """Gathers a :class:`CheckRecord` from events."""

    def __init__(self) -> None:
        self._started: ChecksStarted | None = None
        self._results: list[CheckResult] = []
        self._finished: ChecksFinished | None = None

    def see(self, event: CheckEvent) -> None:
        """Take note of an event."""
        match event:
            case ChecksStarted():
                self._started = event
            case CheckFinished(result=result):
                self._results.append(result)
            case ChecksFinished():
                self._finished = event

    def record(self) -> CheckRecord:
        """Give what was seen so far."""
        return CheckRecord(started=self._started, results=tuple(self._results), finished=self._finished)
