"""What a test may cost the server, and in which state that must be: each limit stops what crosses it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from fix_production import Live, evidence
from fix_standby import Replicated
from fix_suite import Started, passing, until
from pgassay.model.exits import Exit
from pgassay.model.suite import Outcome, Trouble

SLEEPS = 'allow = { sleeps = "to be stopped in the middle" }'
ASLEEP = passing("pass('late')", body="select pg_sleep(30);")
LOCKED = "it locked nobody's objects"
SORTS_ON_DISK = """
select pg_sleep(30) from (select n from generate_series(1, 400000) as n order by random()) as sorted limit 1;
"""
FREE = """
select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
    - coalesce(current_setting('reserved_connections', true), '0')::int
    - (select sum(numbackends) from pg_stat_database)::int
"""


@contextmanager
def asleep(live: Live) -> Iterator[Started]:
    """Run a test that sleeps, and another behind it."""
    live.project.put("a.sql", ASLEEP)
    live.project.put("b.sql", passing())
    started = live.start("a.sql", "b.sql")
    try:
        until(lambda: live.project.running("pg_sleep(30)"), what="the test sleeps")
        yield started
    finally:
        started.kill()


@pytest.mark.parametrize("back", ["rollback to savepoint s;", "rollback;"])
def test_a_lock_is_seen_though_it_is_given_back_at_once(live18: Live, back: str) -> None:
    live18.settings('allow = { strong_locks = "to be sent at all" }')
    live18.project.put("a.sql", f"begin; savepoint s; lock items in share mode; {back}\n{passing()}")

    done = live18.safely()

    details = [each.detail for each in evidence(done, "a.sql").claims if each.name == LOCKED]
    assert details == ["allowed: public.items in ShareLock"], done.stdout


def test_rows_that_will_be_dead_are_counted(live: Live) -> None:
    live.settings("max_dead_rows = 100")
    many = "insert into {} (name) select 'nail' from generate_series(1, 101);"
    live.project.put("a_writes.sql", passing(body=many.format("items")))
    live.project.put("b_undoes.sql", passing(body=f"savepoint s; {many.format('items')} rollback to s;"))
    live.project.put("c_its_own.sql", passing(body=f"create table own (name text); {many.format('own')}"))
    live.project.put("d_temporary.sql", passing(body=f"create temp table t (name text); {many.format('t')}"))
    live.project.put("e_few.sql", passing(body=many.format("items").replace("101", "100")))

    done = live.safely("-j", "1")

    red = {path for path, each in done.results.items() if each.red}
    assert red == {"a_writes.sql", "b_undoes.sql"}, done.stdout
    for path in red:
        assert done.troubles(path)[0] is Trouble.IN_THE_WAY
        assert "it wrote 101 rows" in done.complaint(path)


def test_a_file_that_goes_on_is_looked_at_meanwhile(live18: Live) -> None:
    live18.settings("max_dead_rows = 100", SLEEPS)
    insert = "insert into items (name) select 'nail' from generate_series(1, 101);"
    slowly = f"{insert} select pg_sleep(0.4) as slept \\gset\n select pass('never');"
    live18.project.put("a.sql", passing("pass('nor this')", body=slowly))

    done = live18.safely()

    assert done.troubles("a.sql")[0] is Trouble.IN_THE_WAY, done.stdout
    assert done.results["a.sql"].assertions == ()


def test_temporary_files_are_limited(live: Live) -> None:
    live.settings("max_temporary_mb = 1", SLEEPS)
    live.project.put("a.sql", passing(body=f"set local work_mem = '64kB'; {SORTS_ON_DISK}"))

    done = live.safely()

    assert done.troubles("a.sql")[0] is Trouble.IN_THE_WAY, done.stdout
    assert "temporary files took" in done.complaint("a.sql")


def test_a_run_stops_when_connections_run_out(live18: Live) -> None:
    ((free,),) = live18.project.ask(FREE)
    assert isinstance(free, int)
    # A few more or less are taken by the run itself, by what looks at it, and by who is just leaving.
    live18.settings(f"min_free_connections = {free - 14}", SLEEPS)
    with asleep(live18) as started, ExitStack() as customers:
        for _ in range(24):
            customers.enter_context(live18.project.connected())
        done = started.wait()

    assert done.outcomes == {"a.sql": Outcome.NOT_RUN, "b.sql": Outcome.NOT_RUN}
    assert "connections are left" in done.complaint("b.sql")
    assert done.status == Exit.RED
    assert live18.nothing_left()


def test_a_database_that_needs_freezing_is_left_alone(live18: Live) -> None:
    live18.settings("max_database_age = 1")
    live18.project.put("a.sql", passing())

    done = live18.safely()

    assert done.status == Exit.UNAVAILABLE
    assert "max_database_age" in done.stderr


def test_a_run_stops_when_a_standby_falls_behind(replicated_live: Live, replicated: Replicated) -> None:
    live = replicated_live
    live.settings('max_replication_lag = "5s"', SLEEPS)
    before = live.dump()
    with asleep(live) as started:
        replicated.hold_back()
        with live.project.connected() as customer:
            customer.execute("update items set price = price")
        done = started.wait()

    assert done.outcomes == {"a.sql": Outcome.NOT_RUN, "b.sql": Outcome.NOT_RUN}
    assert "the standby follower is" in done.complaint("b.sql")
    assert done.status == Exit.RED
    assert live.nothing_left()
    assert live.dump() == before

    replicated.go_on()
    live.project.put("a.sql", passing())
    assert live.safely().status == Exit.OK


def test_who_may_not_see_standbys_is_told(replicated_live: Live) -> None:
    live = replicated_live
    live.settings('max_replication_lag = "60s"')
    live.project.put("a.sql", passing())
    live.project.command("create role plain_tester login; grant usage on schema pgtap to plain_tester")
    try:
        blind = live.project.test(
            ".", "--production-safe", target=live.project.target.conninfo + " user=plain_tester"
        )
        live.project.command("grant pg_monitor to plain_tester")
        seeing = live.project.test(
            ".", "--production-safe", target=live.project.target.conninfo + " user=plain_tester"
        )
    finally:
        live.project.command("drop owned by plain_tester; drop role plain_tester")

    assert blind.status == Exit.UNAVAILABLE
    assert "grant pg_monitor" in blind.stderr
    assert seeing.status == Exit.OK, seeing.stdout + seeing.stderr
