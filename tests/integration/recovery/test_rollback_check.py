"""What asks for a rollback, read from the store and from the trigger file; and what cannot be read."""

from dataclasses import replace
from pathlib import Path

import pytest

from fix_rollback import Scene
from fix_server import fresh_database
from pgassay.flows.rollback.ground import settle_if_possible
from pgassay.model.errors import Refused
from pgassay.model.release import Standing, Trigger, Verdict
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect
from pgassay.pg.target import Target
from pgassay.report.rollback.listing import Rollbacks
from pgassay.store.schema import install

EXECUTION = """
insert into prod_test_schema.prod_test_execution_log
    (test_suite, test_category, start_time, end_time, tests_failed, status, environment_info)
select 'nightly', 'unit', now() - interval '2 hours', now() - %s * interval '1 minute', %s, %s,
    jsonb_build_object('target', %s::text)
"""


def executed(
    scene: Scene,
    *,
    minutes_ago: float = 1,
    failed: int = 0,
    status: str = "complete",
    on: Target | None = None,
) -> None:
    """Write an execution down."""
    with connect(on or scene.target) as connection:
        connection.execute(EXECUTION, [minutes_ago, failed, status, scene.target.shown])


def standing(scene: Scene, trigger: Trigger) -> tuple[Standing, str]:
    """Say how a trigger stands, and why."""
    (found,) = (each for each in scene.check().triggers if each.trigger is trigger)
    return found.standing, found.sentence


def test_executions_are_counted_as_they_ended(small: Scene) -> None:
    for minutes_ago, failed, status in (
        (1, 0, "complete"),
        (2, 3, "complete"),
        (3, -1, "timed out"),
        (4, 0, "complete"),
        (5, 0, "complete"),
        (6, -1, "interrupted"),  # somebody stopped it: that says nothing of the database
        (7, -1, "not started"),
        (61, 9, "complete"),
    ):
        executed(small, minutes_ago=minutes_ago, failed=failed, status=status)

    assert standing(small, Trigger.FAILURE_RATE) == (
        Standing.FIRED,
        "2 of 5 executions of the last 60 min failed, 40.0 %: over 20 %.",
    )
    assert small.check().verdict is Verdict.ROLL_BACK
    lenient = small.changed(failure_rate=40.0)
    assert lenient.check().verdict is Verdict.STAY
    assert small.changed(least_runs=6).check().verdict is Verdict.NOT_VERIFIED


def test_an_execution_that_still_runs_does_not_count(small: Scene) -> None:
    small.command(
        "insert into prod_test_schema.prod_test_execution_log (test_suite, test_category)"
        " values ('nightly', 'unit')"
    )
    assert "0 executions" in standing(small, Trigger.FAILURE_RATE)[1]


def test_a_store_for_many_is_asked_about_this_target_only(small: Scene, server: Server) -> None:
    with fresh_database(server) as place:
        with connect(place) as connection:
            install(connection)
        shared = replace(
            small, settings=replace(small.settings, store=replace(small.settings.store, url=place.conninfo))
        )
        for _ in range(5):
            executed(shared, failed=1, on=place)
        assert shared.check().verdict is Verdict.ROLL_BACK
        with connect(place) as connection:
            connection.execute("update prod_test_schema.prod_test_execution_log set environment_info = '{}'")
        assert standing(shared, Trigger.FAILURE_RATE)[0] is Standing.NOT_VERIFIED


def test_without_a_store_only_the_trigger_file_is_known(
    database: Target, small: Scene, tmp_path: Path
) -> None:
    bare = replace(small, target=database)
    found = bare.check()
    assert found.verdict is Verdict.NOT_VERIFIED
    assert [each.standing for each in found.triggers] == [
        Standing.QUIET,
        Standing.NOT_VERIFIED,
        Standing.NOT_VERIFIED,
    ]
    trigger = tmp_path / "trigger"
    trigger.write_bytes(b"\xff not UTF-8 " + b"x" * 10_000)
    asked = bare.changed(trigger_file=trigger).check()
    assert asked.verdict is Verdict.ROLL_BACK and len(asked.reason) < 5_000


def test_a_trigger_file_that_cannot_be_read_is_no_quiet_one(small: Scene, tmp_path: Path) -> None:
    assert standing(small.changed(trigger_file=tmp_path), Trigger.MANUAL)[0] is Standing.NOT_VERIFIED
    assert standing(small.changed(trigger_file=tmp_path / "none"), Trigger.MANUAL)[0] is Standing.QUIET


def test_who_only_looks_installs_no_store(database: Target, small: Scene) -> None:
    bare = replace(small, target=database)
    settle_if_possible(bare.settings, bare.around(), target=database.conninfo, silent=False)
    assert bare.listed() == Rollbacks(database=bare.name, operations=(), asides=(), known=False)
    assert "pgassay store install" in bare.said.getvalue()
    assert bare.ask("select to_regnamespace('prod_test_schema')") == [(None,)]
    with pytest.raises(Refused, match="no store, and so no tested backup"):
        bare.run()


def test_a_check_does_nothing(small: Scene, tmp_path: Path) -> None:
    trigger = tmp_path / "trigger"
    trigger.write_text("now", "utf-8")
    assert small.changed(trigger_file=trigger).check().verdict is Verdict.ROLL_BACK
    assert trigger.exists() and small.asides() == []
    assert small.ask("select count(*) from prod_test_schema.rollback_events") == [(0,)]
