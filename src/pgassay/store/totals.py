"""Adds up the files of a category to what its row in the execution log says. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import quantiles

from pgassay.model.events.suite import RunFinished
from pgassay.model.suite import FileResult, Outcome

_SLOWEST = 5


class LogStatus(StrEnum):
    """How the execution of a category ended."""

    COMPLETE = "complete"
    """Every file ran to an end of its own, green or red."""
    CUT_SHORT = "cut short"
    """Some files did not run, because an earlier one stopped the run (fail-fast, bail-out)."""
    TIMED_OUT = "timed out"
    """A file ran out of its time, or the run of its own while files of this category were left."""
    NOT_STARTED = "not started"
    """No file of it ran."""
    INTERRUPTED = "interrupted"
    """Ctrl-C or SIGTERM came while files of this category were left, or the process vanished."""

    @property
    def conclusive(self) -> bool:
        """Whether the number of failed tests means anything; ``tests_failed`` is -1 otherwise."""
        return self in (LogStatus.COMPLETE, LogStatus.CUT_SHORT)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlowFile:
    """A file that took long."""

    path: str
    elapsed_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Timings:
    """How long single tests took, in milliseconds, over the ``timed`` ones that could be timed."""

    timed: int
    p50: float
    p95: float
    max: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """What ``performance_metrics`` holds, as JSON of these very names.

    ``wall_s`` is the time from the first file's start to the last one's end, ``busy_s`` the sum of the
    files' own times. ``tests_failed`` is given here also where the column says -1. ``status`` is the
    column's, so that the document is complete by itself.
    """

    status: LogStatus
    wall_s: float
    busy_s: float
    files: dict[str, int]
    tests_failed: int
    tests_skipped: int
    tests_todo: int
    slowest: tuple[SlowFile, ...]
    assertion_ms: Timings | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The columns of a completed row. ``success_rate`` is in percent, ``None`` where it has no meaning."""

    status: LogStatus
    start: datetime
    end: datetime
    planned: int
    passed: int
    failed: int
    success_rate: float | None
    metrics: Metrics


def totals(
    results: Sequence[FileResult], *, missing: int, fallback: datetime, finished: RunFinished | None
) -> Totals:
    """Add up the final results of a category.

    ``missing`` is the number of its files without any result, ``fallback`` the start of a category none
    of whose files ran, ``finished`` the end of the run, if it has come already.
    """
    ran = [each for each in results if each.outcome is not Outcome.NOT_RUN]
    status = _status(ran, left=missing + len(results) - len(ran), finished=finished)
    start = min((each.started_at for each in ran), default=fallback)
    end = max((each.started_at + timedelta(seconds=each.elapsed_s) for each in ran), default=start)
    passed, failed = sum(each.passed for each in ran), sum(map(failures, ran))
    return Totals(
        status=status,
        start=start,
        end=end,
        planned=sum(_planned(each) for each in ran),
        passed=passed,
        failed=failed if status.conclusive else -1,
        success_rate=_percent(passed, failed) if status.conclusive else None,
        metrics=_metrics(
            status, ran, missing + len(results) - len(ran), failed, (end - start).total_seconds()
        ),
    )


def failures(result: FileResult) -> int:
    """Count the failed tests of a file, and those that its plan promised and that never came.

    A red file counts for at least one, so that a script which died never adds up to a green row.
    """
    never_came = max(0, (result.planned or 0) - len(result.assertions))
    return max(result.failed + never_came, 1) if result.red else result.failed


def _planned(result: FileResult) -> int:
    return len(result.assertions) if result.planned is None else result.planned


def _percent(passed: int, failed: int) -> float | None:
    return round(100 * passed / (passed + failed), 2) if passed + failed else None


def _status(ran: Sequence[FileResult], *, left: int, finished: RunFinished | None) -> LogStatus:
    timed_out = any(each.outcome is Outcome.TIMED_OUT for each in ran)
    if not ran:
        return LogStatus.NOT_STARTED
    if left and finished and finished.interrupted:
        return LogStatus.INTERRUPTED
    if timed_out or (left and finished and finished.out_of_time):
        return LogStatus.TIMED_OUT
    return LogStatus.CUT_SHORT if left else LogStatus.COMPLETE


def _metrics(status: LogStatus, ran: Sequence[FileResult], left: int, failed: int, wall_s: float) -> Metrics:
    counts = Counter(each.outcome.value for each in ran)
    counts[Outcome.NOT_RUN.value] = left
    lines = [line for each in ran for line in each.assertions]
    slowest = sorted(ran, key=lambda each: -each.elapsed_s)[:_SLOWEST]
    return Metrics(
        status=status,
        wall_s=wall_s,
        busy_s=sum(each.elapsed_s for each in ran),
        files={name: number for name, number in counts.items() if number},
        tests_failed=failed,
        tests_skipped=sum(line.skipped for line in lines),
        tests_todo=sum(line.todo for line in lines),
        slowest=tuple(SlowFile(path=each.file.path, elapsed_s=each.elapsed_s) for each in slowest),
        assertion_ms=_timings([line.elapsed_ms for line in lines if line.elapsed_ms is not None]),
    )


def _timings(measured: list[float]) -> Timings | None:
    if not measured:
        return None
    parts = quantiles(measured, n=20, method="inclusive") if len(measured) > 1 else measured * 19
    return Timings(timed=len(measured), p50=parts[9], p95=parts[18], max=max(measured))
