"""The CRM example is secured as it should be, and no check of security raises a false alarm about it."""

from collections.abc import Iterator

import pytest

from check_runs import ask_area, findings_at
from pgassay.flows.demo.run import HOME, build_crm
from pgassay.model.check import Area, Level
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect
from pgassay.pg.target import Target


@pytest.fixture(scope="module")
def crm(bare_server: Server) -> Iterator[Target]:
    """The example, built by its migrations, with its seed."""
    if bare_server.version.startswith("14"):
        pytest.skip("the CRM example needs PostgreSQL 15")
    yield build_crm(bare_server.target, HOME, scale=1)


def test_there_is_no_alarm(crm: Target) -> None:
    results = ask_area(crm, Area.SECURITY)

    assert findings_at(results, [Level.FAILED, Level.NOT_VERIFIED, Level.WARNING]) == []


def test_all_its_policies_are_counted(crm: Target) -> None:
    (said,) = ask_area(crm, Area.SECURITY)["expected_policies"].findings

    assert said.detail == "61 policies in force on 15 tables"


def test_a_policy_that_is_dropped_is_missed(crm: Target) -> None:
    with connect(crm) as connection:
        connection.execute("alter table crm.contacts disable row level security")
        try:
            results = ask_area(crm, Area.SECURITY)
        finally:
            connection.execute("alter table crm.contacts enable row level security")

    failed = {(each.check, each.object) for each in findings_at(results, [Level.FAILED])}
    assert failed == {("rls_disabled", "crm.contacts"), ("policy_without_rls", "crm.contacts")}
