"""What only looks like a fault of security raises no alarm: not at a lower level either."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from check_runs import ask_area, found
from pgassay.model.check import Area, CheckResult, Level
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect
from pgassay.suite.load import load_scripts

NEAR_MISSES = Path(__file__).parents[2] / "cases" / "planted" / "near_misses.sql"
EXPECTED = {
    (check, object, Level(level))
    for check, object, level in re.findall(
        r"^-- expect: (\w+) (.+) (\w+)$", NEAR_MISSES.read_text("utf-8"), re.MULTILINE
    )
}


@pytest.fixture(scope="module")
def asked(bare_server: Server) -> Iterator[Mapping[str, CheckResult]]:
    """What the checks say of the near misses."""
    with connect(bare_server.target) as connection:
        connection.execute("create database near_misses")
    target = bare_server.target.with_database("near_misses")
    load_scripts(target, (NEAR_MISSES,), {})
    yield ask_area(target, Area.SECURITY)


def test_nothing_else_is_reported(asked: Mapping[str, CheckResult]) -> None:
    reported = {(check, object, level) for check in asked for object, level in found(asked, check).items()}

    assert reported == EXPECTED


def test_every_check_could_be_asked(asked: Mapping[str, CheckResult]) -> None:
    assert [name for name, each in asked.items() if each.broken] == []
