"""Follows the events of a run and knows what of it is still to be written. Pure: no connection, no clock."""

from collections import Counter, defaultdict
from datetime import datetime

from pgassay.model.events.suite import (
    FileFinished,
    FileRetried,
    FileStarted,
    RunFinished,
    RunStarted,
    SuiteEvent,
    Warned,
)
from pgassay.model.suite import FileResult, Outcome, Run
from pgassay.store.rows import Attempt, Placed
from pgassay.store.totals import Totals, totals


class Progress:
    """What is known of the run, and what of that the store does not have yet.

    ``attempts``, ``evidence_due`` and ``warnings_due`` wait to be written; whoever wrote them calls
    :meth:`written`. Evidence waits by itself: it is kept also where the store does not take a result.
    """

    def __init__(self) -> None:
        self.run: Run | None = None
        self.finished: RunFinished | None = None
        self.warnings: list[Warned] = []
        self.warnings_due = False
        self.attempts: list[Attempt] = []
        self.evidence_due: list[Placed] = []
        self._position = 0
        self._taken_up: dict[tuple[str, int], datetime] = {}
        self._expected: Counter[str] = Counter()
        self._results: defaultdict[str, list[FileResult]] = defaultdict(list)

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories that are not completed yet, in the order of the plan."""
        return tuple(self._expected)

    def take(self, event: SuiteEvent) -> None:
        """Take note of an event. Single test lines are not looked at: their file's result has them."""
        match event:
            case RunStarted():
                self.run = event.run
                self._expected.update(file.category for file in event.run.files)
            case FileStarted():
                self._taken_up[event.file.path, event.attempt] = event.at
            case FileRetried():
                self._end(event.result, final=False)
            case FileFinished():
                self._end(event.result, final=True)
            case Warned():
                self.warnings.append(event)
                self.warnings_due = True
            case RunFinished():
                self.finished = event
                if event.evidence is not None:
                    self.evidence_due.append(Placed(evidence=event.evidence))
            case _:
                pass

    def settled(self) -> dict[str, Totals]:
        """Give the totals of the categories about which nothing more will come.

        That is so at the end of the run, and before it for a category all of whose files ran: should
        the process be killed later, the row of that category is already right.
        """
        return {name: self._totals(name) for name in self._expected if self._is_settled(name)}

    def written(self, attempts: int, categories: tuple[str, ...]) -> None:
        """Forget the first attempts, all evidence, the warnings and these categories: the store has them."""
        del self.attempts[:attempts]
        self.evidence_due.clear()
        self.warnings_due = False
        for name in categories:
            del self._expected[name]
            self._results.pop(name, None)

    def drop_first(self) -> Attempt:
        """Give up the attempt that waits longest; the totals of its category still count it."""
        return self.attempts.pop(0)

    def _end(self, result: FileResult, *, final: bool) -> None:
        self._position += 1
        taken_up_at = self._taken_up.pop((result.file.path, result.attempt), None)
        self.attempts.append(
            Attempt(position=self._position, result=result, final=final, taken_up_at=taken_up_at)
        )
        if result.evidence is not None:
            self.evidence_due.append(Placed(evidence=result.evidence, file_position=self._position))
        if final:
            self._results[result.file.category].append(result)

    def _is_settled(self, name: str) -> bool:
        results = self._results[name]
        ran = sum(each.outcome is not Outcome.NOT_RUN for each in results)
        return self.finished is not None or ran >= self._expected[name]

    def _totals(self, name: str) -> Totals:
        results = self._results[name]
        assert self.run is not None, "a category is only known from RunStarted"
        return totals(
            results,
            missing=max(0, self._expected[name] - len(results)),
            fallback=self.run.started_at,
            finished=self.finished,
        )
