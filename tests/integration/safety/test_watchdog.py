"""An application never waits long for a test: the test is stopped, and it is said who waited for what."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from fix_production import Live, closing, evidence
from fix_suite import Started, passing, until
from pgassay.model.evidence import Standing, standing_of
from pgassay.model.exits import Exit
from pgassay.model.suite import Outcome, Trouble
from pgassay.pg.connection import Connection

PATIENT = 'allow = { sleeps = "the tests of the watchdog need time", row_locks = "it is watched" }'
HOLDS_A_ROW = passing("pass('done')", body="update items set price = 11 where id = 1; select pg_sleep(30);")


SLEEPS = (
    "select 1 from pg_stat_activity"
    " where state = 'active' and query like '%pg_sleep(30)%' and pid <> pg_backend_pid()"
)


def sleeping(live: Live) -> bool:
    return bool(live.project.ask(SLEEPS))


@contextmanager
def waiting(live: Live, started: Started, statement: str) -> Iterator[list[object]]:
    """Let a customer run a statement as soon as the test sleeps; what comes of it is in the list."""
    heard: list[object] = []

    def work() -> None:
        with live.customer() as connection:
            try:
                heard.append(connection.execute(statement.encode()).rowcount)
            except Connection.Error as error:
                heard.append(error)

    until(lambda: sleeping(live), what="the test holds its lock")
    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield heard
    finally:
        started.kill() if started.process.poll() is None else None
        thread.join()


def test_a_customer_who_waits_for_a_row_is_let_through(live: Live) -> None:
    live.settings(PATIENT, patience_ms=200)
    live.project.put("a.sql", HOLDS_A_ROW)
    started = live.start()
    with waiting(live, started, "update items set price = 12 where id = 1") as heard:
        done = started.wait()

    assert heard == [1]
    assert done.troubles("a.sql")[0] is Trouble.IN_THE_WAY, done.stdout
    assert "public.items" in done.complaint("a.sql")
    (wait,) = evidence(done, "a.sql").waits
    assert (wait.application, wait.relation) == ("shop", "public.items")
    assert wait.waited_ms > 200
    assert evidence(done, "a.sql").status == "aborted"
    assert done.status == Exit.RED


def test_who_has_waited_behind_one_file_does_not_wait_behind_the_next(live: Live) -> None:
    """The next file takes at once what the customer wants next, so it begins when the customer is through."""
    live.settings(PATIENT, patience_ms=2000)
    live.project.put("a.sql", HOLDS_A_ROW)
    live.project.put(
        "b.sql",
        passing("pass('late')", body="update items set price = 21 where id = 2; select pg_sleep(0.5);"),
    )
    started = live.start("a.sql", "b.sql", "-j", "1")
    buys = "update items set price = 12 where id = {}"
    with waiting(
        live, started, f"begin; {buys.format(1)}; select pg_sleep(0.2); {buys.format(2)}; rollback"
    ) as heard:
        done = started.wait()

    assert not isinstance(heard[0], Exception)
    assert done.troubles("a.sql")[0] is Trouble.IN_THE_WAY, done.stdout
    assert done.outcomes["b.sql"] == Outcome.PASSED, done.complaint("b.sql")
    assert evidence(done, "b.sql").waits == ()


def test_nobody_who_stays_in_a_transaction_stops_the_run(live18: Live) -> None:
    live18.settings(PATIENT, patience_ms=2000)
    live18.project.put("a.sql", HOLDS_A_ROW)
    live18.project.put("b.sql", passing())
    started = live18.start("a.sql", "b.sql", "-j", "1")
    until(lambda: sleeping(live18), what="the test holds its lock")
    with live18.customer() as connection:
        connection.execute("update items set price = 12 where id = 1")
        done = started.wait()

    assert done.troubles("a.sql")[0] is Trouble.IN_THE_WAY, done.stdout
    assert done.outcomes["b.sql"] == Outcome.PASSED, done.complaint("b.sql")


def test_a_strong_lock_is_seen_though_it_was_allowed_to_be_sent(live: Live) -> None:
    """With the rule relaxed such a lock is sent; it is borne only as long as nobody waits for it."""
    relaxed = 'allow = { strong_locks = "nobody uses it at night", sleeps = "to be seen" }'
    live.settings(relaxed, patience_ms=2000)
    live.project.put("a.sql", passing("pass('alone')", body="alter table items add column weight int;"))
    live.project.put(
        "b.sql", passing("pass('late')", body="alter table items add column weight int; select pg_sleep(30);")
    )
    alone = live.safely("a.sql")
    started = live.start("b.sql")
    with waiting(live, started, "select count(*) from items") as heard:
        done = started.wait()

    assert alone.outcomes == {"a.sql": Outcome.PASSED}, alone.stdout
    assert heard == [1]
    assert done.troubles("b.sql")[0] is Trouble.IN_THE_WAY, done.stdout


def test_a_test_that_would_wait_for_a_customer_fails_instead(live18: Live) -> None:
    live18.project.put("a.sql", passing("pass('mine')", body="update items set price = 11 where id = 1;"))
    with live18.customer() as connection:
        connection.execute("update items set price = 12 where id = 1")
        done = live18.safely()
        mine = connection.execute("select price from items where id = 1").fetchall()

    assert done.results["a.sql"].problems[0].sqlstate == "55P03"
    assert mine == [(12,)]


def test_a_test_that_swallows_its_cancellation_is_ended(live18: Live) -> None:
    live18.settings(PATIENT, patience_ms=200)
    stubborn = (
        "update items set price = 11 where id = 1; do $$ begin loop begin perform pg_sleep(30);"
        " exception when query_canceled then null; end; end loop; end $$;"
    )
    live18.project.put("a.sql", passing("pass('done')", body=stubborn))
    started = live18.start()
    until(live18.project.sleeping, what="it sleeps")
    with live18.customer() as connection:
        connection.execute("update items set price = 12 where id = 1")
        done = started.wait()

    assert done.troubles("a.sql")[:2] == [Trouble.IN_THE_WAY, Trouble.LOST_CONNECTION], done.stdout
    assert evidence(done, "a.sql").status == "aborted"
    assert live18.nothing_left()


def test_a_run_stops_where_its_watchdog_cannot_see(live18: Live) -> None:
    live18.settings(PATIENT)
    live18.project.put("a.sql", HOLDS_A_ROW)
    live18.project.put("b.sql", passing())
    started = live18.start("a.sql", "b.sql")
    until(lambda: sleeping(live18), what="the first test runs")
    live18.project.ask(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'pgassay watchdog'"
    )
    done = started.wait()

    assert done.status == Exit.RED
    assert done.outcomes == {"a.sql": Outcome.NOT_RUN, "b.sql": Outcome.NOT_RUN}
    assert "watchdog cannot see" in done.complaint("b.sql")
    assert standing_of(evidence(done, "a.sql")) is Standing.NOT_VERIFIED
    assert standing_of(closing(done)) is Standing.NOT_VERIFIED
    assert live18.nothing_left()


def test_nothing_runs_where_too_few_connections_are_left(live18: Live) -> None:
    live18.settings("min_free_connections = 100000")
    live18.project.put("a.sql", passing())

    done = live18.safely()

    assert done.status == Exit.UNAVAILABLE
    assert "min_free_connections" in done.stderr


def test_a_test_that_keeps_the_server_from_vacuuming_is_stopped(live18: Live) -> None:
    """Exceptions that are caught take transaction ids, like an application would while the test goes on."""
    live18.settings("max_transaction_age = 50")
    live18.project.put("a.sql", passing("pass('done')", body=MANY_TRANSACTIONS))

    done = live18.safely()

    assert done.troubles("a.sql")[0] is Trouble.IN_THE_WAY, done.stdout
    assert "from vacuuming" in done.complaint("a.sql")


MANY_TRANSACTIONS = """
create temp table own (a int);
do $$ begin
    for number in 1..2000000 loop
        begin
            insert into own values (number);
            raise exception using errcode = 'P0001';
        exception when raise_exception then null;
        end;
    end loop;
end $$;
"""
