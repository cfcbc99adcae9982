"""From where to where an incident may go, and what opens one by itself."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from pgassay.judge.incident import TRANSITIONS, Deed, next_status, of_failed_categories
from pgassay.model.errors import UsageError
from pgassay.model.incident import (
    Detection,
    Incident,
    IncidentSeverity,
    IncidentStatus,
    IncidentType,
)
from pgassay.model.suite import (
    Environment,
    FileResult,
    Outcome,
    Problem,
    Run,
    RunOptions,
    TestFile,
    Trouble,
)
from pgassay.model.touch import Known, Touch, Touches

MOMENT = datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)
RUN = Run(
    id=UUID(int=7),
    started_at=MOMENT,
    name="nightly",
    environment=Environment(target="db.example.com/app", production=True),
    options=RunOptions(),
    files=(),
)


def incident(status: IncidentStatus) -> Incident:
    return Incident(
        id=UUID(int=1),
        type=IncidentType.SECURITY,
        severity=IncidentSeverity.HIGH,
        status=status,
        title="t",
        description="",
        detection=Detection.MONITORING,
        detected_at=MOMENT,
        last_seen_at=MOMENT,
        occurrences=1,
        cause="",
        assigned_to="",
        acknowledged_at=None,
        resolved_at=None,
        resolution_notes="",
        rollback_performed=False,
        tables=(),
    )


@pytest.mark.parametrize(("before", "deed"), [(b, d) for b in IncidentStatus for d in Deed])
def test_only_what_the_table_allows_is_allowed(before: IncidentStatus, deed: Deed) -> None:
    if (before, deed) in TRANSITIONS:
        assert next_status(incident(before), deed) is TRANSITIONS[before, deed]
    else:
        with pytest.raises(UsageError, match=f"is {before}"):
            next_status(incident(before), deed)


def test_an_incident_is_closed_for_good_and_only_after_it_was_resolved() -> None:
    into_closed = {before for (before, _), after in TRANSITIONS.items() if after is IncidentStatus.CLOSED}
    assert into_closed == {IncidentStatus.RESOLVED}
    assert not [before for before, _ in TRANSITIONS if before is IncidentStatus.CLOSED]


def test_the_remedy_names_what_is_allowed() -> None:
    with pytest.raises(UsageError) as told:
        next_status(incident(IncidentStatus.RESOLVED), Deed.RESOLVE)
    assert told.value.remedy == "`pgassay incidents reopen 00000000` or `pgassay incidents close 00000000`"


def result(
    category: str, outcome: Outcome, *, critical: bool = False, trouble: Trouble = Trouble.FAILED_TESTS
) -> FileResult:
    file = TestFile(path=f"{category}/{outcome.name}.sql", category=category, critical=critical)
    problems = (Problem(trouble=trouble, message="m"),) if outcome is Outcome.FAILED else ()
    return FileResult(file=file, outcome=outcome, started_at=MOMENT, elapsed_s=1.0, problems=problems)


def test_each_failed_category_of_production_opens_one() -> None:
    opened = of_failed_categories(
        RUN,
        (
            result("unit", Outcome.PASSED),
            result("security", Outcome.FAILED),
            result("integration", Outcome.FAILED),
            result("performance", Outcome.FAILED, critical=True),
        ),
    )
    assert [(each.type, each.severity) for each in opened] == [
        (IncidentType.TEST_FAILURE, IncidentSeverity.HIGH),
        (IncidentType.TEST_FAILURE, IncidentSeverity.CRITICAL),
        (IncidentType.SECURITY, IncidentSeverity.CRITICAL),
    ]
    assert len({each.cause for each in opened}) == 3
    assert {link.reference for each in opened for link in each.links} == {str(RUN.id)}


def test_tables_that_red_files_touched_are_affected() -> None:
    def touching(found: FileResult, *touched: tuple[str, str]) -> FileResult:
        known = tuple(Touch(kind=kind, name=name, known=Known.MEASURED) for kind, name in touched)
        return replace(found, touches=Touches(text="0" * 64, touched=known))

    red = touching(result("unit", Outcome.FAILED), ("table", "crm.contacts"), ("view", "crm.recent"))
    green = touching(result("unit", Outcome.PASSED), ("table", "crm.tags"))
    unknown = result("security", Outcome.FAILED)
    opened = of_failed_categories(RUN, (red, green, unknown))
    assert {each.cause.rpartition(":")[2]: each.tables for each in opened} == {
        "unit": ("crm.contacts",),
        "security": (),
    }


@pytest.mark.parametrize(
    "results",
    [
        (result("unit", Outcome.NOT_RUN),),
        (result("unit", Outcome.FAILED, trouble=Trouble.REFUSED),),
        (result("unit", Outcome.PASSED),),
        (),
    ],
)
def test_what_says_nothing_against_the_database_opens_none(results: tuple[FileResult, ...]) -> None:
    assert of_failed_categories(RUN, results) == ()


def test_a_run_elsewhere_opens_none() -> None:
    elsewhere = replace(RUN, environment=replace(RUN.environment, production=False))
    assert of_failed_categories(elsewhere, (result("unit", Outcome.FAILED),)) == ()
