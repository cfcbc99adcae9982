"""How far a mutation check has come: a small state that events move forward and that a screen looks at."""

from dataclasses import dataclass, field
from datetime import datetime

from pgassay.model.events.mutate import (
    BaselineFinished,
    MutantFinished,
    MutantStarted,
    MutationEvent,
    MutationStarted,
)
from pgassay.model.mutate import Mutant, Verdict


@dataclass(slots=True)
class MutationProgress:
    """Counts so far. The engine's thread moves it on while a screen's thread draws it."""

    mutants: int = 0
    done: int = 0
    noticed: int = 0
    survived: int = 0
    excused: frozenset[str] = frozenset()
    files: int = 0
    files_done: int = 0
    running: dict[int, Mutant] = field(default_factory=dict)
    _workers: dict[str, int] = field(default_factory=dict)
    _tried: int = 0
    _began: datetime | None = None
    _latest: datetime | None = None

    def see(self, event: MutationEvent) -> None:
        """Move on."""
        match event:
            case MutationStarted():
                self.mutants, self.files = len(event.plan.mutants), len(event.plan.files)
                self.excused = frozenset(each.id for each in event.plan.excuses)
            case BaselineFinished():
                self.files_done += 1
            case MutantStarted():
                self._began = self._began or event.at
                self.running[event.worker] = event.mutant
                self._workers[event.mutant.id] = event.worker
            case MutantFinished():
                self._finish(event)
            case _:
                pass

    @property
    def left_s(self) -> float | None:
        """The seconds that the rest will take if it goes on like this."""
        if self._began is None or self._latest is None or self._tried < 5:
            return None
        spent = (self._latest - self._began).total_seconds()
        return spent / self._tried * (self.mutants - self.done)

    def _finish(self, event: MutantFinished) -> None:
        result = event.result
        self.done += 1
        self.noticed += result.verdict in (Verdict.KILLED, Verdict.TIMED_OUT)
        self.survived += result.verdict is Verdict.SURVIVED and result.mutant.id not in self.excused
        worker = self._workers.pop(result.mutant.id, None)
        if worker is not None:
            self.running.pop(worker, None)
        if not result.remembered:
            self._tried += 1
            self._latest = event.at
