"""Rebuilds a stored run as the events that it consisted of, for any reporter to read again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from pgassay.model.errors import UsageError
from pgassay.model.events.suite import (
    AssertionFinished,
    FileFinished,
    FileRetried,
    FileStarted,
    RunFinished,
    RunStarted,
    SuiteEvent,
    Warned,
)
from pgassay.model.evidence import RunEvidence
from pgassay.model.suite import Environment, FileResult, Outcome, Run, RunOptions, TestFile
from pgassay.pg.connection import Connection
from pgassay.store.evidence import closing_evidence, file_evidence
from pgassay.store.rows import Attempt, stored_attempt
from pgassay.store.schema import opened
from pgassay.store.session import Row
from pgassay.store.touches import stored_touches, touches_of
from pgassay.store.values import from_json


def replay(connection: Connection, run_id: UUID) -> Iterator[SuiteEvent]:
    """Give the events of a stored run: attempt by attempt in the order in which they ended.

    Of a run that was killed, or that still runs, what is stored is given; files without a result are
    told as not run, and the end as interrupted. Each attempt is read in a transaction of its own, so a
    slow reader holds nothing up.

    Raises:
        UsageError: there is no such run.
        Unavailable: the store cannot be read.
    """
    row, positions = _stored(connection, run_id)
    run, warnings = _run(run_id, row), from_json(row[5], tuple[Warned, ...])
    end = _end(row, closing_evidence(connection, run_id))
    yield RunStarted(run=run)
    left = {file.path: file for file in run.files}
    last = run.started_at
    for position in positions:
        attempt = _attempt(connection, run_id, position)
        last = max(last, _ended_at(attempt.result))
        if attempt.final:
            left.pop(attempt.result.file.path, None)
        yield from _told(attempt)
    if end is None or _vanished(row):
        for file in left.values():
            yield FileFinished(result=_not_run(file, last))
    yield from warnings
    yield end or RunFinished(at=last, elapsed_s=(last - run.started_at).total_seconds(), interrupted=True)


def _stored(connection: Connection, run_id: UUID) -> tuple[Row, list[int]]:
    with opened(connection) as begun:
        found = begun.run("stored_run", id=run_id)
        if not found:
            raise UsageError(f"No run {run_id} is recorded.", remedy="pgassay report")
        return found[0], [position for (position,) in begun.run("stored_positions", run_id=run_id)]


def _attempt(connection: Connection, run_id: UUID, position: int) -> Attempt:
    with opened(connection) as begun:
        (row,) = begun.run("stored_file", run_id=run_id, position=position)
        lines = begun.run("stored_assertions", run_id=run_id, file_position=position)
        evidence = file_evidence(begun, run_id, position)
        text, counted = row[26:]
        touches = touches_of(text, stored_touches(begun, run_id, position), counted=counted)
    attempt = stored_attempt(position, row, lines)
    return replace(attempt, result=replace(attempt.result, evidence=evidence, touches=touches))


def _run(run_id: UUID, row: Row) -> Run:
    return Run(
        id=run_id,
        name=row[0],
        started_at=row[1],
        environment=from_json(row[2], Environment),
        options=from_json(row[3], RunOptions),
        files=from_json(row[4], tuple[TestFile, ...]),
    )


def _end(row: Row, evidence: RunEvidence | None) -> RunFinished | None:
    at, elapsed_s, interrupted, out_of_time, bail_out, _ = row[6:]
    if at is None:
        return None
    return RunFinished(
        at=at,
        elapsed_s=elapsed_s,
        interrupted=interrupted,
        out_of_time=out_of_time,
        bail_out=bail_out,
        evidence=evidence,
    )


def _vanished(row: Row) -> bool:
    return bool(row[11] == "interrupted")


def _told(attempt: Attempt) -> Iterator[SuiteEvent]:
    result = attempt.result
    if attempt.taken_up_at is not None:
        yield FileStarted(
            file=result.file, at=attempt.taken_up_at, worker=result.worker, attempt=result.attempt
        )
    for assertion in result.assertions:
        yield AssertionFinished(path=result.file.path, assertion=assertion)
    yield FileFinished(result=result) if attempt.final else FileRetried(result=result)


def _ended_at(result: FileResult) -> datetime:
    return result.started_at + timedelta(seconds=result.elapsed_s)


def _not_run(file: TestFile, at: datetime) -> FileResult:
    return FileResult(file=file, outcome=Outcome.NOT_RUN, started_at=at, elapsed_s=0.0)
