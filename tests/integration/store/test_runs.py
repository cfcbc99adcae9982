"""Questions about recorded runs."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from pgassay.model.errors import UsageError
from pgassay.model.events.suite import SuiteEvent
from pgassay.model.history import FileHistory
from pgassay.model.suite import FileResult, Outcome
from pgassay.pg.connection import Connection
from pgassay.store.runs import find_run, history, last_failed, summary
from sample_runs import MOMENT, events, result, run_of

Record = Callable[[Iterable[SuiteEvent]], None]

HOUR = timedelta(hours=1)


def at(moment: datetime, *results: FileResult, run_id: UUID | None = None) -> list[SuiteEvent]:
    """Give the events of a run at that moment."""
    moved = [replace(each, started_at=moment) for each in results]
    return list(events(run_of(moved, started_at=moment, run_id=run_id), *moved))


def test_the_expected_time_is_the_median_of_the_last_five_complete_runs(
    record: Record, store: Connection
) -> None:
    for number, elapsed_s in enumerate([100.0, 100.0, 3.0, 1.0, 9.0, 2.0, 4.0]):
        record(at(MOMENT + number * HOUR, replace(result("a.sql"), elapsed_s=elapsed_s)))
    cut_off = replace(result("a.sql", Outcome.TIMED_OUT), elapsed_s=600.0)
    record(at(MOMENT + 8 * HOUR, cut_off))

    assert history(store, ["a.sql", "unknown.sql", "a.sql"]) == (
        FileHistory(
            path="a.sql",
            expected_s=3.0,
            last_outcome=Outcome.TIMED_OUT,
            last_run_at=MOMENT + 8 * HOUR,
        ),
    )


def test_a_file_that_never_came_to_its_end_is_expected_to_take_as_long_again(
    record: Record, store: Connection
) -> None:
    record(at(MOMENT, replace(result("a.sql", Outcome.TIMED_OUT), elapsed_s=600.0)))

    (known,) = history(store, ["a.sql"])
    assert known.expected_s == 600.0


def test_an_earlier_attempt_is_not_history(record: Record, store: Connection) -> None:
    first = replace(result("a.sql", Outcome.FAILED), elapsed_s=50.0)
    record(at(MOMENT, first, replace(result("a.sql", Outcome.FLAKY), attempt=2)))

    (known,) = history(store, ["a.sql"])
    assert (known.expected_s, known.last_outcome) == (1.0, Outcome.FLAKY)
    assert last_failed(store) == frozenset()


def test_no_path_no_history(store: Connection) -> None:
    assert history(store, []) == ()


def test_the_last_failed_files_are_those_red_in_their_own_latest_run(
    record: Record, store: Connection
) -> None:
    red, green = Outcome.FAILED, Outcome.PASSED
    record(at(MOMENT, result("fixed.sql", red), result("broken.sql", green), result("old.sql", red)))
    record(
        at(
            MOMENT + HOUR,
            result("fixed.sql", green),
            result("broken.sql", red),
            result("late.sql", Outcome.TIMED_OUT),
            result("never.sql", Outcome.NOT_RUN),
            result("skipped.sql", Outcome.SKIPPED),
            result("flaky.sql", Outcome.FLAKY),
        )
    )

    assert last_failed(store) == {"broken.sql", "old.sql", "late.sql", "never.sql"}


def test_nothing_failed_where_nothing_ran(store: Connection) -> None:
    assert last_failed(store) == frozenset()


def test_the_summary_counts_a_period_by_category(record: Record, store: Connection) -> None:
    now = MOMENT + 24 * HOUR
    unit, migration = result("u.sql", passed=3), result("m.sql", category="migration", passed=1)
    failed = replace(result("u.sql", Outcome.FAILED, passed=4, failed=1), elapsed_s=3.0)
    record(at(MOMENT - HOUR, unit))
    record(at(MOMENT + HOUR, migration, unit))
    record(at(MOMENT + 2 * HOUR, failed, result("s.sql", Outcome.TIMED_OUT, category="security", passed=0)))

    found = summary(store, hours=24, now=now)

    assert [each.category for each in found] == ["unit", "security", "migration"]
    units, security, migrations = found
    assert (units.executions, units.passed, units.failed, units.unfinished) == (2, 7, 1, 0)
    assert (units.success_rate, units.average_s) == (87.5, 2.0)
    assert (units.first, units.last) == (MOMENT + HOUR, MOMENT + 2 * HOUR)
    assert (security.executions, security.failed, security.unfinished) == (1, 0, 1)
    assert security.success_rate is None
    assert migrations.success_rate == 100.0
    assert summary(store, hours=26, now=now)[0].executions == 3
    assert summary(store, hours=1, now=MOMENT) == ()


def test_a_running_execution_is_unfinished(record: Record, store: Connection) -> None:
    record(at(MOMENT, result("u.sql"))[:1])

    (unit,) = summary(store, now=MOMENT + HOUR)
    assert (unit.executions, unit.unfinished, unit.success_rate) == (1, 1, None)


FIRST = UUID("aaaa0000-0000-4000-8000-000000000001")
SECOND = UUID("aaaa1111-0000-4000-8000-000000000002")


def test_runs_are_found_by_what_a_person_would_type(record: Record, store: Connection) -> None:
    record(at(MOMENT, result("a.sql"), run_id=FIRST))
    record(at(MOMENT + HOUR, result("a.sql"), run_id=SECOND))

    names = {
        "last": SECOND,
        "LAST-0": SECOND,
        "last-1": FIRST,
        str(FIRST): FIRST,
        FIRST.hex.upper(): FIRST,
        "aaaa1": SECOND,
        " aaaa0000-00 ": FIRST,
    }
    assert {text: find_run(store, text) for text in names} == names


def test_what_names_no_run_is_told_apart(record: Record, store: Connection) -> None:
    record(at(MOMENT, result("a.sql"), run_id=FIRST))
    record(at(MOMENT + HOUR, result("a.sql"), run_id=SECOND))

    for text, sentence in [
        ("last-2", "No run 'last-2' is recorded"),
        ("aaaa", "Several runs are called 'aaaa'"),
        ("bbbb", "No run 'bbbb' is recorded"),
        ("aaa", "'aaa' does not name a run"),
        ("yesterday", "'yesterday' does not name a run"),
        ("", "'' does not name a run"),
        (FIRST.hex + "0", "does not name a run"),
        ("%' or true --", "does not name a run"),
    ]:
        with pytest.raises(UsageError) as caught:
            find_run(store, text)
        assert sentence in caught.value.sentence
        assert caught.value.remedy


@pytest.mark.pg(">= 15")
def test_the_history_is_read_through_its_index(record: Record, store: Connection) -> None:
    """It grows for as long as the store lives, and each run begins by asking it."""
    record(at(MOMENT, result("0.sql", Outcome.FAILED)))
    store.execute(MANY_ROWS.encode())
    store.execute("analyze prod_test_schema.test_file_results")
    before = _scans(store)

    assert len(history(store, ["1.sql"])) == 1
    assert last_failed(store) == {f"{number}.sql" for number in range(50)}

    assert _scans(store) == before


def _scans(store: Connection) -> int:
    """Count the times that the table was read as a whole."""
    store.execute("select pg_stat_force_next_flush()")
    found = store.execute(
        "select seq_scan from pg_stat_user_tables where relname = 'test_file_results'"
    ).fetchone()
    assert found is not None
    return int(found[0])


MANY_ROWS = """
insert into prod_test_schema.test_file_results (
    run_id, position, path, category, outcome, final, attempt, started_at, elapsed_s, worker, engine,
    tests_passed, tests_failed, skip_reason, problems, warnings, notices, output, critical, tags
)
select
    run_id, number, number % 50 || '.sql', category, outcome, final, attempt,
    started_at + number * interval '1 second', elapsed_s, worker, engine, tests_passed, tests_failed,
    skip_reason, problems, warnings, notices, output, critical, tags
from prod_test_schema.test_file_results
cross join generate_series(2, 20000) as number
"""
