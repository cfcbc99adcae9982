"""Which of the drills that are recorded the gate judges by."""

from collections.abc import Iterator

import pytest

from pgassay.pg.connection import Connection, connect
from pgassay.pg.target import Target
from pgassay.store.readiness import About, readiness_facts
from pgassay.store.schema import install

ADDED = """
insert into prod_test_schema.recovery_drills (id, kind, target, database, started_at, status, rto_s)
values (gen_random_uuid(), %s, 'here', 'a', clock_timestamp(), %s, 1)
"""
PROOF = "point-in-time"


@pytest.fixture
def store(database: Target) -> Iterator[Connection]:
    with connect(database) as connection:
        install(connection)
        yield connection


@pytest.mark.parametrize(
    ("recorded", "judged_by"),
    [
        ([], None),
        ([("restore", "passed"), (PROOF, "not verified")], ("passed", False)),
        ([("restore", "passed"), (PROOF, "passed")], ("passed", False)),
        ([("restore", "passed"), (PROOF, "failed")], ("failed", True)),
        ([(PROOF, "failed"), ("restore", "passed")], ("failed", True)),
        ([(PROOF, "failed"), ("restore", "passed"), (PROOF, "not verified")], ("passed", False)),
        ([("restore", "passed"), ("restore", "failed")], ("failed", False)),
        ([("restore", "passed"), ("restore", "interrupted")], ("passed", False)),
        ([("restore", "not verified")], ("not verified", False)),
        ([(PROOF, "passed")], None),
    ],
)
def test_a_drill_counts_and_a_proof_only_where_it_failed(
    store: Connection, recorded: list[tuple[str, str]], judged_by: tuple[str, bool] | None
) -> None:
    for each in recorded:
        store.execute(ADDED, each)

    found = readiness_facts(store, About(target="here", contents=None, at_least=97, receivers=0)).drill

    assert judged_by == (None if found is None else (found.status, found.in_time))
