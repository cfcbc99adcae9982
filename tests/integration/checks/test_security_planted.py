"""Faults of security are planted in a database, and each is found by the check that is meant."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from check_runs import ask_area, found
from pgassay.checks.load import builtin
from pgassay.checks.settings import ChecksSettings, GivenParameter
from pgassay.model.check import Area, CheckResult, Level
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect
from pgassay.suite.load import load_scripts

PLANTED = Path(__file__).parents[2] / "cases" / "planted" / "security.sql"
FAULTS = [
    (check, object.strip('"'))
    for check, object in re.findall(r"^-- found by: (\w+) (.+)$", PLANTED.read_text("utf-8"), re.MULTILINE)
]
OF_A_SERVER = {"trust_authentication", "unencrypted_connections"}
"""Asked of settings that are fixed when a server starts; test_security_of_servers plants those."""


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
def planted(bare_server: Server) -> Iterator[Mapping[str, CheckResult]]:
    """What the checks say of the planted database."""
    with connect(bare_server.target) as connection:
        connection.execute("create database planted")
    target = bare_server.target.with_database("planted")
    load_scripts(target, (PLANTED,), {})
    yield ask_area(target, Area.SECURITY, SETTINGS)


@pytest.mark.parametrize(("check", "object"), FAULTS)
def test_the_fault_is_found(planted: Mapping[str, CheckResult], check: str, object: str) -> None:
    assert object in found(planted, check)


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


def test_every_remedy_is_filled_in(planted: Mapping[str, CheckResult]) -> None:
    unfilled = [
        (each.check, each.remediation)
        for result in planted.values()
        for each in result.findings
        if re.search(r"\{\w+\}|\bNone\b", each.remediation)
    ]

    assert unfilled == []
