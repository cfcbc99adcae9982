"""What the watchdog asks, and how: planned once, but prepared only in a session that is its own."""

import re
from collections import Counter

from fix_pooler import needs_pooler, pooler_to
from fix_production import Live
from pgassay.pg.target import Target
from pgassay.suite.safety.lookout import Lookout

_EXECUTED = re.compile(r"LOG: +execute (\S+): -- Sessions of others that wait for a lock")


def _looked(live: Live, target: Target) -> Counter[str]:
    """Look three times, and count the looks by the name of the statement in the server's log."""
    live.project.command("do $$ begin execute format('alter database %I set log_statement to ''all''',"
                         " current_database()); end $$")  # fmt: skip
    already = live.server.log.stat().st_size
    lookout = Lookout(target)
    for _ in range(3):
        assert lookout.rows("waiting", ours=[0]) == []
    lookout.close()
    return Counter(_EXECUTED.findall(live.server.log.read_bytes()[already:].decode()))


def test_a_query_is_prepared_once(live: Live) -> None:
    ((name, looks),) = _looked(live, live.project.target).items()
    assert looks == 3
    assert name != "<unnamed>"


@needs_pooler
def test_nothing_is_prepared_in_the_session_of_a_pooler(live18: Live) -> None:
    with pooler_to(live18.server, mode="transaction") as pooler:
        assert _looked(live18, pooler.route(live18.project.target)) == {"<unnamed>": 3}


def test_an_open_transaction_ages_between_its_statements(live: Live) -> None:
    """It has no snapshot then, but its id alone keeps the server from vacuuming."""
    lookout = Lookout(live.project.target)
    with live.customer() as test, live.project.connected() as customer:
        test.execute("select pg_current_xact_id()")
        for _ in range(30):
            customer.execute("select pg_current_xact_id()")
        ((_, age),) = lookout.rows("ages", ours=[test.info.backend_pid])
    lookout.close()

    assert age >= 30
