"""What is said of operations and standings, and what they add up to."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from fix_migrate import migration
from pgassay.model.events.migrate import (
    BatchCommitted,
    LockWaited,
    MigrationFinished,
    MigrationStarted,
    StatementFinished,
    StepFinished,
)
from pgassay.model.exits import Exit
from pgassay.model.finding import Finding
from pgassay.model.fingerprint import Difference
from pgassay.model.migrate import (
    HeldLock,
    MigrationRun,
    Operation,
    Outcome,
    StatementResult,
    Step,
    StepResult,
)
from pgassay.model.migration import MigrationStanding, Standing
from pgassay.model.place import Place
from pgassay.report.migration.closing import closing_text
from pgassay.report.migration.record import MigrationCollector, MigrationRecord
from pgassay.report.migration.standing import Status, status_text

AT = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
RUN = MigrationRun(
    id=UUID(int=1),
    operation=Operation.APPLY,
    migration=migration("select 1;"),
    target="dbname=shop",
    database="here:5432/shop",
    started_at=AT,
)


def statement(number: int) -> StatementFinished:
    result = StatementResult(
        phase="up",
        number=number,
        count=2,
        command="ALTER TABLE",
        place=Place(path="001_change.sql", line=number),
        elapsed_s=0.012,
        locks=(HeldLock(relation="public.note", mode="AccessExclusiveLock"),),
        rewritten=("public.note",),
    )
    return StatementFinished(step=Step.MIGRATE, statement=result, at=AT)


def record(outcome: Outcome = Outcome.SUCCEEDED, *, interrupted: bool = False) -> MigrationRecord:
    collector = MigrationCollector()
    collector.see(MigrationStarted(run=RUN))
    collector.see(statement(1))
    collector.see(LockWaited(step=Step.MIGRATE, sentence="no lock", attempt=1, tries=3, pause_s=0.1, at=AT))
    collector.see(statement(1))
    collector.see(statement(2))
    collector.see(BatchCommitted(step=Step.MIGRATE, number=1, count=1, at=AT))
    done = StepResult(step=Step.MIGRATE, finding=Finding.HOLDS, sentence="Done.", detail=("a line",))
    collector.see(StepFinished(result=done, at=AT, elapsed_s=1.5))
    collector.see(
        MigrationFinished(
            outcome=outcome,
            sentence="001_change is applied.",
            at=AT,
            elapsed_s=2.0,
            changes=(Difference(kind="table", name="public.note", before="owner: a", after="owner: b"),),
            interrupted=interrupted,
        )
    )
    return collector.record()


def test_a_try_that_was_given_up_does_not_count() -> None:
    found = record()
    assert [each.number for each in found.statements] == [1, 2]
    assert (found.waited.times, found.parts) == (1, 1)


def test_the_text_has_steps_statements_differences_and_the_verdict() -> None:
    assert closing_text(record()) == "\n".join(
        (
            f"apply {RUN.migration.id} · dbname=shop",
            "  migrate          ok            Done. (1.5 s)",
            "      a line",
            "  up: 2 statements, 24 ms",
            "      1  ALTER TABLE                 12 ms  001_change.sql:1",
            "           AccessExclusiveLock on public.note",
            "           writes public.note again",
            "      2  ALTER TABLE                 12 ms  001_change.sql:2",
            "           AccessExclusiveLock on public.note",
            "           writes public.note again",
            "  what differs in the catalogs: 1 object",
            "    changed  table public.note",
            "             - owner: a",
            "             + owner: b",
            "  It was tried again 1 time for a lock.",
            "SUCCEEDED: 001_change is applied.",
        )
    )


@pytest.mark.parametrize("outcome", Outcome)
def test_only_what_succeeded_is_zero(outcome: Outcome) -> None:
    assert record(outcome).exit is (Exit.OK if outcome is Outcome.SUCCEEDED else Exit.RED)
    assert record(outcome, interrupted=True).exit is Exit.INTERRUPTED


def test_an_end_that_never_came_is_no_success() -> None:
    assert MigrationRecord(run=RUN).exit is Exit.INTERRUPTED
    assert closing_text(MigrationRecord(run=RUN)) == "It did not come to its end."


@pytest.mark.parametrize("standing", Standing)
def test_only_applied_adopted_and_pending_are_fine(standing: Standing) -> None:
    one = MigrationStanding(version="001", name="note", standing=standing, note="why")
    status = Status(target="dbname=shop", table="t", migrations=(one,))
    assert (status.exit is Exit.OK) is (standing in (Standing.APPLIED, Standing.ADOPTED, Standing.PENDING))
    assert f"{standing}\n      why" in status_text(status)


def test_drift_and_what_is_halfway_are_red_and_named() -> None:
    stray = Difference(kind="table", name="public.stray", after="owner: a")
    drifted = Status(target="t", table="t", migrations=(), drift=(stray,), drift_note="the apply of 001")
    halfway = Status(target="t", table="t", migrations=(), halfway=("It is behind part 1.",))

    assert (drifted.exit, halfway.exit) == (Exit.RED, Exit.RED)
    assert "CHANGED SINCE: the apply of 001\n    added    table public.stray" in status_text(drifted)
    assert "HALFWAY: It is behind part 1." in status_text(halfway)
