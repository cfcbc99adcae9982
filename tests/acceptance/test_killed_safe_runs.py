"""A safe run that is killed at any instant leaves nothing: no row, object, lock or session.

Beside it an application works on the same tables.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import pytest

from fix_load import Load, load_on
from fix_production import Live
from fix_suite import committing, passing, until
from pgassay.model.exits import Exit
from pgassay.pg.clock import monotonic, pause

WRITES = """
insert into items (name) values ('nail');
create table made_{0} (a int);
update pgbench_accounts set abalance = abalance + 1000000 where aid = 99900 + {0};
insert into pgbench_history (tid, bid, aid, delta, mtime, filler) values (1, 1, 1, 1000000, now(), 'ours');
select pg_advisory_xact_lock({0});
select pg_sleep(0.05);
"""
FILES = 60
BETWEEN_S = 0.2
"""A few files of a run take no longer."""
RUNS = "select status, count(*) from prod_test_schema.test_runs group by status"
EXCLUDED = ("--exclude-table=pgbench_*",)


@dataclass(slots=True)
class Tally:
    """How it went: ``busy`` kills hit a run that had sessions on the server."""

    kills: int = 0
    busy: int = 0
    longest_s: float = 0.0
    transactions: list[int] = field(default_factory=list)


def _suite(live: Live) -> None:
    for number in range(FILES):
        write = committing if number % 3 == 0 else passing
        live.project.put(
            f"f{number:02}.sql", write("is(items_count(), 3::bigint)", body=WRITES.format(number))
        )


def _kill(live: Live, instants: random.Random) -> bool:
    """Kill a run somewhere between two of its files' ends; whether it was at work on the server just then.

    How far it has come is asked of the run itself: of a time nobody knows what a machine does in it.
    """
    started, files = live.start("-j", "3", record=True), instants.randrange(FILES - 3)
    until(lambda: started.ended_files() >= files or not started.alive, what=f"{files} files have ended")
    pause(instants.uniform(0, BETWEEN_S))
    busy = live.left() != []
    started.kill()
    return busy


def _killed_many_times(live: Live, times: int) -> Tally:
    _suite(live)
    live.project.run("store", "install")
    tally, instants = Tally(), random.Random(20260101)
    with load_on(live) as load:
        before = live.dump(*EXCLUDED)
        _whole_run(live)
        for number in range(times):
            tally.busy += _kill(live, instants)
            tally.kills += 1
            tally.longest_s = max(tally.longest_s, _seconds(partial(_nothing_left, live, number)))
            assert live.dump(*EXCLUDED) == before, number
            assert load.is_consistent(), number
            tally.transactions.append(load.transactions)
        _goes_on(live, load, before)
    return tally


def _whole_run(live: Live) -> None:
    done = live.safely("-j", "3", record=True)
    assert done.status == Exit.OK, done.stdout


def _nothing_left(live: Live, number: int) -> None:
    until(lambda: live.left() == [], what=f"the server ends what run {number} left")


def _seconds(action: Callable[[], None]) -> float:
    started = monotonic()
    action()
    return monotonic() - started


def _goes_on(live: Live, load: Load, before: str) -> None:
    """The next run is as any other, and says of those before it that they were interrupted."""
    done = live.safely("-j", "1", record=True)
    assert done.status == Exit.OK, done.stdout
    assert live.dump(*EXCLUDED) == before
    assert load.is_consistent()
    told = {str(status): number for status, number in live.project.ask(RUNS)}
    assert set(told) <= {"finished", "interrupted"}
    assert "interrupted" in told


def _judge(request: pytest.FixtureRequest, tally: Tally) -> None:
    """Show the figures (``pytest -rP``); too few kills of a run at work would prove nothing."""
    worked = tally.transactions[-1] - tally.transactions[0]
    said = (
        f"{tally.kills} kills, {tally.busy} of runs with sessions on the server, which had ended all of it"
        f" after {tally.longest_s:.2f} s at most; {worked} transactions of the load meanwhile"
    )
    request.node.add_report_section("call", "figures", said)
    assert tally.busy >= tally.kills // 5, said
    assert worked > 0, said


def test_a_few_kills(live18: Live, request: pytest.FixtureRequest) -> None:
    _judge(request, _killed_many_times(live18, 10))


@pytest.mark.soak
def test_two_hundred_kills(live: Live, request: pytest.FixtureRequest) -> None:
    _judge(request, _killed_many_times(live, 200))
