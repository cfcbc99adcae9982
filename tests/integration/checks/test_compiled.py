"""The functions in the store give the same answers as the commands: both are made of the catalogue."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier

import pytest

from fix_health import Patient, examine, settings_of
from health_answers import ask, configured, health_of_command, health_of_function, keep, settled
from pgassay.checks.compiled.compile import compile_functions
from pgassay.checks.compiled.configuration import PREFIX
from pgassay.checks.load import builtin
from pgassay.checks.settings import ChecksSettings, Waiver
from pgassay.model.check import Area, CheckResult, Level
from pgassay.model.errors import Unavailable
from pgassay.model.health import message_of, remedy_of
from pgassay.pg.connection import connect, sql
from pgassay.pg.query import major_version
from pgassay.store.functions import configure, install_functions
from pgassay.store.schema import install


def validation_of_command(results: Mapping[str, CheckResult]) -> list[tuple[str, ...]]:
    """What a validation function should say."""
    return [
        (name, each.level.upper(), settled(message_of(each)), settled(remedy_of(each)))
        for name, each in results.items()
    ]


def test_health_is_the_same_in_a_sound_database(sound: Patient) -> None:
    keep(sound)

    found = health_of_function(sound)

    assert found == health_of_command(sound)
    assert found["critical_tables"][0] == "HEALTHY"


def test_health_is_the_same_where_much_is_wrong(planted: Patient) -> None:
    keep(planted)

    found = health_of_function(planted)

    assert found == health_of_command(planted)
    assert sum(status == "UNHEALTHY" for status, _ in found.values()) >= 10
    assert sum(status == "DEGRADED" for status, _ in found.values()) >= 15


@pytest.mark.parametrize(
    ("function", "area"),
    [
        ("validate_pre_migration_state", Area.PRE_MIGRATION),
        ("validate_post_migration_state", Area.POST_MIGRATION),
    ],
)
def test_validation_is_the_same(planted: Patient, function: str, area: Area) -> None:
    rules: dict[str, dict[str, object]] = {
        "required_values": {"columns": "shop.customer.email, shop.customer.phone"},
        "matching_values": {"rules": {"shop.customer.email": "^[5-9]"}},
        "filled_fields": {"columns": ["shop.customer.email"]},
        "expected_columns": {"columns": ["shop.customer.id bigint"]},
    }
    given = (*planted.settings.parameters, *settings_of(rules).parameters)
    patient = replace(planted, settings=replace(planted.settings, parameters=given))
    keep(patient)

    with connect(patient.target) as connection:
        rows = ask(connection, function)

    found = [(item, status, settled(details), settled(remedy)) for item, status, details, remedy in rows]
    assert found == validation_of_command(examine(patient, area))
    failed = {item for item, status, *_ in found if status == "FAILED"}
    assert {"required_values", "matching_values", "referential_integrity"} <= failed


def test_what_is_ignored_is_ignored_by_both(planted: Patient) -> None:
    ignored = (
        Waiver(check="dead_tuples", object="shop.l[a-o]?", reason="a log", until=date(2999, 1, 1)),
        Waiver(check="invalid_*", object="*", reason="being built", until=date(2001, 2, 3)),
    )
    patient = replace(planted, settings=replace(planted.settings, ignore=ignored))
    keep(patient)

    found = health_of_function(patient)

    assert found == health_of_command(patient)
    assert found["dead_tuples"][0] == "HEALTHY"
    assert "a log" not in str(found) and found["invalid_indexes"][0] == "UNHEALTHY"


@pytest.fixture
def stranger(planted: Patient) -> Iterator[Patient]:
    """A role that may use the store, and nothing else."""
    keep(planted)
    with connect(planted.target) as connection:
        connection.execute("create role stranger login")
        connection.execute("grant usage on schema prod_test_schema to stranger")
        connection.execute("grant select on prod_test_schema.settings to stranger")
        connection.execute("alter database shop connection limit -1")
    try:
        yield replace(planted, target=planted.target.changed({"user": "stranger"}))
    finally:
        with connect(planted.target) as connection:
            connection.execute("alter database shop connection limit 1")
            connection.execute("drop owned by stranger")
            connection.execute("drop role stranger")


def test_what_a_role_may_not_see_is_not_verified_by_both(stranger: Patient) -> None:
    found = health_of_function(stranger)

    assert found == health_of_command(stranger)
    unverified = {name for name, (status, _) in found.items() if status == "NOT VERIFIED"}
    assert {"long_transactions", "wal_size", "referential_integrity", "sequence_exhaustion"} <= unverified


def test_functions_are_installed_once(sound: Patient) -> None:
    with connect(sound.target) as connection:
        install(connection)
        functions = compile_functions(builtin(), major=major_version(connection))
        install_functions(connection, functions)

        again = install_functions(connection, functions)
        changed = install_functions(connection, [replace(functions[0], comment="another"), *functions[1:]])
        back = install_functions(connection, functions)

    assert again == ()
    assert changed == back == ("production_health_check",)


def test_settings_follow_the_configuration(sound: Patient) -> None:
    with connect(sound.target) as connection:
        install(connection)
        connection.execute(
            "insert into prod_test_schema.settings values ('other', '1') on conflict do nothing"
        )
        first = configured(settings_of({"database_size": {"limit_gb": 5}}))
        configure(connection, first, prefix=PREFIX)

        changed = configure(connection, first, prefix=PREFIX)
        configure(connection, configured(ChecksSettings()), prefix=PREFIX)
        rows = connection.execute("select name from prod_test_schema.settings order by 1").fetchall()

    assert changed is False
    assert rows == [("other",)]


def test_a_function_of_somebody_else_is_left_alone(sound: Patient) -> None:
    with connect(sound.target) as connection:
        install(connection)
        functions = compile_functions(builtin(), major=major_version(connection))
        install_functions(connection, functions)
        connection.execute("comment on function prod_test_schema.production_health_check() is 'ours'")
        try:
            with pytest.raises(Unavailable) as refused:
                install_functions(connection, functions)
        finally:
            connection.execute("drop function prod_test_schema.production_health_check()")

    assert "did not make it" in refused.value.sentence
    assert Level.PASSED not in refused.value.remedy


def test_several_that_install_at_once_take_turns(sound: Patient) -> None:
    with connect(sound.target) as connection:
        install(connection)
        functions = compile_functions(builtin(), major=major_version(connection))
    start = Barrier(4)

    def install_one(_: int) -> tuple[str, ...]:
        with connect(sound.target) as own:
            start.wait()
            return install_functions(own, functions)

    for name in [each.name for each in functions]:
        _drop(sound, name)
    with ThreadPoolExecutor(4) as pool:
        installed = list(pool.map(install_one, range(4)))

    assert sorted(map(len, installed)) == [0, 0, 0, 3]


def _drop(patient: Patient, name: str) -> None:
    with connect(patient.target) as connection:
        drop = sql.SQL("drop function if exists prod_test_schema.{}()")
        connection.execute(drop.format(sql.Identifier(name)))
