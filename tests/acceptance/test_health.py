"""``pgassay health`` as a process, and its answers to somebody with nothing but psql."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from fix_health import Patient
from fix_server import DEBIAN_15
from fix_suite import Project
from pgassay.model.exits import Exit
from pgassay.pg.connection import connect
from pgassay.pg.process import run

SETTINGS = """
[checks.critical_tables]
tables = ["crm.tenants", "crm.contacts", "crm.organizations", "crm.opportunities"]
"""
CRITICAL = "select {} from prod_test_schema.production_health_check() where name = 'critical_tables'"
VALIDATION = "select count(*) > 10, count(*) filter (where status = 'FAILED') from prod_test_schema.{}()"
PSQL = DEBIAN_15 / "psql"


@pytest.fixture
def place(sound: Patient, tmp_path: Path) -> Iterator[Project]:
    """A project whose database is sound, and as it was when the test is over."""
    made = Project(folder=tmp_path / "project", target=sound.target)
    made.put("pgassay.toml", SETTINGS)
    try:
        yield made
    finally:
        with connect(sound.target) as connection:
            connection.execute("drop table if exists public.left_behind")
            connection.execute("drop schema if exists prod_test_schema, performance_monitoring cascade")


def test_a_sound_database_is_healthy(place: Project) -> None:
    done = place.run("health")

    assert done.status == Exit.OK, done.stderr
    assert "4/4 critical tables are there" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("HEALTHY ")


def test_degraded_is_red_in_a_strict_run_only(place: Project) -> None:
    place.command("create table public.left_behind (i int) with (autovacuum_enabled = off)")

    lenient, strict = place.run("health"), place.run("health", "--strict")

    assert (lenient.status, strict.status) == (Exit.OK, Exit.RED)
    assert lenient.stdout.splitlines()[-1].startswith("DEGRADED ")
    assert "alter table public.left_behind reset (autovacuum_enabled);" in lenient.stdout


def test_unhealthy_is_red(place: Project) -> None:
    place.put("pgassay.toml", SETTINGS.replace("crm.tenants", "crm.tenant"))

    done = place.run("--json", "health")

    told = json.loads(done.stdout)
    assert (done.status, told["exit"], told["verdict"]) == (Exit.RED, Exit.RED, "UNHEALTHY")
    (critical,) = (each for each in told["checks"] if each["name"] == "critical_tables")
    assert critical["findings"][0]["object"] == "crm.tenant"


def test_a_server_that_is_not_there_is_never_healthy(place: Project) -> None:
    done = place.run("health", target="host=/nowhere dbname=x")

    assert done.status == Exit.UNAVAILABLE
    assert "UNREACHABLE" in done.stdout


def ask(place: Project, query: str) -> str:
    """What psql prints."""
    done = run([str(PSQL), "-XAt", place.target.conninfo, "-c", query])
    assert done.status == 0, done.stderr
    return done.stdout.decode().strip()


@pytest.mark.skipif(not PSQL.exists(), reason="there is no psql")
def test_psql_gets_the_same_answers_after_an_installation(place: Project) -> None:
    installed = place.run("store", "install")

    assert installed.status == Exit.OK, installed.stderr
    assert ask(place, CRITICAL.format("status, message")) == "HEALTHY|crm: 4/4 critical tables are there"
    assert ask(place, "select count(*) > 40 from prod_test_schema.production_health_check()") == "t"
    for function in ("validate_pre_migration_state", "validate_post_migration_state"):
        assert ask(place, VALIDATION.format(function)) == "t|0"


@pytest.mark.skipif(not PSQL.exists(), reason="there is no psql")
def test_an_installation_takes_the_settings_along(place: Project) -> None:
    place.run("store", "install")
    place.put("pgassay.toml", SETTINGS.replace("crm.tenants", "crm.tenant"))

    place.run("store", "install")

    assert ask(place, CRITICAL.format("status")) == "UNHEALTHY"


def test_settings_that_make_no_sense_are_refused(place: Project) -> None:
    place.put("pgassay.toml", "[checks.critical_tables]\ntable = ['a']\n")

    done = place.run("store", "install")

    assert done.status == Exit.USAGE
    assert "Did you mean 'tables'?" in done.stderr
