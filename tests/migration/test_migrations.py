"""The store's schema is what its migrations make, by name and by result."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import pgassay.store
from pgassay.pg.connection import Connection, connect
from pgassay.pg.target import Target
from pgassay.store.schema import install, migrations
from store_schema import schema_text

STORE = Path(pgassay.store.__file__).parent

DESIGNED = {
    "prod_test_schema.prod_test_execution_log": "id test_suite test_category start_time end_time duration "
    "tests_planned tests_passed tests_failed success_rate performance_metrics environment_info created_by",
    "prod_test_schema.prod_test_data_registry": "id test_execution_id test_name entity_type entity_id "
    "created_at cleaned_up_at cleanup_method",
    "prod_test_schema.production_incidents": "id incident_type severity title description detection_method "
    "detected_at acknowledged_at resolved_at resolution_notes rollback_performed affected_tables "
    "performance_impact assigned_to status",
    "prod_test_schema.rollback_events": "rollback_reason backup_used emergency_backup_location executed_at",
    "performance_monitoring.test_performance_metrics": "test_category test_name execution_time_ms "
    "memory_usage_mb cpu_usage_percent query_count slow_query_count recorded_at environment",
    "performance_monitoring.performance_baselines": "test_category baseline_metrics established_at "
    "updated_at is_active",
    "performance_monitoring.performance_alerts": "alert_type test_category test_name alert_message severity "
    "threshold_value actual_value created_at acknowledged_at resolved_at",
}

ENUMERATED = {
    "prod_test_schema.production_incidents": {
        "incident_type": "TEST_FAILURE PERFORMANCE SECURITY DATA_INTEGRITY",
        "severity": "LOW MEDIUM HIGH CRITICAL",
        "detection_method": "AUTOMATED_TEST MONITORING USER_REPORT",
        "status": "OPEN INVESTIGATING RESOLVED CLOSED",
    },
    "prod_test_schema.prod_test_data_registry": {"cleanup_method": "CASCADE DELETE KEEP NONE"},
    "performance_monitoring.performance_alerts": {
        "alert_type": "REGRESSION THRESHOLD ANOMALY",
        "severity": "INFO WARNING CRITICAL",
    },
}


@pytest.fixture
def connection(database: Target) -> Iterator[Connection]:
    with connect(database) as opened:
        yield opened


@pytest.fixture
def installed(connection: Connection) -> Connection:
    install(connection)
    return connection


def test_migrations_are_numbered_without_a_gap() -> None:
    found = sorted(path.name for path in (STORE / "migrations").iterdir())

    assert all(re.fullmatch(r"\d{4}_[a-z_]+\.sql", name) for name in found), found
    assert [int(name[:4]) for name in found] == list(range(1, len(found) + 1))


def test_every_migration_is_loaded_under_its_number() -> None:
    assert [f"{each.version:04}_{each.name}.sql" for each in migrations()] == sorted(
        path.name for path in (STORE / "migrations").iterdir()
    )


def test_the_committed_schema_is_what_the_migrations_make(installed: Connection) -> None:
    assert schema_text(installed) == (STORE / "schema.sql").read_text("utf-8")


def test_the_committed_schema_makes_the_same_tables(connection: Connection) -> None:
    committed = (STORE / "schema.sql").read_text("utf-8")

    connection.execute(committed.encode())

    assert schema_text(connection) == committed


def test_the_text_shows_a_difference(installed: Connection) -> None:
    before = schema_text(installed)
    changes = [
        "alter table prod_test_schema.settings add unique (value)",
        "alter table prod_test_schema.settings alter updated_by drop not null",
        "create index on prod_test_schema.settings (updated_at)",
        "comment on column prod_test_schema.settings.value is 'x'",
        "drop trigger forget_test_results on prod_test_schema.test_file_results",
    ]
    for change in changes:
        installed.execute(change.encode())
        after = schema_text(installed)
        assert after != before, change
        before = after


def test_tables_have_the_columns_that_people_query(installed: Connection) -> None:
    for table, columns in DESIGNED.items():
        rows = installed.execute(
            "select attname from pg_attribute where attrelid = %s::regclass and attnum > 0", [table]
        )
        assert set(columns.split()) <= {name for (name,) in rows}, table


def test_enumerated_values_are_held_to(installed: Connection) -> None:
    columns = [(table, *column) for table, listed in ENUMERATED.items() for column in listed.items()]
    for table, column, values in columns:
        ((check,),) = installed.execute(
            "select pg_get_constraintdef(c.oid) from pg_constraint as c"
            " join pg_attribute as a on attrelid = conrelid and conkey = array[attnum]"
            " where conrelid = %s::regclass and contype = 'c' and attname = %s",
            [table, column],
        ).fetchall()
        assert set(re.findall(r"'([A-Z_]+)'", check)) == set(values.split()), (table, column)


def test_nothing_is_granted_to_everyone(installed: Connection) -> None:
    """The log holds what tests printed; who may read it is for its owner to say."""
    rows = installed.execute(
        "select oid::regclass::text from pg_class where relnamespace::regnamespace::text = any(%s)"
        " and relkind = 'r' and relacl is not null",
        [["prod_test_schema", "performance_monitoring"]],
    )

    assert rows.fetchall() == []
