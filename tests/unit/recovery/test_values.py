"""Which backups are let go, what a drill adds up to, and programs that are too old."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from pgassay.model.backup import Backup, BackupState
from pgassay.model.errors import Unavailable
from pgassay.model.events.recovery import RecoveryStepFinished
from pgassay.model.finding import Finding
from pgassay.model.recovery import Measured, Outcome, RecoveryStep, StepResult
from pgassay.pg.program import find_program
from pgassay.recovery.directory import name_of
from pgassay.recovery.retention import expired
from pgassay.recovery.verdict import Verdicts

NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)
TESTED, CREATED, FAILED = BackupState.TESTED, BackupState.CREATED, BackupState.FAILED
HOLDS, BROKEN, NOT_VERIFIED = Finding.HOLDS, Finding.BROKEN, Finding.NOT_VERIFIED


def backups(*states: BackupState) -> list[Backup]:
    return [
        Backup(
            id=UUID(int=number),
            target="t",
            database="d",
            server_version="18",
            location="/",
            started_at=NOON,
            state=state,
        )
        for number, state in enumerate(states)
    ]


@pytest.mark.parametrize(
    ("states", "keep", "gone"),
    [
        ([CREATED, CREATED, CREATED], 0, []),
        ([CREATED, CREATED, CREATED], 2, [2]),
        ([CREATED, CREATED, TESTED], 2, []),
        ([CREATED, CREATED, TESTED, TESTED], 2, [3]),
        ([TESTED, CREATED, TESTED], 1, [1, 2]),
        ([FAILED, CREATED, CREATED], 1, [2]),
        ([FAILED, FAILED], 1, []),
    ],
)
def test_the_newest_and_the_last_tested_are_kept(
    states: list[BackupState], keep: int, gone: list[int]
) -> None:
    assert [each.id.int for each in expired(backups(*states), keep=keep)] == gone


def verdicts(**findings: Finding) -> Verdicts:
    found = Verdicts()
    for name, finding in findings.items():
        result = StepResult(step=RecoveryStep[name], finding=finding, sentence=f"{name} {finding}.")
        found.see(RecoveryStepFinished(result=result, at=NOON, elapsed_s=1.0))
    return found


@pytest.mark.parametrize(
    ("found", "outcome", "standing"),
    [
        (verdicts(ARCHIVE=HOLDS, CONTENT=HOLDS, TESTS=HOLDS, CLEAN=HOLDS), Outcome.PASSED, TESTED),
        (verdicts(ARCHIVE=HOLDS, CONTENT=BROKEN, TESTS=HOLDS), Outcome.FAILED, FAILED),
        (verdicts(ARCHIVE=HOLDS, CONTENT=HOLDS, TESTS=BROKEN), Outcome.FAILED, BackupState.VALIDATED),
        (verdicts(ARCHIVE=HOLDS, TESTS=NOT_VERIFIED), Outcome.NOT_VERIFIED, BackupState.VALIDATED),
        (verdicts(ARCHIVE=HOLDS, PLACE=NOT_VERIFIED), Outcome.NOT_VERIFIED, BackupState.VALIDATED),
        (verdicts(FILES=BROKEN), Outcome.FAILED, FAILED),
        (verdicts(FILES=NOT_VERIFIED), Outcome.NOT_VERIFIED, None),
        (verdicts(ARCHIVE=HOLDS, TESTS=HOLDS, ARCHIVING=BROKEN), Outcome.FAILED, TESTED),
        (verdicts(ARCHIVE=HOLDS), Outcome.PASSED, BackupState.VALIDATED),
    ],
)
def test_what_was_seen_adds_up(found: Verdicts, outcome: Outcome, standing: BackupState | None) -> None:
    assert found.judge(Measured(), interrupted=False)[0] is outcome
    assert found.standing() is standing


def test_a_missed_objective_fails_what_holds() -> None:
    measured = Measured(rto_s=61.0, rpo_s=5.0, rto_objective_s=60.0, rpo_objective_s=5.0)

    outcome, sentence = verdicts(ARCHIVE=HOLDS).judge(measured, interrupted=False)

    assert outcome is Outcome.FAILED
    assert sentence == "The recovery took 61.0 s; the objective is 60 s."


def test_an_objective_without_a_measurement_is_not_verified() -> None:
    measured = Measured(rto_objective_s=60.0)

    outcome, sentence = verdicts(ARCHIVE=HOLDS).judge(measured, interrupted=False)

    assert outcome is Outcome.NOT_VERIFIED
    assert "was not measured" in sentence


def test_a_name_says_database_moment_and_backup() -> None:
    name = name_of('my "shop"/x', NOON, UUID("1f0c22ab-0000-4000-8000-000000000000"))

    assert name == "my_shop_x-20260801T120000Z-1f0c22ab"


def test_programs_older_than_the_server_are_no_use() -> None:
    with pytest.raises(Unavailable) as error:
        find_program("pg_dump", at_least=99)

    assert error.value.sentence.startswith("pg_dump 99 or newer is not installed (there is ")
    assert "postgresql-client-99" in error.value.remedy
