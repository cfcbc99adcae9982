"""What a run adds up to: totals, categories, the slowest, and the verdict. Pure.

All formats, the exit code and the JSON of a command are taken from here, so no two of them can differ.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from pgassay.model.assertion import Assertion
from pgassay.model.events.suite import RunFinished
from pgassay.model.exits import Exit
from pgassay.model.suite import FileResult, Outcome, Problem, Trouble, safety_rank
from pgassay.report.record import RunRecord

SLOWEST = 5
"""How many of the slowest files and assertions a summary names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Counts over some files.

    ``passed`` and ``failed`` add up to ``tests``, counted as TAP::Harness does: skipped and failing TODO
    tests are among the passed. ``files_red`` includes ``timed_out`` and ``not_run``; ``skipped_files``
    said that they do not apply, and ``needs_rollback`` write where nothing may be written. ``elapsed_s``
    is the sum over the files, in seconds, so it is more than the time that passed when they ran side by
    side.
    """

    files: int = 0
    files_red: int = 0
    timed_out: int = 0
    not_run: int = 0
    flaky: int = 0
    skipped_files: int = 0
    needs_rollback: int = 0
    tests: int = 0
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    todo: int = 0
    todo_passed: int = 0
    warnings: int = 0
    elapsed_s: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryTotals:
    """The totals of the files of one category."""

    category: str
    totals: Totals


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """An assertion, the file that it is in, and how long the server took, in milliseconds."""

    path: str
    assertion: Assertion
    elapsed_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped:
    """All problems (or warnings) of one kind, each with the path of its file."""

    trouble: Trouble
    problems: tuple[tuple[str, Problem], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A run in numbers. ``elapsed_s`` is the time that passed from its start to its end, in seconds."""

    exit: Exit
    elapsed_s: float
    totals: Totals
    categories: tuple[CategoryTotals, ...]
    slowest_files: tuple[FileResult, ...]
    slowest_assertions: tuple[Timed, ...]
    warnings: tuple[Grouped, ...]


def summarise(record: RunRecord) -> Summary:
    """Add a run up."""
    results = record.results
    return Summary(
        exit=verdict(results, record.finished),
        elapsed_s=record.finished.elapsed_s if record.finished else _seen_for(record),
        totals=total(results),
        categories=_by_category(results),
        slowest_files=_slowest_files(results),
        slowest_assertions=_slowest_assertions(results),
        warnings=_grouped(results),
    )


def verdict(results: Sequence[FileResult], finished: RunFinished | None) -> Exit:
    """Judge a run; ``finished`` is ``None`` when the end of the run was never told.

    An interruption outweighs the rest, because what is missing might have been red. ``OUT_OF_TIME`` is
    only said when nothing but time was short. Where each file needs another tier than the run's, none ran.
    """
    if finished is None or finished.interrupted:
        return Exit.INTERRUPTED
    if finished.bail_out is not None or any(_failed(result, finished) for result in results):
        return Exit.RED
    if finished.out_of_time or any(result.outcome is Outcome.TIMED_OUT for result in results):
        return Exit.OUT_OF_TIME
    return Exit.OK if any(each.outcome is not Outcome.NEEDS_ROLLBACK for each in results) else Exit.USAGE


def total(results: Iterable[FileResult]) -> Totals:
    """Count."""
    files = tuple(results)
    assertions = [assertion for result in files for assertion in result.assertions]
    outcomes = [result.outcome for result in files]
    passed = sum(assertion.passed for assertion in assertions)
    return Totals(
        files=len(files),
        files_red=sum(result.red for result in files),
        timed_out=outcomes.count(Outcome.TIMED_OUT),
        not_run=outcomes.count(Outcome.NOT_RUN),
        flaky=outcomes.count(Outcome.FLAKY),
        skipped_files=outcomes.count(Outcome.SKIPPED),
        needs_rollback=outcomes.count(Outcome.NEEDS_ROLLBACK),
        tests=len(assertions),
        passed=passed,
        failed=len(assertions) - passed,
        skipped=sum(assertion.skipped for assertion in assertions),
        todo=sum(assertion.todo for assertion in assertions),
        todo_passed=sum(assertion.todo_passed for assertion in assertions),
        warnings=sum(len(result.warnings) for result in files),
        elapsed_s=sum(result.elapsed_s for result in files),
    )


def _failed(result: FileResult, finished: RunFinished) -> bool:
    """Say whether a file is red for another reason than that time ran out."""
    match result.outcome:
        case Outcome.TIMED_OUT:
            return result.failed > 0
        case Outcome.NOT_RUN:
            return not finished.out_of_time
        case _:
            return result.red


def _seen_for(record: RunRecord) -> float:
    """Give the seconds from the first start to the last end that was seen."""
    if not record.results:
        return 0.0
    ends = [result.started_at + timedelta(seconds=result.elapsed_s) for result in record.results]
    start = record.run.started_at if record.run else min(result.started_at for result in record.results)
    return max((max(ends) - start).total_seconds(), 0.0)


def _by_category(results: Sequence[FileResult]) -> tuple[CategoryTotals, ...]:
    files: dict[str, list[FileResult]] = {}
    for result in results:
        files.setdefault(result.file.category, []).append(result)
    names = sorted(files, key=lambda name: (safety_rank(name), name))
    return tuple(CategoryTotals(category=name, totals=total(files[name])) for name in names)


def _slowest_files(results: Sequence[FileResult]) -> tuple[FileResult, ...]:
    ran = (result for result in results if result.outcome is not Outcome.NOT_RUN)
    return tuple(sorted(ran, key=lambda result: -result.elapsed_s)[:SLOWEST])


def _slowest_assertions(results: Sequence[FileResult]) -> tuple[Timed, ...]:
    timed = [
        Timed(path=result.file.path, assertion=assertion, elapsed_ms=assertion.elapsed_ms)
        for result in results
        for assertion in result.assertions
        if assertion.elapsed_ms is not None
    ]
    return tuple(sorted(timed, key=lambda each: -each.elapsed_ms)[:SLOWEST])


def _grouped(results: Sequence[FileResult]) -> tuple[Grouped, ...]:
    groups: dict[Trouble, list[tuple[str, Problem]]] = {}
    for result in results:
        for problem in result.warnings:
            groups.setdefault(problem.trouble, []).append((result.file.path, problem))
    return tuple(
        Grouped(trouble=trouble, problems=tuple(groups[trouble])) for trouble in Trouble if trouble in groups
    )
