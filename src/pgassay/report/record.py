"""A run as far as it was seen: the events, sorted by what they are about.

Formats that are documents collect events here and write from the record when the run is over; what the
record adds up to is for ``pgassay.report.summary``.
"""

from dataclasses import dataclass

from pgassay.model.events.suite import FileFinished, FileRetried, RunFinished, RunStarted, SuiteEvent, Warned
from pgassay.model.suite import FileResult, Run


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """What was said of a run.

    ``results`` are in the order of the plan, whichever worker was faster. ``retried`` are the failed
    attempts of files that were tried again. ``run`` is ``None`` when the run never started and
    ``finished`` when its end was never told (pgassay was killed).
    """

    run: Run | None = None
    results: tuple[FileResult, ...] = ()
    retried: tuple[FileResult, ...] = ()
    warnings: tuple[Warned, ...] = ()
    finished: RunFinished | None = None


class Collector:
    """Gathers a :class:`RunRecord` from events."""

    def __init__(self) -> None:
        self._run: Run | None = None
        self._results: list[FileResult] = []
        self._retried: list[FileResult] = []
        self._warnings: list[Warned] = []
        self._finished: RunFinished | None = None

    def see(self, event: SuiteEvent) -> None:
        """Take note of an event."""
        match event:
            case FileFinished(result=result):
                self._results.append(result)
            case FileRetried(result=result):
                self._retried.append(result)
            case Warned():
                self._warnings.append(event)
            case RunStarted(run=run):
                self._run = run
            case RunFinished():
                self._finished = event
            case _:  # what a file says while it runs is repeated in its result
                pass

    def record(self) -> RunRecord:
        """Give what was seen so far."""
        planned = self._run.files if self._run else ()
        place = {file.path: index for index, file in enumerate(planned)}
        return RunRecord(
            run=self._run,
            results=tuple(sorted(self._results, key=lambda result: place.get(result.file.path, len(place)))),
            retried=tuple(self._retried),
            warnings=tuple(self._warnings),
            finished=self._finished,
        )
