"""The JSON documents that ``--json`` prints for runs and plans. Their names and shapes are public."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from pgassay.model.suite import FileResult, TestFile
from pgassay.report.record import RunRecord
from pgassay.report.summary import CategoryTotals, Totals, summarise

_RUN = "pgassay.test/1"
_PLAN = "pgassay.plan/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileEntry:
    """One file of a run; ``planned`` is ``None`` where there was no plan."""

    path: str
    category: str
    outcome: str
    planned: int | None
    passed: int
    failed: int
    elapsed_s: float
    problems: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunDocument:
    """A run: ``exit`` is the process's exit code, ``tests`` the totals over all files."""

    format: str
    run: str
    exit: int
    elapsed_s: float
    tests: Totals
    categories: tuple[CategoryTotals, ...]
    files: tuple[FileEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDocument:
    """The files that would run, in their order."""

    format: str
    files: tuple[TestFile, ...]


def run_document(record: RunRecord) -> str:
    """Write a run as JSON."""
    summary = summarise(record)
    document = RunDocument(
        format=_RUN,
        run=str(record.run.id) if record.run else "",
        exit=int(summary.exit),
        elapsed_s=summary.elapsed_s,
        tests=summary.totals,
        categories=summary.categories,
        files=tuple(_entry(result) for result in record.results),
    )
    return msgspec.json.encode(document).decode()


def plan_document(files: Sequence[TestFile]) -> str:
    """Write a plan as JSON."""
    return msgspec.json.encode(PlanDocument(format=_PLAN, files=tuple(files))).decode()


def _entry(result: FileResult) -> FileEntry:
    return FileEntry(
        path=result.file.path,
        category=result.file.category,
        outcome=result.outcome.value,
        planned=result.planned,
        passed=result.passed,
        failed=result.failed,
        elapsed_s=result.elapsed_s,
        problems=tuple(problem.message for problem in result.problems),
        warnings=tuple(problem.message for problem in result.warnings),
    )
