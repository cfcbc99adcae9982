"""Writes a run into the store's tables, over one connection that it holds while the run lasts.

Each call of :meth:`Journal.write` is one short transaction. It opens the connection when it needs one,
also anew after one was lost, and never writes anything twice. When to write, and what to do about a
failure, is the recorder's to decide; what there is to write, :class:`~pgassay.store.progress.Progress`
knows.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from uuid import UUID

from pgassay.model.suite import Run
from pgassay.pg.connection import Connection, reason
from pgassay.pg.lasting import need_session
from pgassay.store.evidence import write_evidence
from pgassay.store.progress import Progress
from pgassay.store.rows import Attempt, assertion_rows, file_row, metric_rows
from pgassay.store.schema import opened
from pgassay.store.session import Transaction, transaction
from pgassay.store.totals import Totals
from pgassay.store.touches import write_touches
from pgassay.store.values import Cleaner, cleaner, to_json

LOCKED = "The lock that says that a run lives"


class Journal:
    """The store's side of one run."""

    def __init__(self, connect: Callable[[], Connection]) -> None:
        self._connect = connect
        self._connection: Connection | None = None
        self._clean: Cleaner = cleaner("UTF8")
        self._begun = False

    @property
    def lost(self) -> bool:
        """Whether the connection is gone; the next :meth:`write` opens another."""
        return self._connection is None or self._connection.closed

    def write(self, progress: Progress, *, at_most: int | None = None) -> None:
        """Write what waits to be written (of attempts at files, ``at_most`` so many), all of it or nothing.

        Raises:
            Unavailable: the store cannot be reached or refuses; ``progress`` is as it was.
            Unstorable: it refuses a value.
        """
        run = progress.run
        if run is None:
            return
        connection = self._ready(run, progress)
        if not self._begun:
            self._begin(connection, run)
            self._begun = True
        settled, attempts = progress.settled(), progress.attempts[:at_most]
        with transaction(connection) as begun:
            if progress.finished is None:
                begun.run("relax_commit")
            _write_attempts(begun, run, attempts, self._clean)
            write_touches(begun, run.id, attempts, self._clean)
            write_evidence(begun, run.id, progress.evidence_due)
            _complete(begun, run.id, settled, self._clean)
            if progress.warnings_due:
                begun.run("note_warnings", id=run.id, warnings=to_json(progress.warnings, self._clean))
            _finish(begun, run.id, progress, self._clean)
        progress.written(len(attempts), tuple(settled))

    def close(self) -> None:
        """Close the connection, and with it the lock that says that the run lives."""
        if self._connection is not None:
            self._connection.close()

    def _ready(self, run: Run, progress: Progress) -> Connection:
        if self._connection is not None and not self._connection.closed:
            return self._connection
        connection = self._connect()
        try:
            with opened(connection) as begun:
                encoding = connection.info.parameter_status("server_encoding")
                self._clean = cleaner(encoding or "")
                ((there,),) = begun.run("last_position", run_id=run.id)
            need_session(connection, subject=LOCKED)
            with transaction(connection) as begun:
                begun.run("hold_run_lock", run_lock=run_lock(run.id))
        except BaseException:
            connection.close()
            raise
        # The connection may have been lost after the server committed and before it could say so.
        progress.attempts[:] = [each for each in progress.attempts if each.position > there]
        self._connection = connection
        return connection

    def _begin(self, connection: Connection, run: Run) -> None:
        environment = to_json(replace(run.environment, target=_shown(run.environment.target)), self._clean)
        with transaction(connection) as begun:
            begun.run("mark_interrupted")
            begun.run(
                "begin_run",
                id=run.id,
                name=self._clean(run.name),
                started_at=run.started_at,
                environment=environment,
                options=to_json(run.options, self._clean),
                files=to_json(run.files, self._clean),
                run_lock=run_lock(run.id),
            )
            for category in dict.fromkeys(file.category for file in run.files):
                begun.run(
                    "begin_category",
                    run_id=run.id,
                    test_suite=self._clean(run.name),
                    test_category=self._clean(category),
                    start_time=run.started_at,
                    environment_info=environment,
                )


def run_lock(run_id: UUID) -> int:
    """Give the key of the advisory lock of a run: the second half of its id, which is the random one."""
    return int.from_bytes(run_id.bytes[8:], signed=True)


def _shown(target: str) -> str:
    """Leave a password out that should not have come here; a conninfo without one stays as it is."""
    return reason(target) if "password" in target.lower() or "://" in target else target


def _write_attempts(begun: Transaction, run: Run, attempts: list[Attempt], clean: Cleaner) -> None:
    if not attempts:
        return
    begun.copy("copy_files", (file_row(run.id, each, clean) for each in attempts))
    begun.copy("copy_assertions", (row for each in attempts for row in assertion_rows(run.id, each, clean)))
    begun.copy("copy_metrics", (row for each in attempts for row in metric_rows(run, each, clean)))


def _complete(begun: Transaction, run_id: UUID, settled: Mapping[str, Totals], clean: Cleaner) -> None:
    for category, sums in settled.items():
        begun.run(
            "complete_category",
            run_id=run_id,
            test_category=clean(category),
            start_time=sums.start,
            end_time=sums.end,
            planned=sums.planned,
            passed=sums.passed,
            failed=sums.failed,
            success_rate=sums.success_rate,
            performance_metrics=to_json(sums.metrics, clean),
            status=sums.status.value,
        )


def _finish(begun: Transaction, run_id: UUID, progress: Progress, clean: Cleaner) -> None:
    end = progress.finished
    if end is None:
        return
    begun.run(
        "finish_run",
        id=run_id,
        finished_at=end.at,
        elapsed_s=end.elapsed_s,
        interrupted=end.interrupted,
        out_of_time=end.out_of_time,
        bail_out=None if end.bail_out is None else clean(end.bail_out),
    )
