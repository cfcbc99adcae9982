"""What a failed backup, drill or proof opens, and how bad that is."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from pgassay.judge.recovery import cause_of, of_recovery
from pgassay.model.events.recovery import RecoveryFinished
from pgassay.model.finding import Finding
from pgassay.model.incident import IncidentSeverity, IncidentType, LinkKind, NewIncident
from pgassay.model.recovery import Measured, Outcome, RecoveryOperation, RecoveryRun, RecoveryStep, StepResult

MOMENT = datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)
RUN = RecoveryRun(
    id=UUID(int=1),
    operation=RecoveryOperation.DRILL,
    target="t",
    database="db.example.com/app",
    started_at=MOMENT,
    backup=UUID(int=2),
)
FAILED = RecoveryFinished(outcome=Outcome.FAILED, sentence="It is broken.", at=MOMENT, elapsed_s=1.0)
CRITICAL, HIGH = IncidentSeverity.CRITICAL, IncidentSeverity.HIGH


def broken(*steps: RecoveryStep) -> tuple[StepResult, ...]:
    return tuple(StepResult(step=each, finding=Finding.BROKEN, sentence="no") for each in steps)


def opened(
    *steps: RecoveryStep, operation: RecoveryOperation = RecoveryOperation.DRILL, copied: bool = False
) -> NewIncident:
    held = StepResult(step=RecoveryStep.BASE_BACKUP, finding=Finding.HOLDS, sentence="yes")
    results = (*broken(*steps), held) if copied else broken(*steps)
    found = of_recovery(replace(RUN, operation=operation), results, FAILED)
    assert found is not None
    assert found.type is IncidentType.DATA_INTEGRITY
    assert found.description == "It is broken."
    return found


def test_tables_that_differ_are_affected() -> None:
    content, tests = broken(RecoveryStep.CONTENT, RecoveryStep.TESTS)
    differ = replace(content, tables=("public.orders", "public.lines"))
    found = of_recovery(RUN, (differ, tests), FAILED)
    assert found is not None
    assert found.tables == ("public.lines", "public.orders")
    assert opened(RecoveryStep.CONTENT).tables == ()


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ((RecoveryStep.FILES,), "cannot be recovered from"),
        ((RecoveryStep.ARCHIVE,), "cannot be recovered from"),
        ((RecoveryStep.DATA,), "cannot be recovered from"),
        ((RecoveryStep.DATA, RecoveryStep.CONTENT), "cannot be recovered from"),
        ((RecoveryStep.CONTENT,), "is not what was saved"),
        ((RecoveryStep.TESTS, RecoveryStep.INVENTORY), "is not what was saved"),
        ((RecoveryStep.WRITE,), "is not what was saved"),
    ],
)
def test_a_drill_that_shows_that_nothing_can_be_recovered_is_critical(
    steps: tuple[RecoveryStep, ...], said: str
) -> None:
    found = opened(*steps)
    assert (found.severity, said in found.title) == (CRITICAL, True)
    assert [(each.kind, each.reference) for each in found.links] == [
        (LinkKind.DRILL, str(UUID(int=1))),
        (LinkKind.BACKUP, str(UUID(int=2))),
    ]


@pytest.mark.parametrize("step", [RecoveryStep.TESTS, RecoveryStep.ARCHIVING, RecoveryStep.PLACE])
def test_what_fails_beside_the_backup_is_high(step: RecoveryStep) -> None:
    assert (opened(step).severity, opened(step).title) == (
        HIGH,
        "The recovery drill of db.example.com/app failed",
    )


def test_a_missed_objective_is_high_and_said() -> None:
    measured = Measured(rto_s=9.0, rto_objective_s=5.0)
    late = replace(FAILED, measured=measured, sentence=measured.missed[0])
    found = of_recovery(RUN, (), late)
    assert found is not None
    assert (found.severity, found.title) == (HIGH, "A recovery of db.example.com/app misses its objectives")
    assert found.description == "The recovery took 9.0 s; the objective is 5 s."


def test_a_backup_that_could_not_be_made_is_high_and_its_own_cause() -> None:
    found = opened(RecoveryStep.FILES, operation=RecoveryOperation.BACKUP)
    assert (found.severity, found.title) == (HIGH, "No backup of db.example.com/app could be made")
    assert [(each.kind, each.reference) for each in found.links] == [(LinkKind.BACKUP, str(UUID(int=1)))]


def test_a_damaged_backup_is_critical_when_it_is_only_verified() -> None:
    found = opened(RecoveryStep.FILES, operation=RecoveryOperation.VERIFY)
    assert found.severity is CRITICAL
    assert [(each.kind, each.reference) for each in found.links] == [(LinkKind.BACKUP, str(UUID(int=2)))]


def test_a_point_in_time_is_critical_only_where_a_copy_of_the_target_missed_it() -> None:
    pitr = RecoveryOperation.POINT_IN_TIME
    assert opened(RecoveryStep.RECOVER, operation=pitr, copied=True).severity is CRITICAL
    assert opened(RecoveryStep.MUST_FAIL, operation=pitr, copied=True).severity is CRITICAL
    assert opened(RecoveryStep.RECOVER, operation=pitr).severity is HIGH
    assert opened(RecoveryStep.ARCHIVING, operation=pitr, copied=True).severity is HIGH


@pytest.mark.parametrize("outcome", [Outcome.PASSED, Outcome.NOT_VERIFIED, Outcome.INTERRUPTED])
def test_what_is_not_known_to_fail_opens_none(outcome: Outcome) -> None:
    assert of_recovery(RUN, broken(RecoveryStep.FILES), replace(FAILED, outcome=outcome)) is None


def test_a_cause_is_a_database_and_an_operation() -> None:
    causes = {
        cause_of(replace(RUN, operation=operation, database=database, id=UUID(int=number)))
        for number, operation in enumerate(RecoveryOperation)
        for database in ("a", "b")
    }
    assert len(causes) == 2 * len(RecoveryOperation)
    assert cause_of(replace(RUN, id=UUID(int=9), backup=None)) == cause_of(RUN)
