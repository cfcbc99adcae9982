"""Faults are planted in a database, and each is found by the check that is meant to; a sound one has none."""

import pytest

from fix_health import Patient, examine, faults
from fix_suite import until
from pgassay.model.check import SEVERITY, Area, Level
from pgassay.pg.connection import Connection, connect, sql

SESSIONS = ("long_transactions", "idle_in_transaction", "blocked_sessions", "vacuum_horizon")
WHOLE = ("deadlocks", "statement_statistics_evictions", "expected_policies")


def test_every_planted_fault_is_found_by_the_check_that_is_meant(planted: Patient) -> None:
    results = examine(planted)
    wanted = faults(planted)
    assert len({each.check for each in wanted}) + len(SESSIONS + WHOLE) >= 40

    missed = [
        fault
        for fault in wanted
        if not any(
            found.object == fault.object and found.level is not Level.PASSED
            for found in results[fault.check].findings
        )
    ]

    assert missed == []


def test_sessions_that_misbehave_are_found(planted: Patient) -> None:
    results = examine(planted)

    levels = {name: results[name].level for name in SESSIONS + WHOLE}

    assert all(SEVERITY[level] >= SEVERITY[Level.WARNING] for level in levels.values()), levels
    assert Level.NOT_VERIFIED not in levels.values()


def test_a_finding_says_what_to_do(planted: Patient) -> None:
    silent = [
        (found.check, found.object)
        for result in examine(planted).values()
        for found in result.findings
        if found.level in (Level.WARNING, Level.FAILED) and not found.remediation
    ]

    assert silent == []


def test_no_blank_of_a_remedy_is_left_open(planted: Patient) -> None:
    open_blanks = [
        found
        for result in examine(planted).values()
        for found in result.findings
        if "{" in found.remediation or "None" in found.remediation
    ]

    assert open_blanks == []


def test_the_sound_example_raises_no_alarm(sound: Patient) -> None:
    results = examine(sound)

    alarms = [
        (found.check, str(found.level), found.object, found.detail)
        for result in results.values()
        for found in result.findings
        if found.level in (Level.WARNING, Level.FAILED) or result.broken
    ]

    assert alarms == []
    assert results["critical_tables"].findings[-1].detail == "4/4 critical tables are there"


def test_what_is_too_young_to_judge_is_not_verified(sound: Patient) -> None:
    results = examine(sound)

    unverified = {name for name, result in results.items() if result.level is Level.NOT_VERIFIED}

    assert unverified <= {"cache_hit_ratio", "unused_indexes", "mean_query_time", "database_growth"}
    assert {"cache_hit_ratio", "database_growth"} <= unverified


@pytest.mark.parametrize("area", [Area.PRE_MIGRATION, Area.POST_MIGRATION])
def test_the_sound_example_may_be_migrated(sound: Patient, area: Area) -> None:
    results = examine(sound, area)

    alarms = [each for each in results.values() if each.level in (Level.WARNING, Level.FAILED) or each.broken]

    assert alarms == []
    assert [found.level for found in results["required_values"].findings] == [Level.PASSED] * 3
    assert results["matching_values"].level is Level.PASSED


def test_a_failure_of_the_archiver_that_was_overcome_is_no_alarm(sound: Patient) -> None:
    with connect(sound.target) as connection:
        _archive_until(connection, "touch refused", "failed_count")
        _archive_until(connection, "rm refused", "archived_count")

    (found,) = examine(sound)["archiver_failures"].findings

    assert found.level is Level.PASSED
    assert "failures were overcome" in found.detail


def _archive_until(connection: Connection, program: str, counter: str) -> None:
    """Run a program beside the data, then write WAL until the count of that outcome grows."""
    count = sql.SQL("select {} from pg_stat_archiver").format(sql.Identifier(counter))
    ((before,),) = connection.execute(count).fetchall()
    # Nothing is sent: the program reads nothing, and ends whenever it does.
    connection.execute(sql.SQL("copy (select where false) to program {}").format(sql.Literal(program)))

    def grown() -> bool:
        connection.execute("create table public.wal (i int); drop table public.wal; select pg_switch_wal()")
        return bool(connection.execute(count).fetchall()[0][0] > before)

    until(grown, what=f"{counter} grows")
