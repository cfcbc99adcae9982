"""Turns results into rows of the store's tables and rows back into results, without a loss.

The order of the columns is that of ``copy_files.sql`` and ``copy_assertions.sql`` on the way in, and of
``stored_file.sql`` and ``stored_assertions.sql`` on the way out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pgassay.model.assertion import Assertion, Directive
from pgassay.model.evidence import Evidence
from pgassay.model.execution import Engine, Isolation
from pgassay.model.place import Place
from pgassay.model.suite import FileResult, Outcome, Problem, Run, TestFile
from pgassay.model.usage import Usage
from pgassay.store.session import Row
from pgassay.store.values import Cleaner, from_json, to_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """An ended attempt at a file.

    ``position`` counts the ended attempts of the run from 1. ``final`` is false if the file was tried
    again. ``taken_up_at`` is the moment of ``FileStarted``, ``None`` where there was none.
    """

    position: int
    result: FileResult
    final: bool
    taken_up_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Evidence, and the position of the attempt that it is about; ``None`` for the end of the chain."""

    evidence: Evidence
    file_position: int | None = None


def file_row(run_id: UUID, attempt: Attempt, clean: Cleaner) -> Row:
    """Give the row of an attempt."""
    result, file = attempt.result, attempt.result.file
    return (
        run_id,
        attempt.position,
        clean(file.path),
        clean(file.category),
        result.outcome.value,
        attempt.final,
        result.attempt,
        attempt.taken_up_at,
        result.started_at,
        result.elapsed_s,
        result.worker,
        result.engine.value,
        result.planned,
        result.passed,
        result.failed,
        clean(result.skip_reason),
        to_json(result.problems, clean),
        to_json(result.warnings, clean),
        _array(result.notices, clean),
        _array(result.output, clean),
        file.critical,
        file.timeout_s,
        file.isolation.value if file.isolation else None,
        _array(file.tags, clean),
        file.expected_s,
        result.queries,
        result.slow_queries,
        result.touches.text if result.touches is not None else None,
        result.touches is not None and result.touches.calls_counted,
        result.usage.memory_mb,
        result.usage.cpu_percent,
        result.usage.cpu_ms,
    )


def assertion_rows(run_id: UUID, attempt: Attempt, clean: Cleaner) -> Iterator[Row]:
    """Give the rows of an attempt's test lines."""
    run = str(run_id)  # once, and not for each row
    for each in attempt.result.assertions:
        yield (
            run,
            attempt.position,
            each.position,
            each.number,
            each.ok,
            clean(each.description),
            each.directive.value,
            clean(each.reason),
            each.unplanned,
            each.elapsed_ms,
            _array(each.diagnostics, clean),
            _array(each.nested, clean),
            clean(each.place.path) if each.place else None,
            each.place.line if each.place else None,
        )


def metric_rows(run: Run, attempt: Attempt, clean: Cleaner) -> Iterator[Row]:
    """Give what is measured of an attempt that ended: the file, and its slow assertions."""
    result = attempt.result
    if not attempt.final or result.outcome is Outcome.NOT_RUN:
        return
    category, path = clean(result.file.category), clean(result.file.path)
    about = (result.started_at, "production" if run.environment.production else "other", run.id)
    counted = (result.queries, result.slow_queries)
    used = (result.usage.memory_mb, result.usage.cpu_percent)
    yield (category, path, result.elapsed_s * 1000, *used, *counted, *about)
    for each in result.assertions:
        if each.elapsed_ms is not None and each.elapsed_ms > run.options.slow_s * 1000:
            name = f"{path}#{each.position} {clean(each.description)}".rstrip()
            yield (category, name, each.elapsed_ms, None, None, None, None, *about)


def stored_attempt(position: int, row: Row, assertions: list[Row]) -> Attempt:
    """Give an attempt back."""
    path, category, outcome, final, attempt, taken_up_at, started_at, elapsed_s, worker, engine = row[:10]
    planned, skip_reason, problems, warnings, notices, output = row[10:16]
    critical, timeout_s, isolation, tags, expected_s, queries, slow_queries = row[16:23]
    memory_mb, cpu_percent, cpu_ms = row[23:26]
    file = TestFile(
        path=path,
        category=category,
        critical=critical,
        timeout_s=timeout_s,
        isolation=Isolation(isolation) if isolation else None,
        tags=tuple(tags),
        expected_s=expected_s,
    )
    result = FileResult(
        file=file,
        outcome=Outcome(outcome),
        started_at=started_at,
        elapsed_s=elapsed_s,
        worker=worker,
        attempt=attempt,
        engine=Engine(engine),
        planned=planned,
        skip_reason=skip_reason,
        assertions=tuple(_assertion(each) for each in assertions),
        problems=from_json(problems, tuple[Problem, ...]),
        warnings=from_json(warnings, tuple[Problem, ...]),
        notices=tuple(notices),
        output=tuple(output),
        queries=queries,
        slow_queries=slow_queries,
        usage=Usage(memory_mb=memory_mb, cpu_percent=cpu_percent, cpu_ms=cpu_ms),
    )
    return Attempt(position=position, result=result, final=final, taken_up_at=taken_up_at)


def _assertion(row: Row) -> Assertion:
    position, number, ok, description, directive, reason, unplanned, elapsed_ms = row[:8]
    diagnostics, nested, path, line = row[8:]
    return Assertion(
        position=position,
        number=number,
        ok=ok,
        description=description,
        directive=Directive(directive),
        reason=reason,
        diagnostics=tuple(diagnostics),
        nested=tuple(nested),
        unplanned=unplanned,
        elapsed_ms=elapsed_ms,
        place=None if path is None else Place(path=path, line=line),
    )


def _array(lines: tuple[str, ...], clean: Cleaner) -> list[str] | str:
    """Give the lines for an array column. Most have none, and those cost nothing as ready-made text."""
    return [clean(each) for each in lines] if lines else "{}"
