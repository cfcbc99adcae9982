"""Faults of security are planted in a database, and each is found by the check that is meant."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from check_runs import ask_area, found
from pgassay.checks.load import builtin
from pgassay.checks.settings import ChecksSettings, GivenParameter
from pgassay.model.check import SEVERITY, Area, CheckResult, Level
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect
from pgassay.pg.target import Target
from pgassay.suite.load import load_scripts

PLANTED = Path(__file__).parents[2] / "cases" / "planted" / "security.sql"
FAULTS = [
    (check, object.strip('"'))
    for check, object in re.findall(r"^-- found by: (\w+) (.+)$", PLANTED.read_text("utf-8"), re.MULTILINE)
]
OF_A_SERVER = {"trust_authentication", "unencrypted_connections"}
"""Asked of settings that are fixed when a server starts; test_security_of_servers plants those."""


LOWER = {
    ("policy_always_true_write", "shop.p_insert.rule"): Level.WARNING,
    ("policy_check_wider", "shop.p_wide.drops"): Level.WARNING,
}
"""Faults that are less grave than the check's worst."""

WHOLE = {"owned_by_api_role", "network_functions_reachable"}
"""Asked of every schema: what an API role owns, and functions that open connections, wherever they lie."""

OF_OWN_OBJECTS = {
    "rls_disabled",
    "rls_enabled_no_policy",
    "privileges_past_rls",
    "sensitive_column_exposed",
    "view_bypasses_rls",
    "definer_search_path",
    "definer_for_anonymous",
    "definer_for_signed_in",
    "function_search_path",
    "leakproof_function",
    "untrusted_function",
    "dynamic_sql",
    "function_for_everyone",
}
"""Checks of what a project made itself: who installs an extension cannot change what is in it."""

GIVE_ALL_TO_AN_EXTENSION = """
do $$
declare
    command text;
begin
    for command in
        select format('alter extension plpgsql add function %s', p.oid::regprocedure)
        from pg_proc as p
        where p.pronamespace = 'shop'::regnamespace
            and not exists (select from pg_depend as d where d.objid = p.oid and d.deptype = 'e')
        union all
        select format('alter extension plpgsql add %s %s', kind.word, c.oid::regclass)
        from pg_class as c
        join (
            values ('r', 'table'), ('p', 'table'), ('v', 'view'), ('f', 'foreign table')
        ) as kind (code, word) on kind.code = c.relkind::text
        where c.relnamespace = 'shop'::regnamespace
    loop
        execute command;
    end loop;
end
$$
"""


def _given(check: str, name: str, value: object) -> GivenParameter:
    return GivenParameter(check=check, name=name, value=value, origin="a test")


SETTINGS = ChecksSettings(
    parameters=(
        _given("rls_required", "tables", ["shop.contract"]),
        _given("expected_policies", "total", 100),
        _given("expected_policies", "tables", {"shop.p_many": ["one", "two"]}),
    )
)


@pytest.fixture(scope="module")
def database(bare_server: Server) -> Target:
    """The database with the faults."""
    with connect(bare_server.target) as connection:
        connection.execute("create database planted")
    target = bare_server.target.with_database("planted")
    load_scripts(target, (PLANTED,), {})
    return target


@pytest.fixture(scope="module")
def planted(database: Target) -> Mapping[str, CheckResult]:
    """What the checks say of it."""
    return ask_area(database, Area.SECURITY, SETTINGS)


@pytest.mark.parametrize(("check", "object"), FAULTS)
def test_the_fault_is_found(planted: Mapping[str, CheckResult], check: str, object: str) -> None:
    level = found(planted, check)[object]

    assert SEVERITY[level] >= SEVERITY[LOWER.get((check, object), planted[check].check.level)]


def test_every_check_of_the_area_has_a_fault_planted_for_it() -> None:
    of_the_area = {
        each.info.name for each in builtin() if each.info.areas[0] is Area.SECURITY and each.info.path
    }

    assert of_the_area - {check for check, _ in FAULTS} == OF_A_SERVER


def test_no_check_is_left_unasked(planted: Mapping[str, CheckResult]) -> None:
    assert [name for name, each in planted.items() if each.broken or each.level is Level.NOT_VERIFIED] == []


def test_messages_are_those_that_operators_know(planted: Mapping[str, CheckResult]) -> None:
    said = [each.detail for each in planted["expected_policies"].findings]

    assert any(re.fullmatch(r"Missing required RLS policies: expected 100, found \d+", each) for each in said)
    assert "Missing required RLS policies: expected 2, found 1; missing: two" in said


def test_a_role_without_any_right_sees_the_same(
    database: Target, bare_server: Server, planted: Mapping[str, CheckResult]
) -> None:
    with connect(bare_server.target) as connection:
        connection.execute("create role stranger login")
        try:
            results = ask_area(database.changed({"user": "stranger"}), Area.SECURITY, SETTINGS)
        finally:
            connection.execute("drop role stranger")

    unasked = {name for name, each in results.items() if each.broken or each.level is Level.NOT_VERIFIED}
    assert unasked == {"password_stored_as_md5", "trust_authentication"}
    differing = [name for name in results if found(results, name) != found(planted, name)]
    assert set(differing) == {"password_stored_as_md5"}


def test_ignored_schemas_are_left_out(database: Target) -> None:
    ignored = ("shop", "partner", "storage")
    results = ask_area(database, Area.SECURITY, ChecksSettings(ignored_schemas=ignored))

    reported = {(check, each) for check in results for each in found(results, check)}
    assert {
        (check, each)
        for check, each in reported
        if each.startswith(("shop", "partner")) and check not in WHOLE
    } == set()


def test_what_belongs_to_an_extension_is_left_out(database: Target, bare_server: Server) -> None:
    with connect(bare_server.target) as connection:
        connection.execute("create database extended template planted")
    extended = bare_server.target.with_database("extended")
    with connect(extended) as connection:
        connection.execute(GIVE_ALL_TO_AN_EXTENSION)
    results = ask_area(extended, Area.SECURITY)

    reported = {(check, each) for check in OF_OWN_OBJECTS for each in found(results, check)}
    assert {(check, each) for check, each in reported if each.startswith("shop")} == set()


def test_every_remedy_is_filled_in(planted: Mapping[str, CheckResult]) -> None:
    unfilled = [
        (each.check, each.remediation)
        for result in planted.values()
        for each in result.findings
        if re.search(r"\{\w+\}|\bNone\b", each.remediation)
    ]

    assert unfilled == []
