"""A database that grows too fast is seen by ``pgassay health``, from what was noted before."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from fix_suite import Project, passing, project_on, template_on
from pgassay.model.exits import Exit
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect
from pgassay.store.schema import install

NOTED = """
select count(*), max(recorded_at) > now() - interval '1 minute' from performance_monitoring.database_sizes
"""
PAST = """
insert into performance_monitoring.database_sizes (database, hour, recorded_at, size_bytes)
select
    current.database,
    current.hour - day * interval '1 day',
    current.recorded_at - day * interval '1 day',
    (current.size_bytes * (1 - day * {share}))::bigint
from performance_monitoring.database_sizes as current, generate_series(1, {days}) as day
"""


AGED = """
update performance_monitoring.database_sizes
set recorded_at = recorded_at - {days} * interval '1 day', hour = hour - {days} * interval '1 day'
"""


@pytest.fixture(scope="module")
def template(server: Server) -> Iterator[str]:
    """A database with pgTAP, to copy."""
    with template_on(server) as made:
        yield made


@pytest.fixture
def bare(server: Server, template: str, tmp_path: Path) -> Iterator[Project]:
    """A project on each version of the server, without a store."""
    with project_on(server, template, tmp_path) as made:
        yield made


@pytest.fixture
def shop(bare: Project) -> Project:
    """The same with a store."""
    with connect(bare.target) as connection:
        install(connection)
    return bare


def growth(place: Project) -> Mapping[str, Any]:
    """What health says of it."""
    done = place.run("--json", "health")
    (check,) = (each for each in json.loads(done.stdout)["checks"] if each["name"] == "database_growth")
    (finding,) = check["findings"]
    assert isinstance(finding, dict)
    return finding


def noted(place: Project) -> tuple[object, ...]:
    """How many sizes are noted, and whether the last one is new."""
    with connect(place.target) as connection:
        (row,) = connection.execute(NOTED.encode()).fetchall()
    return tuple(row)


def past(place: Project, *, share: float, days: int) -> None:
    """Let the database have grown by a share of its size each day."""
    place.command(PAST.format(share=share, days=days))


def test_health_notes_the_size_and_judges_by_what_was_noted(shop: Project) -> None:
    first = growth(shop)
    assert (first["level"], noted(shop)) == ("not verified", (1, True))
    assert first["detail"].startswith("too little history: 1 sizes of 0.0 days")

    past(shop, share=0.05, days=6)
    shop.put("pgassay.toml", "[checks.database_growth]\nleast_mb = 1\n")

    found = growth(shop)

    assert (found["level"], noted(shop)[0] in (7, 8)) == ("warning", True)  # an hour may begin meanwhile
    assert "a week (35" in found["detail"] or "a week (34" in found["detail"]
    assert found["metadata"]["bytes_a_day"] > 100_000
    assert shop.run("health", "--strict").status == Exit.RED


def strictly(place: Project) -> tuple[int, str]:
    """Run the check beside one that holds, strictly: the exit code, and what the last line says."""
    done = place.run("checks", "run", "database_growth", "server_version", "--strict")
    return done.status, done.stdout.strip().splitlines()[-1]


def test_in_its_first_week_a_database_is_not_blamed_for_its_short_history(shop: Project) -> None:
    status, said = strictly(shop)
    assert (status, "1 not verified (1 only for now)" in said) == (Exit.OK, True)
    found = growth(shop)
    assert found["level"] == "not verified"
    assert "; watched since 20" in found["detail"]
    assert "not held against a strict run until" in found["detail"]
    assert found["pending_until"] > "20"

    shop.command(AGED.format(days="6.9"))
    assert strictly(shop)[0] == Exit.OK
    shop.command(AGED.format(days="0.2"))  # watched for a week, and looked at too rarely
    status, said = strictly(shop)
    assert (status, "1 not verified," in said) == (Exit.RED, True)
    late = growth(shop)
    assert (late["level"], late["pending_until"], "watched since" in late["detail"]) == (
        "not verified",
        None,
        False,
    )


def test_slow_growth_is_fine_until_the_limit_of_the_database_is_near(shop: Project) -> None:
    growth(shop)
    past(shop, share=0.01, days=6)
    assert growth(shop)["level"] == "passed"

    with connect(shop.target) as connection:
        ((size,),) = connection.execute("select pg_database_size(current_database())").fetchall()
    shop.put("pgassay.toml", f"[checks.database_size]\nlimit_gb = {size / 1024**3 * 1.2:.6f}\n")

    near = growth(shop)

    assert (near["level"], "at this pace it has" in near["detail"]) == ("warning", True)
    shop.put(
        "pgassay.toml",
        f"[checks.database_size]\nlimit_gb = {size / 1024**3 * 1.2:.6f}\n"
        "[checks.database_growth]\nwarning_days = 5\n",
    )
    assert growth(shop)["level"] == "passed"


def test_without_a_store_it_is_not_verified_and_the_remedy_is_said(bare: Project) -> None:
    found = growth(bare)
    assert (found["level"], found["remediation"]) == ("not verified", "pgassay store install")
    assert (found["pending_until"], strictly(bare)[0]) == (None, Exit.RED)
    bare.put("pgassay.toml", "[store]\nenabled = false\n")
    assert "[store] enabled is false" in growth(bare)["detail"]


def test_tests_and_measurements_note_the_size_too(shop: Project) -> None:
    shop.put("tests/db/unit/one.sql", passing())
    shop.put("workload/one.sql", "-- category: one\n-- metric: one\nselect 1;\n")

    assert shop.run("test").status == Exit.OK
    assert noted(shop) == (1, True)
    shop.command("delete from performance_monitoring.database_sizes")
    assert shop.run("perf", "collect").status == Exit.OK
    assert noted(shop) == (1, True)
    assert shop.run("test", "--no-store").status == Exit.OK

    growth(shop)

    with connect(shop.target) as connection:
        ((names,),) = connection.execute(
            "select count(distinct database) from performance_monitoring.database_sizes"
        ).fetchall()
    assert names == 1
