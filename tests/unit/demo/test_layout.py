"""What the CRM example's folders promise: a way back for each step, a head for each query."""

import re
from pathlib import Path

import pytest

import pgassay

HOME = Path(pgassay.__file__).parent / "demo"
TESTS = HOME / "sql" / "tests"


def _names(suffix: str) -> list[str]:
    return sorted(path.name.removesuffix(suffix) for path in (HOME / "migrations").glob(f"*{suffix}"))


def test_each_migration_has_its_way_back_and_its_test() -> None:
    forward = _names(".up.sql")
    assert forward
    assert _names(".down.sql") == forward
    assert sorted(path.stem for path in (TESTS / "migration").glob("*.sql")) == forward


def test_migrations_are_numbered_without_a_gap() -> None:
    numbers = [int(name[:4]) for name in _names(".up.sql")]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize(("script", "suffix"), [("rewind.sql", ".down.sql"), ("replay.sql", ".up.sql")])
def test_the_tests_walk_over_every_migration(script: str, suffix: str) -> None:
    text = (TESTS / "_support" / script).read_text()
    walked = re.findall(rf"migrations/(\w+){re.escape(suffix)}", text)
    assert sorted(walked) == _names(suffix)
    assert walked == sorted(walked, reverse=suffix == ".down.sql")


def test_each_query_of_the_workload_says_what_it_is_for() -> None:
    queries = sorted((HOME / "workload").glob("*.sql"))
    assert queries
    for query in queries:
        head = dict(re.findall(r"^-- (\w+):\s+(.+)$", query.read_text(), re.MULTILINE))
        assert query.stem == f"{head['category']}.{head['metric']}"
        assert int(head["sla_ms"]) > 0
        assert head["title"]


def test_each_test_file_plans_finishes_and_takes_itself_back() -> None:
    for path in TESTS.glob("[!_]*/*.sql"):
        text = path.read_text()
        assert re.search(r"^select plan\(\d+\);$", text, re.MULTILINE), path
        assert "select * from finish();" in text, path
        # What commits cannot be taken back, and has to ask for a copy of the database.
        assert text.endswith("rollback;\n") or "-- pgassay: isolation clone" in text, path
