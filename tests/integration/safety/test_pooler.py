"""Through PgBouncer, whose sessions are not ours: nothing is left in them, and the right ones are watched."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from threading import Thread

import pytest

from fix_pooler import needs_pooler, pooler_to
from fix_production import Live, closing, evidence
from fix_suite import passing, until
from pgassay.model.evidence import Standing, standing_of
from pgassay.model.exits import Exit
from pgassay.model.suite import Trouble

pytestmark = needs_pooler
POOL = 5
LEFT_IN_SESSION = """
select
    (select count(*) from pg_prepared_statements where from_sql),
    (select count(*) from pg_locks where pid = pg_backend_pid() and locktype = 'advisory'),
    array(
        select name || ' = ' || setting
        from pg_settings
        where name in (
            'search_path', 'role', 'lock_timeout', 'statement_timeout', 'client_connection_check_interval',
            'idle_in_transaction_session_timeout'
        )
        order by 1
    )
"""
BUSY = "select 1 from pg_stat_activity where state = 'active' and query like '%pg_sleep(30)%' and pid <> {}"
WRITES = "insert into items (name) values ('nail'); prepare kept as select 1; set statement_timeout = '1h';"


@pytest.fixture(params=["session", "transaction"])
def routed(live18: Live, request: pytest.FixtureRequest) -> Iterator[Live]:
    """The same database by way of a pooler, for pgassay; its own schema of pgTAP is on nobody's path."""
    live18.project.command("do $$ begin execute format('alter database %I set search_path to public',"
                         " current_database()); end $$")  # fmt: skip
    with pooler_to(live18.server, mode=str(request.param)) as pooler:
        yield replace(live18, project=replace(live18.project, target=pooler.route(live18.project.target)))


def sessions(routed: Live) -> list[tuple[object, ...]]:
    """What is set and held in each session of the pool: all of them are taken at once."""
    with ExitStack() as taken:
        customers = [taken.enter_context(routed.project.connected()) for _ in range(POOL)]
        for each in customers:
            taken.enter_context(each.transaction())
        return [tuple(row) for each in customers for row in each.execute(LEFT_IN_SESSION.encode())]


def test_nothing_is_left_in_the_sessions_of_a_pool(live18: Live, routed: Live) -> None:
    live18.settings('allow = { guarded_settings = "to be seen to go with the transaction" }')
    for name in ("a", "b", "c", "d"):
        live18.project.put(f"{name}.sql", passing("is(items_count(), 3::bigint)", body=WRITES))
    dump, pool = live18.dump(), sessions(routed)
    assert len(pool) == POOL

    done = routed.safely(".", "-j", "3")

    assert {path: each.outcome for path, each in done.results.items() if each.red} == {
        f"{name}.sql": "failed" for name in ("a", "b", "c", "d")
    }  # for the limit that it loosened, and nothing else
    for path in done.results:
        found = evidence(done, path)
        doubtful = [each.name for each in found.claims if each.standing is not Standing.VERIFIED]
        assert (doubtful, found.status) == (["its limits held"], "aborted")
    assert standing_of(closing(done)) is Standing.VERIFIED
    assert sessions(routed) == pool
    assert live18.dump() == dump


def test_who_waits_behind_a_pooled_session_is_let_through(live18: Live, routed: Live) -> None:
    live18.settings('allow = { sleeps = "to be in the way", row_locks = "it is watched" }', patience_ms=2000)
    slow = "update items set price = 11 where id = 1; select pg_sleep(30);"
    live18.project.put("a.sql", passing(body=slow))
    live18.project.put("b.sql", passing())
    started = routed.start("a.sql", "b.sql")
    try:
        until(lambda: bool(live18.project.ask(BUSY.format("pg_backend_pid()"))), what="the test sleeps")
        waiting = Thread(target=_buy, args=(live18,))
        waiting.start()
        done = started.wait()
        waiting.join()
    finally:
        started.kill()

    assert done.status == Exit.RED
    assert done.troubles("a.sql")[0] is Trouble.IN_THE_WAY, done.stdout
    (wait,) = evidence(done, "a.sql").waits
    assert (wait.application, wait.relation) == ("shop", "public.items")
    assert not done.results["b.sql"].red


def _buy(live18: Live) -> None:
    with live18.customer() as connection:
        connection.execute("update items set price = 12 where id = 1")
