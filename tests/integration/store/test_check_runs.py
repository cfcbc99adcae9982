"""Runs of checks in the store: what is kept of them, and the newest of an area."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from pgassay.model.check import Area, CheckResult, Level
from pgassay.model.events.check import CheckEvent, CheckFinished, ChecksFinished, ChecksStarted
from pgassay.model.exits import Exit
from pgassay.pg.connection import Connection, connect
from pgassay.pg.target import Target
from pgassay.store.check_runs import CheckOutcome, add_check_run, checks_of_run, last_check_run
from pgassay.store.schema import install
from sample_checks import colourful, found, info, run_of


@pytest.fixture
def store(database: Target) -> Iterator[Connection]:
    with connect(database) as connection:
        install(connection)
        yield connection


def keep(
    store: Connection,
    events: tuple[CheckEvent, ...],
    *,
    code: Exit = Exit.RED,
    database: str = "shop",
    days_ago: int = 0,
) -> ChecksStarted:
    """Store a made-up run as one that began some days before."""
    started, *middle, finished = events
    assert isinstance(started, ChecksStarted) and isinstance(finished, ChecksFinished)
    started = replace(started, run=uuid4(), at=started.at - timedelta(days=days_ago))
    results = [each.result for each in middle if isinstance(each, CheckFinished)]
    outcome = CheckOutcome(database=database, verdict="FAILED", exit=code)
    add_check_run(store, started, results, finished, outcome)
    return started


def test_a_run_is_kept_with_all_that_it_found(store: Connection) -> None:
    started = keep(store, colourful())

    last = last_check_run(store, "shop", Area.SECURITY)

    assert last is not None
    assert (last.id, last.started_at, last.verdict, last.exit) == (started.run, started.at, "FAILED", 1)
    assert (last.checks, last.fine, last.warnings, last.not_verified, last.failed, last.broken) == (
        7,
        3,
        1,
        2,
        1,
        1,
    )
    by_name = {each.name: each for each in checks_of_run(store, last.id)}
    assert len(by_name) == 7
    assert by_name["rls_disabled"].level is Level.FAILED
    assert by_name["rls_disabled"].details == ('public."a<b>|c": readable by everyone & all\n-- really',)
    assert by_name["mistaken"].broken
    query = (
        "select findings->0->'metadata', waived->0->>'until' from prod_test_schema.check_results"
        " where check_name = any(%s) order by 1"
    )
    rows = store.execute(query, [["rows", "rls_disabled"]]).fetchall()
    assert rows == [({}, "2031-05-01"), ({"by": None, "rows": 12}, None)]


def test_the_newest_run_of_an_area_on_a_database_counts(store: Connection) -> None:
    health = run_of(areas=(Area.HEALTH,))
    keep(store, health, days_ago=3)
    newest = keep(store, health, days_ago=1)
    keep(store, health, days_ago=0, code=Exit.INTERRUPTED)
    keep(store, health, days_ago=0, database="other")

    last = last_check_run(store, "shop", Area.HEALTH)

    assert last is not None and last.id == newest.run
    assert last_check_run(store, "shop", Area.PREFLIGHT) is None


def test_a_run_that_is_written_twice_is_there_once(store: Connection) -> None:
    started, *middle, finished = colourful()
    assert isinstance(started, ChecksStarted) and isinstance(finished, ChecksFinished)
    results = [each.result for each in middle if isinstance(each, CheckFinished)]
    outcome = CheckOutcome(database="shop", verdict="FAILED", exit=Exit.RED)

    for _ in range(2):
        add_check_run(store, started, results, finished, outcome)

    runs = "select count(*) from prod_test_schema.check_runs"
    counts = f"select ({runs}), count(*) from prod_test_schema.check_results"  # noqa: S608
    assert store.execute(counts).fetchall() == [(1, 7)]


def test_what_no_text_can_hold_is_kept_visibly(store: Connection) -> None:
    odd = found(info("odd"), Level.FAILED, "a\0b", "half \ud800 character")

    started = keep(store, run_of(CheckResult(check=info("odd"), findings=(odd,))))

    (kept,) = checks_of_run(store, started.run)
    assert kept.details == ("a\N{SYMBOL FOR NULL}b: half \N{REPLACEMENT CHARACTER} character",)
