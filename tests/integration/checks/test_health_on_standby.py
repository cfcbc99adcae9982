"""Health of a standby and of its primary, which differ in what may be asked of them."""

from collections.abc import Iterator

import pytest

from check_runs import ask_area
from fix_health import Patient, settings_of
from fix_standby import Replicated
from health_answers import health_of_command, health_of_function, keep
from pgassay.model.check import Area, Level
from pgassay.pg.connection import connect
from pgassay.pg.target import Target

IMPATIENT = settings_of({"replication_lag": {"warning_mb": 0.5, "failed_mb": 1}})


@pytest.fixture
def held_back(replicated: Replicated) -> Iterator[Replicated]:
    """A standby that replays nothing of what its primary writes."""
    replicated.hold_back()
    with connect(replicated.primary.target) as connection:
        connection.execute("create table public.wal as select n from generate_series(1, 50000) as n")
    replicated.receive()
    try:
        yield replicated
    finally:
        with connect(replicated.primary.target) as connection:
            connection.execute("drop table public.wal")
        replicated.go_on()


def lag(target: Target) -> dict[str, Level]:
    findings = ask_area(target, Area.HEALTH, IMPATIENT)["replication_lag"].findings
    return {each.object.partition(" ")[0]: each.level for each in findings}


def test_a_standby_that_falls_behind_is_found_from_both_sides(held_back: Replicated) -> None:
    assert lag(held_back.primary.target) == {"follower": Level.FAILED}
    assert lag(held_back.standby.target) == {"this": Level.FAILED}


def test_one_that_follows_is_no_alarm(replicated: Replicated) -> None:
    assert lag(replicated.primary.target) == {"follower": Level.PASSED}
    assert lag(replicated.standby.target) == {"this": Level.PASSED}


def test_every_check_can_be_asked_of_a_standby(replicated: Replicated) -> None:
    results = ask_area(replicated.standby.target, Area.HEALTH)

    assert [name for name, each in results.items() if each.broken] == []
    assert "a standby" in results["connectivity"].findings[0].detail


def test_the_function_answers_on_a_standby_too(replicated: Replicated) -> None:
    keep(Patient(target=replicated.primary.target, settings=settings_of({})))
    replicated.go_on()
    standby = Patient(target=replicated.standby.target, settings=settings_of({}))
    try:
        assert health_of_function(standby) == health_of_command(standby)
    finally:
        with connect(replicated.primary.target) as connection:
            connection.execute("drop schema prod_test_schema, performance_monitoring cascade")
