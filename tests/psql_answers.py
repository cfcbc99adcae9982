"""What operators get who have nothing but the real psql, held against what pgassay says and remembers.

Each function asks one of the store's SQL functions as an operator's guide does, and compares the answer with
the document of the same command, or with the rows that the story has left.
"""

from collections.abc import Callable
from typing import Any

import pytest

from fix_server import DEBIAN_15
from fix_suite import Project
from pgassay.pg.process import run

Asked = Callable[..., dict[str, Any]]
SLOWER = "select test_name, severity from performance_monitoring.detect_performance_regression()"
_PSQL = DEBIAN_15 / "psql"
_WORDS = {
    "passed": "PASSED",
    "info": "INFO",
    "warning": "WARNING",
    "not verified": "NOT VERIFIED",
    "failed": "FAILED",
}
_HEALTH = {"passed": "HEALTHY", "info": "HEALTHY", "warning": "DEGRADED", "not verified": "NOT VERIFIED"}


def psql(shop: Project, query: str) -> list[tuple[str, ...]]:
    """Ask with the real psql."""
    if not _PSQL.exists():
        pytest.skip("there is no psql")
    done = run([str(_PSQL), "-XAtq", "-v", "ON_ERROR_STOP=1", "-F", "\t", shop.target.conninfo, "-c", query])
    assert done.status == 0, done.stderr
    return [tuple(line.split("\t")) for line in done.stdout.decode().splitlines()]


def health_is_that_of_the_command(shop: Project, asked: Asked) -> None:
    said = {each["name"]: _HEALTH[each["level"]] for each in asked(shop, "health")["checks"]}
    told = psql(shop, "select name, status from prod_test_schema.production_health_check()")
    assert set(told) == set(said.items())


def validations_are_those_of_the_command(shop: Project, asked: Asked) -> None:
    for area, function in (
        ("pre-migration", "validate_pre_migration_state"),
        ("post-migration", "validate_post_migration_state"),
    ):
        found = asked(shop, "checks", "run", "--area", area)["checks"]
        said = {each["name"]: _WORDS[each["level"]] for each in found}
        told = psql(shop, f"select validation_item, status from prod_test_schema.{function}()")  # noqa: S608
        assert set(told) == set(said.items())


def recovery_time_is_that_of_the_drill(shop: Project) -> None:
    drill = psql(shop, "select rto_s, rpo_s from prod_test_schema.recovery_drills where kind = 'restore'")
    told = "select metric, basis, seconds, status from prod_test_schema.measure_recovery_time()"
    assert psql(shop, told) == [
        ("RTO", "MEASURED", drill[0][0], "NO OBJECTIVE"),
        ("RPO", "MEASURED", drill[0][1], "NO OBJECTIVE"),
    ]


def baselines_are_made_of_what_was_measured(shop: Project) -> None:
    """Make them, and find each of the last day's medians in them, and the plans of the ones before."""
    plans = (
        "select test_name, plan from performance_monitoring.production_performance_baselines where plan <> ''"
    )
    before = psql(shop, plans)
    assert before
    told = psql(shop, "select * from prod_test_schema.establish_production_baselines() order by 1")
    measured = "from performance_monitoring.test_performance_metrics"
    assert told == psql(
        shop,
        f"select test_category, count(distinct test_name) {measured} group by 1 order by 1",
    )
    medians = "percentile_cont(0.5) within group (order by execution_time_ms)"
    normal = "from performance_monitoring.production_performance_baselines"
    assert psql(shop, f"select test_name, median_ms {normal} order by 1") == psql(
        shop,
        f"select test_name, {medians} {measured} group by test_category, test_name order by 1",
    )
    assert psql(shop, plans) == before
    assert psql(shop, "select * from performance_monitoring.detect_performance_regression()") == []


def an_incident_is_dealt_with(shop: Project, asked: Asked) -> None:
    """Open a CRITICAL one: it is with the on-call at once, and pgassay takes it from there."""
    ((identity,),) = psql(
        shop,
        "select prod_test_schema.create_production_incident('DATA_INTEGRITY', 'CRITICAL', 'orders vanish',"
        " 'since the deployment at noon', 'USER_REPORT')",
    )
    (found,) = asked(shop, "incidents", "list")["incidents"]
    assert (found["id"], found["status"], found["assigned_to"]) == (identity, "INVESTIGATING", "on-call")
    asked(shop, "incidents", "resolve", identity, "--note", "a false alarm")
    asked(shop, "incidents", "close", identity)
    not_resolved = "from prod_test_schema.production_incidents where status <> 'RESOLVED'"
    assert psql(shop, f"select title, status {not_resolved}") == [("orders vanish", "CLOSED")]


def a_row_that_is_registered_goes_again(shop: Project, asked: Asked) -> None:
    psql(
        shop,
        "begin; insert into shop.orders values (60001, 'test', 'test');"
        " select prod_test_schema.register_test_entity('billing', 'shop.orders', 60001); commit",
    )
    asked(shop, "cleanup", "--yes")
    assert psql(shop, "select count(*) from shop.orders") == [("60000",)]
    registered = "select entity_type, entity_key, cleaned_up_at > created_at"
    assert psql(shop, f"{registered} from prod_test_schema.prod_test_data_registry") == [
        ("shop.orders", "60001", "t")
    ]
