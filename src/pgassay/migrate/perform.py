"""Sends a script, part by part: a transaction at a time, again as a whole where a lock was not to be had.

What else belongs into the transactions (rows of the history, a last look before the commit) is the ledger's,
which the caller hands in.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace

from pgassay.migrate.batches import Batch
from pgassay.migrate.course import Course, Failed, Means, Stumble
from pgassay.migrate.lone import Lone
from pgassay.migrate.observe import Observer
from pgassay.migrate.statement import Statement
from pgassay.model.events.migrate import BatchCommitted, LockWaited, MigrationEvent, StatementFinished
from pgassay.model.migrate import StatementResult
from pgassay.pg.cancel import cancelled_by
from pgassay.pg.clock import monotonic, now
from pgassay.pg.connection import Connection, reason
from pgassay.pg.execute import Rejected, execute
from pgassay.pg.patience import Patience, limit, lost_patience


def perform(course: Course, means: Means) -> Iterator[MigrationEvent]:
    """Send what is left of a script.

    Raises:
        Failed: it did not come to its end; the part that failed was rolled back.
    """
    for batch in course.batches[course.done : course.until]:
        try:
            yield from _part(batch, course, means)
        except Stumble as error:
            raise Failed(
                error.sentence, committed=batch.number - 1, detail=error.detail, unknown=error.unknown
            ) from error
        yield BatchCommitted(step=course.step, number=batch.number, count=course.parts, at=now())


def _part(batch: Batch, course: Course, means: Means) -> Iterator[MigrationEvent]:
    if not batch.alone:
        yield from _patiently(lambda: _transaction(batch, course, means), means.patience, course, means)
        return
    (statement,) = batch.statements
    resumed = 0 < course.done == batch.number - 1
    lone = Lone(means.connection, statement, resumed=resumed)
    patience = means.patience_alone if lone.gentle else means.patience
    yield from _patiently(lambda: _alone(lone, statement, course, means), patience, course, means)
    noted = replace(batch, statements=())
    yield from _patiently(lambda: _transaction(noted, course, means), means.patience, course, means)


def _patiently(
    once: Callable[[], Iterator[MigrationEvent]], patience: Patience, course: Course, means: Means
) -> Iterator[MigrationEvent]:
    """Try again, as long as patience lasts, what fails for a lock only."""
    pauses = patience.pauses(means.chance)
    attempt = 1
    while True:
        try:
            limit(means.connection, patience)
            yield from once()
            return
        except Connection.Error as error:
            raise Stumble(f"The connection was lost: {reason(str(error))}") from error
        except Stumble as error:
            pause = next(pauses, None)
            if pause is None or not lost_patience(error.sqlstate) or means.stop.is_set():
                raise
            yield LockWaited(
                step=course.step,
                sentence=error.sentence,
                attempt=attempt,
                tries=patience.tries,
                pause_s=pause,
                at=now(),
            )
            means.stop.wait(pause)
            attempt += 1


def _transaction(batch: Batch, course: Course, means: Means) -> Iterator[MigrationEvent]:
    connection = means.connection
    observer = Observer() if means.observed else None
    try:
        connection.execute("begin")
        if observer is not None:
            observer.begin(connection)
        for statement in batch.statements:
            started = monotonic()
            _send(statement, means)
            yield _finished(statement, course, monotonic() - started, observer=observer, means=means)
        _close(batch, course, connection)
        _commit(connection)
    except BaseException:
        with suppress(Connection.Error):
            connection.rollback()
        raise


def _alone(lone: Lone, statement: Statement, course: Course, means: Means) -> Iterator[MigrationEvent]:
    started = monotonic()
    try:
        with cancelled_by(means.connection, means.stop):
            lone.run()
    except Rejected as rejected:
        lone.clean_up()
        raise _stumble(rejected, statement, means) from rejected
    if trouble := lone.trouble():
        raise Stumble(f"{statement.place}: {trouble}.")
    yield _finished(statement, course, monotonic() - started, observer=None, means=means)


def _send(statement: Statement, means: Means) -> None:
    if means.stop.is_set():
        raise Stumble(f"Stopped before {statement.place}.")
    try:
        with cancelled_by(means.connection, means.stop):
            execute(means.connection, statement.text, data=statement.data)
    except Rejected as rejected:
        raise _stumble(rejected, statement, means) from rejected


def _stumble(rejected: Rejected, statement: Statement, means: Means) -> Stumble:
    message = rejected.message
    if means.stop.is_set():
        return Stumble(f"Stopped at {statement.place}.")
    detail = [f"{statement.command}: {statement.summary}"]
    detail += [
        f"{word}: {text}" for word, text in (("detail", message.detail), ("hint", message.hint)) if text
    ]
    place = statement.place_of(message)
    return Stumble(f"{place}: {message.message}", sqlstate=message.sqlstate, detail=tuple(detail))


def _close(batch: Batch, course: Course, connection: Connection) -> None:
    """Let the ledger write what belongs into this transaction."""
    try:
        if batch.number == course.parts:
            course.ledger.finish(connection)
        elif course.until is None or batch.number < course.until:
            course.ledger.keep(connection, batch.number)
    except Connection.Error as error:
        state = getattr(error, "sqlstate", None) or ""
        raise Stumble(f"The history cannot be written: {reason(str(error))}", sqlstate=state) from error


def _commit(connection: Connection) -> None:
    try:
        execute(connection, "commit")
    except Rejected as rejected:
        what = "The connection was lost during the commit" if rejected.lost else "The commit failed"
        raise Stumble(
            f"{what}: {rejected.message.message}",
            sqlstate="" if rejected.lost else rejected.message.sqlstate,
            detail=(rejected.message.detail,) if rejected.message.detail else (),
            unknown=rejected.lost,
        ) from rejected


def _finished(
    statement: Statement, course: Course, elapsed_s: float, *, observer: Observer | None, means: Means
) -> StatementFinished:
    locks, rewritten = observer.look(means.connection) if observer is not None else (None, None)
    result = StatementResult(
        phase=course.phase,
        number=statement.number,
        count=course.statements,
        command=statement.command,
        place=statement.place,
        elapsed_s=elapsed_s,
        locks=locks,
        rewritten=rewritten,
    )
    return StatementFinished(step=course.step, statement=result, at=now())
