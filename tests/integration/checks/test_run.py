"""Checks on real servers: what they find, and that one in trouble troubles no other."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from threading import Event
from uuid import uuid4

import pytest

from fix_server import fresh_server
from fix_suite import until
from pgassay.checks.contract import Check, Ground, ProbeCheck
from pgassay.checks.load import parse_check
from pgassay.checks.plan import make_plan
from pgassay.checks.run import run
from pgassay.checks.settings import ChecksSettings, GivenParameter, Waiver
from pgassay.model.check import Area, CheckInfo, CheckResult, Finding, Level
from pgassay.model.errors import UsageError
from pgassay.model.events.check import CheckEvent, CheckFinished, ChecksFinished, ChecksStarted
from pgassay.pg.connection import connect
from pgassay.pg.target import Target
from versions import VERSIONS

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def check(name: str, query: str, *header: str) -> Check:
    """Make a check of a query."""
    lines = [
        "-- title: T",
        "-- level: failed",
        *header,
        "-- help: Mend {object} of {owner}.",
        "--",
        "",
        query,
    ]
    return parse_check("\n".join([*lines, "-- examples: none they are the tests"]), path=f"checks/{name}.sql")


def fine(name: str) -> Check:
    """Make a check that finds nothing."""
    return check(name, "select 'x' as object, '' as detail where false;")


def events_of(
    target: Target, *checks: Check, settings: ChecksSettings | None = None, stop: Event | None = None
) -> list[CheckEvent]:
    """Run checks, and give what was said."""
    plan = make_plan(checks, settings or ChecksSettings(), every=checks, run=uuid4())
    with closing(run(plan, target, now=lambda: NOW, stop=stop or Event())) as events:
        return list(events)


def results_of(
    target: Target, *checks: Check, settings: ChecksSettings | None = None
) -> dict[str, CheckResult]:
    """Run checks, and give the result of each by name."""
    events = events_of(target, *checks, settings=settings)
    return {each.result.check.name: each.result for each in events if isinstance(each, CheckFinished)}


@contextmanager
def somebody(target: Target) -> Iterator[Target]:
    """A role that may log in and nothing else."""
    with connect(target) as connection:
        connection.execute("create role somebody login")
        try:
            yield target.changed({"user": "somebody"})
        finally:
            connection.execute("drop role somebody")


def test_the_events_of_a_run(database: Target) -> None:
    broken = check("broken", "selekt 1;")

    started, *finished, end = events_of(database, fine("a"), broken, fine("b"))

    assert isinstance(started, ChecksStarted)
    assert [each.name for each in started.checks] == ["a", "broken", "b"]
    assert started.server_version and started.target and not started.unreachable
    assert [each.result.check.name for each in finished if isinstance(each, CheckFinished)] == [
        "a",
        "broken",
        "b",
    ]
    assert isinstance(end, ChecksFinished)
    assert end.round_trips == 3
    assert not end.interrupted


def test_a_row_is_a_finding_with_its_remedy_filled_in(database: Target) -> None:
    query = (
        "select r.object, 'so' as detail, r.level, r.metadata from (values"
        """ ('public.t', null, '{"l": [1], "n": 3, "owner": "ann"}'::jsonb), ('u', 'passed', null)"""
        ") as r (object, level, metadata);"
    )

    found = results_of(database, check("a", query))["a"]

    assert found.level is Level.FAILED
    first, second = found.findings
    assert first == Finding(
        check="a",
        object="public.t",
        level=Level.FAILED,
        detail="so",
        remediation="Mend public.t of ann.",
        metadata=(("l", "[1]"), ("n", 3), ("owner", "ann")),
    )
    assert (second.level, second.remediation) == (Level.PASSED, "")


@pytest.mark.parametrize(
    ("query", "what"),
    [
        ("selekt 1;", "syntax error"),
        ("select 1; select 2;", "multiple commands"),
        ("select 'x' as object;", "lacks the column detail"),
        ("select 'x' as object, '' as detail, 1 as other;", "gives the column other"),
        ("select null as object, '' as detail;", "whose object is null"),
        ("select 'x' as object, '' as detail, 'bad' as level;", "the level 'bad'"),
        ("select 'x' as object, '' as detail, '[1]'::jsonb as metadata;", "no JSON object"),
        ("create table public.made (i int);", "read-only transaction"),
        ("select 'x' as object, nowhere.f() as detail;", "nowhere"),
        (
            "select relname as object, '' as detail from pg_class where oid = 'class'::regclass;",
            "does not exist",
        ),
    ],
)
def test_a_check_at_fault_is_broken_and_the_others_go_on(database: Target, query: str, what: str) -> None:
    found = results_of(database, fine("before"), check("odd", query), fine("after"))

    assert found["before"].level is found["after"].level is Level.PASSED
    odd = found["odd"]
    assert odd.broken
    assert odd.level is Level.NOT_VERIFIED
    assert what in odd.findings[0].detail
    assert "checks/odd.sql" in odd.findings[0].remediation


def test_what_a_check_may_not_see_is_not_verified_with_the_grant(database: Target) -> None:
    secret = "select rolname as object, '' as detail from pg_catalog.pg_authid;"
    member = check("member", "select 'x' as object, '' as detail;", "-- needs: privilege pg_monitor")
    with somebody(database) as target:
        found = results_of(target, check("secret", secret), member, fine("c"))

    assert found["c"].level is Level.PASSED
    secret_finding, member_finding = found["secret"].findings[0], found["member"].findings[0]
    assert not found["secret"].broken
    assert (secret_finding.level, member_finding.level) == (Level.NOT_VERIFIED, Level.NOT_VERIFIED)
    assert "somebody may not look: permission denied for table pg_authid" in secret_finding.detail
    assert member_finding.remediation == "grant pg_monitor to somebody;"


@pytest.mark.parametrize(
    ("need", "level", "remedy"),
    [
        ("extension plpgsql", Level.PASSED, ""),
        (
            "extension no_such",
            Level.NOT_VERIFIED,
            "Install no_such on the server, then: create extension no_such;",
        ),
        ("schema nowhere", Level.INFO, ""),
        ("setting track_counts", Level.PASSED, ""),
        ("setting track_functions", Level.NOT_VERIFIED, "alter system set track_functions = …;"),
        ("privilege pg_monitor", Level.PASSED, ""),
        ("privilege no_such_role", Level.NOT_VERIFIED, "grant no_such_role to postgres;"),
        ("superuser", Level.PASSED, ""),
    ],
)
def test_what_a_check_needs(database: Target, need: str, level: Level, remedy: str) -> None:
    asks = check("a", "select 'x' as object, '' as detail where false;", f"-- needs: {need}")

    found = results_of(database, asks)["a"]

    assert found.level is level
    assert [each.remediation for each in found.findings] == ([remedy] if found.findings else [])
    assert not found.broken


def test_a_check_that_takes_too_long_is_stopped_alone(database: Target) -> None:
    slow = check("slow", "select pg_catalog.pg_sleep(30)::text as object, '' as detail;")

    found = results_of(database, fine("before"), slow, fine("after"), settings=ChecksSettings(timeout_s=3.0))

    assert found["before"].level is found["after"].level is Level.PASSED
    assert "did not answer in time" in found["slow"].findings[0].detail
    assert not found["slow"].broken


def test_a_check_never_waits_long_for_a_lock(database: Target) -> None:
    reads = check("reads", "select i::text as object, '' as detail from public.t;")
    with connect(database) as connection:
        connection.execute("create table public.t (i int)")
        with connection.transaction():
            connection.execute("lock table public.t in access exclusive mode")
            found = results_of(database, reads, fine("after"))

    assert "lock timeout" in found["reads"].findings[0].detail
    assert found["after"].level is Level.PASSED


def test_nothing_that_a_check_sets_outlives_it(database: Target) -> None:
    sets = check("sets", "select set_config('search_path', 'public', true) as object, '' as detail;")
    sees = check("sees", "select current_setting('search_path') || '.' as object, '' as detail;")

    found = results_of(database, sets, sees)

    assert found["sees"].findings[0].object == "."


def test_the_variant_for_the_server_is_asked(database: Target) -> None:
    older = check("a", "select 'older' as object, '' as detail;", "-- until: 16")
    newer = check("a", "select 'newer' as object, '' as detail;", "-- since: 17")
    never = check("never", "select 'x' as object, '' as detail;", "-- since: 99")
    with connect(database) as connection:
        major = connection.info.server_version // 10_000

    found = results_of(database, older, newer, never)

    assert [each.object for each in found["a"].findings] == ["older" if major < 17 else "newer"]
    assert found["never"].level is Level.NOT_VERIFIED
    assert f"needs PostgreSQL 99 or later; this is {major}" in found["never"].findings[0].detail


def test_parameters_come_from_the_settings(database: Target) -> None:
    asks = check(
        "a",
        "select :'word' || :'n'::int || :'on'::bool || array_to_string(:'roles'::name[], '+') as object,"
        " :'rules'::jsonb->>'k' as detail;",
        "-- parameter: word = it's (text) w",
        "-- parameter: n = 1 (number) n",
        "-- parameter: on = false (boolean) o",
        "-- parameter: roles = a, b (names) r",
        "-- parameter: rules = {} (table) r",
    )
    given = [("n", 7), ("on", True), ("roles", ["x", 'y"z']), ("rules", {"k": "v"})]
    parameters = tuple(GivenParameter(check="a", name=name, value=value, origin="f") for name, value in given)

    assert results_of(database, asks)["a"].findings[0].object == "it's1falsea+b"
    (found,) = results_of(database, asks, settings=ChecksSettings(parameters=parameters))["a"].findings
    assert (found.object, found.detail) == ("it's7truex+y\"z", "v")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (GivenParameter(check="b", name="n", value=1, origin="f:3"), "no check named 'b' (f:3)"),
        (GivenParameter(check="a", name="m", value=1, origin="f:3"), "no parameter 'm' (f:3)"),
        (
            GivenParameter(check="a", name="n", value="x", origin="f:3"),
            "checks.a.n is 'x' (f:3); expected a number",
        ),
    ],
)
def test_what_the_settings_may_not_say(given: GivenParameter, sentence: str) -> None:
    asks = check("a", "select 1;", "-- parameter: n = 1 (number) n")

    with pytest.raises(UsageError) as caught:
        make_plan([asks], ChecksSettings(parameters=(given,)), every=[asks], run=uuid4())

    assert sentence in caught.value.sentence


def test_shared_parameters(database: Target) -> None:
    asks = check(
        "a",
        "select unnest(:'ignored_schemas'::text[] || :'api_roles'::text[] || :'api_schemas'::text[])"
        " as object, '' as detail;",
    )
    with connect(database) as connection:
        connection.execute("create schema shop; create schema audit; grant usage on schema shop to public")

    seen = {
        each.object
        for each in results_of(database, asks, settings=ChecksSettings(ignored_schemas=("audit",)))[
            "a"
        ].findings
    }

    assert {"pg_catalog", "information_schema", "audit", "public", "shop"} <= seen
    assert "auth" not in seen
    chosen = results_of(
        database, asks, settings=ChecksSettings(api_roles=("postgres",), api_schemas=("audit",))
    )["a"].findings
    assert {"postgres", "public", "audit"} <= {each.object for each in chosen}
    assert "shop" not in {each.object for each in chosen}


@pytest.mark.parametrize("version", VERSIONS)
def test_the_schemas_of_a_platform_are_its_own_where_its_roles_are(version: str) -> None:
    """On a server of its own: whatever else builds a platform has these roles, too."""
    asks = check("a", "select unnest(:'ignored_schemas'::text[]) as object, '' as detail;")
    with fresh_server(version) as server, connect(server.target) as connection:
        connection.execute("create schema auth")
        before = {each.object for each in results_of(server.target, asks)["a"].findings}
        connection.execute("create role authenticated; create role service_role")
        after = {each.object for each in results_of(server.target, asks)["a"].findings}

    assert after - before == {"auth"}


def test_a_finding_is_ignored_until_its_day(database: Target) -> None:
    asks = check("a", "select unnest(array['public.a', 'public.b']) as object, 'd' as detail;")

    def waived_until(day: date) -> CheckResult:
        waiver = Waiver(check="a", object="*.a", reason="known", until=day)
        return results_of(database, asks, settings=ChecksSettings(ignore=(waiver,)))["a"]

    valid, late = waived_until(NOW.date()), waived_until(date(2026, 5, 31))

    assert [each.object for each in valid.findings] == ["public.b"]
    assert [(each.finding.object, each.reason) for each in valid.waived] == [("public.a", "known")]
    assert [(each.object, each.level) for each in late.findings] == [
        ("public.a", Level.FAILED),
        ("public.b", Level.FAILED),
        ("*.a", Level.WARNING),
    ]
    assert "until 2026-05-31 only: known" in late.findings[-1].detail
    assert late.waived == ()


def test_a_waiver_must_mean_a_check_that_there_is() -> None:
    waiver = Waiver(check="aa", object="*", reason="r", until=date(2031, 1, 1))
    with pytest.raises(UsageError, match="no check named 'aa'"):
        make_plan([fine("a")], ChecksSettings(ignore=(waiver,)), every=[fine("a")], run=uuid4())


def test_a_server_that_cannot_be_reached_is_a_result(database: Target) -> None:
    events = events_of(database.changed({"dbname": "no_such_database"}), fine("a"))

    started, finished, end = events
    assert (
        isinstance(started, ChecksStarted)
        and 'database "no_such_database" does not exist' in started.unreachable
    )
    assert isinstance(finished, CheckFinished) and finished.result.level is Level.NOT_VERIFIED
    assert isinstance(end, ChecksFinished) and end.round_trips == 1


def test_a_connection_that_is_lost_leaves_the_rest_not_verified(database: Target) -> None:
    suicide = check(
        "suicide",
        "select pg_catalog.pg_terminate_backend(pg_catalog.pg_backend_pid())::text as object, '' as detail;",
    )

    found = results_of(database, fine("before"), suicide, fine("after"))

    # An answer that was on its way may be lost with the connection: then it is no answer.
    assert found["before"].level in (Level.PASSED, Level.NOT_VERIFIED)
    assert found["suicide"].level is found["after"].level is Level.NOT_VERIFIED
    assert "The connection was lost" in found["after"].findings[0].detail


def test_a_run_that_is_stopped_says_so_of_the_rest(database: Target) -> None:
    stop = Event()
    stop.set()

    *_, last, end = events_of(database, fine("a"), fine("b"), stop=stop)

    assert isinstance(last, CheckFinished) and "interrupted" in last.result.findings[0].detail
    assert isinstance(end, ChecksFinished) and end.interrupted


def test_a_probe_that_fails_troubles_no_other(database: Target) -> None:
    def falls(ground: Ground) -> Iterator[Finding]:
        raise RuntimeError("over")

    info = CheckInfo(name="falls", title="T", level=Level.FAILED, areas=(Area.PREFLIGHT,), path="p.py")

    found = results_of(database, ProbeCheck(info=info, examine=falls, text=""), fine("after"))

    assert found["falls"].broken
    assert "RuntimeError: over" in found["falls"].findings[0].detail
    assert found["after"].level is Level.PASSED


def test_checks_take_no_transaction_id_and_leave_no_session(database: Target) -> None:
    next_id = "select pg_snapshot_xmax(pg_current_snapshot())"
    sessions = "select count(*) from pg_stat_activity where application_name = 'pgassay checks'"
    with connect(database) as connection:
        before = connection.execute(next_id).fetchall()
        events_of(database, fine("a"), check("b", "select 1;"))

        assert connection.execute(next_id).fetchall() == before
        until(lambda: connection.execute(sessions).fetchall() == [(0,)], what="the session ends")
