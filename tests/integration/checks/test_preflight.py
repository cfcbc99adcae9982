"""What preflight says of real servers: how they are reached, what is in between, what the role may do."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event
from uuid import UUID

import pytest

from fix_pooler import needs_pooler, pooler_to
from fix_server import fresh_database
from fix_standby import Replicated
from fix_supabase import Project
from pgassay.checks.contract import StoreStanding
from pgassay.checks.load import builtin
from pgassay.checks.plan import make_plan
from pgassay.checks.run import run
from pgassay.checks.settings import ChecksSettings, GivenParameter
from pgassay.model.check import Area, CheckResult, Finding, Level
from pgassay.model.events.check import CheckFinished
from pgassay.pg import pgtap
from pgassay.pg.clock import now
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect, sql
from pgassay.pg.target import Target

Clock = Callable[[], datetime]


def preflight(
    target: Target,
    *,
    clock: Clock = now,
    store: StoreStanding | None = None,
    parameters: Mapping[tuple[str, str], object] | None = None,
) -> dict[str, CheckResult]:
    """Ask every check of preflight; give the results by name."""
    chosen = [each for each in builtin() if Area.PREFLIGHT in each.info.areas]
    given = tuple(
        GivenParameter(check=check, name=name, value=value, origin="test")
        for (check, name), value in (parameters or {}).items()
    )
    settings = ChecksSettings(parameters=given)
    plan = make_plan(chosen, settings, every=chosen, run=UUID(int=1), areas=(Area.PREFLIGHT,))
    if store is not None:
        plan = replace(plan, store=lambda: store)
    events = run(plan, target, now=clock, stop=Event())
    return {each.result.check.name: each.result for each in events if isinstance(each, CheckFinished)}


def only(result: CheckResult) -> Finding:
    (finding,) = result.findings
    return finding


@contextmanager
def a_role(target: Target, options: str = "") -> Iterator[Target]:
    """A role that may log in and nothing else, gone after the block."""
    with connect(target) as connection:
        connection.execute(sql.SQL("create role traveller login " + options))
        try:
            yield target.changed({"user": "traveller"})
        finally:
            connection.execute("drop owned by traveller; drop role traveller")


def test_every_check_of_preflight_has_something_to_say(database: Target) -> None:
    found = preflight(database)

    assert [name for name, each in found.items() if each.broken] == []
    assert [name for name, each in found.items() if each.level is Level.NOT_VERIFIED] == []
    assert found["server_reachable"].level is Level.PASSED
    assert found["pooler_mode"].level is Level.PASSED
    assert found["clock_skew"].level is Level.PASSED


# How a server is reached.


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        ({"host": "no-such-host.invalid"}, "no such host"),
        ({"host": "127.0.0.1", "port": "1"}, "connection refused"),
        ({"host": "/tmp/no/such/folder"}, "connection refused"),
        ({"dbname": "no_such_database"}, "no such database"),
        ({"user": "no_such_role"}, "no such role"),
    ],
)
def test_why_a_server_cannot_be_reached(database: Target, words: dict[str, str], cause: str) -> None:
    found = preflight(database.changed(words))

    finding = only(found["server_reachable"])
    assert finding.level is Level.FAILED
    assert dict(finding.metadata)["cause"] == cause
    assert finding.remediation
    assert {each.level for name, each in found.items() if name != "server_reachable"} == {Level.NOT_VERIFIED}


@needs_pooler
def test_a_server_without_tls_is_told_so(server18: Server) -> None:
    with pooler_to(server18, mode="session") as pooler:
        target = pooler.route(server18.target).changed({"sslmode": "require"})
        finding = only(preflight(target)["server_reachable"])

    assert dict(finding.metadata)["cause"] == "TLS"


def test_a_role_that_has_all_its_connections(database: Target) -> None:
    with a_role(database, "connection limit 1") as target, connect(target):
        finding = only(preflight(target)["server_reachable"])

    assert dict(finding.metadata)["cause"] == "too many connections"


def test_a_database_that_does_not_let_a_role_in(server18: Server) -> None:
    with fresh_database(server18) as database, a_role(database) as target:
        with connect(database) as connection:
            name = sql.Identifier(connection.info.dbname)
            connection.execute(sql.SQL("revoke connect on database {} from public").format(name))
        finding = only(preflight(target)["server_reachable"])

    assert dict(finding.metadata)["cause"] == "no CONNECT on the database"


# What is in between.


@needs_pooler
@pytest.mark.parametrize(("mode", "level"), [("transaction", Level.WARNING), ("session", Level.INFO)])
def test_a_pooler_is_noticed_and_its_mode_found_out(server18: Server, mode: str, level: Level) -> None:
    with pooler_to(server18, mode=mode) as pooler:
        found = preflight(pooler.route(server18.target))

    finding = only(found["pooler_mode"])
    assert finding.level is level
    assert f"{mode} mode" in finding.detail
    broken = [name for name, each in found.items() if each.broken]
    assert broken == []
    assert only(found["schema_creation"]).level is Level.PASSED


@needs_pooler
def test_the_mode_is_found_out_while_others_use_the_pooler(server18: Server) -> None:
    with pooler_to(server18, mode="transaction") as pooler:
        target = pooler.route(server18.target)
        with connect(target) as other:
            other.execute("begin; select 1")
            assert only(preflight(target)["pooler_mode"]).level is Level.WARNING


# Clocks and versions.


def test_clocks_that_differ(database: Target) -> None:
    def late() -> datetime:
        return now() - timedelta(seconds=30)

    def years_ahead() -> datetime:
        return now() + timedelta(days=800)

    behind, ahead = (
        only(preflight(database, clock=late)["clock_skew"]),
        preflight(database, clock=years_ahead),
    )

    assert behind.level is Level.WARNING
    assert "ahead of this machine's" in behind.detail
    assert only(ahead["clock_skew"]).level is Level.FAILED
    assert "behind this machine's" in only(ahead["clock_skew"]).detail


@pytest.mark.pg("== 15")
def test_the_support_of_a_version_ends_on_its_day(database: Target) -> None:
    def after(*_: object) -> datetime:
        return datetime(2028, 1, 1, tzinfo=UTC)

    def before(*_: object) -> datetime:
        return datetime(2026, 1, 1, tzinfo=UTC)

    assert only(preflight(database, clock=before)["server_version"]).level is Level.PASSED
    assert "no support since 2027-11-11" in only(preflight(database, clock=after)["server_version"]).detail


# What the role may do.


def test_a_role_that_may_create_nothing(database: Target) -> None:
    with a_role(database) as target:
        found = preflight(target)

    created, tap = only(found["schema_creation"]), only(found["pgtap_installed"])
    assert created.level is Level.WARNING
    assert created.remediation.startswith("grant create on database ") and "traveller" in created.remediation
    assert tap.level is Level.FAILED
    assert [each.level for each in found["database_privileges"].findings] == [Level.PASSED, Level.WARNING]
    assert found["disk_headroom"].level is Level.NOT_VERIFIED
    assert found["replication_state"].level is Level.NOT_VERIFIED


def test_a_schema_is_created_and_undone(database: Target) -> None:
    schemas = "select array_agg(nspname order by 1) from pg_namespace"
    with connect(database) as connection:
        before = connection.execute(schemas).fetchall()
        finding = only(preflight(database)["schema_creation"])
        after = connection.execute(schemas).fetchall()

    assert finding.level is Level.PASSED
    assert before == after


def test_an_event_trigger_that_forbids_schemas(database: Target) -> None:
    with connect(database) as connection:
        connection.execute(
            "create function forbid() returns event_trigger language plpgsql as"
            " $$ begin raise exception 'no schemas here' using errcode = '42501'; end $$;"
            "create event trigger guard on ddl_command_start when tag in ('CREATE SCHEMA')"
            " execute function forbid()"
        )

    finding = only(preflight(database)["schema_creation"])

    assert (finding.level, finding.detail) == (Level.WARNING, "no schemas here")


def test_pgtap_is_found(database: Target) -> None:
    absent = only(preflight(database)["pgtap_installed"])
    with connect(database) as connection:
        pgtap.ensure(connection, schema="pgtap", how="plain")

    present = only(preflight(database)["pgtap_installed"])

    assert absent.level is Level.INFO
    assert present.level is Level.PASSED
    assert "is in the schema pgtap" in present.detail


def test_a_standby_is_told(replicated: Replicated) -> None:
    primary, standby = preflight(replicated.primary.target), preflight(replicated.standby.target)

    assert only(primary["writable"]).level is Level.PASSED
    assert "standbys that stream from it: 1" in only(primary["replication_state"]).detail
    assert only(standby["writable"]).level is Level.FAILED
    assert "is a standby of" in only(standby["replication_state"]).detail
    assert "read-only" in only(standby["schema_creation"]).detail
    assert not any(each.broken for each in standby.values())


# Disk and store.


def test_room_on_the_disk(database: Target) -> None:
    plenty = only(preflight(database)["disk_headroom"])
    short = preflight(database, parameters={("disk_headroom", "failed_percent"): 101})["disk_headroom"]

    assert plenty.level in (Level.PASSED, Level.WARNING)
    assert "are free" in plenty.detail
    assert only(short).level is Level.FAILED


@needs_pooler
def test_the_disk_of_another_machine_is_not_seen(server18: Server) -> None:
    with pooler_to(server18, mode="session") as pooler:
        finding = only(preflight(pooler.route(server18.target))["disk_headroom"])

    assert finding.level is Level.NOT_VERIFIED


@pytest.mark.parametrize(
    ("standing", "level", "said"),
    [
        (StoreStanding(), Level.INFO, "nothing is remembered"),
        (StoreStanding(place="x", known=7), Level.WARNING, "there is none in x"),
        (
            StoreStanding(place="x", installed=6, known=7),
            Level.WARNING,
            "version 6 in x; this pgassay knows 7",
        ),
        (
            StoreStanding(place="x", installed=8, known=7),
            Level.WARNING,
            "version 8 in x; this pgassay knows 7 only",
        ),
        (StoreStanding(place="x", installed=7, known=7), Level.PASSED, "version 7 in x"),
        (StoreStanding(trouble="gone", remedy="r"), Level.NOT_VERIFIED, "gone"),
    ],
)
def test_how_the_store_stands(database: Target, standing: StoreStanding, level: Level, said: str) -> None:
    finding = only(preflight(database, store=standing)["store_current"])

    assert finding.level is level
    assert said in finding.detail


def test_preflight_on_a_hosted_layout(supabase: Project) -> None:
    """``postgres`` is no superuser there, and may do most things all the same."""
    found = preflight(supabase.target)

    assert [name for name, each in found.items() if each.broken] == []
    assert [name for name, each in found.items() if each.level is Level.FAILED] == []
    assert only(found["schema_creation"]).level is Level.PASSED
    assert only(found["server_reachable"]).level is Level.PASSED
