"""A safe run that is killed at any instant leaves nothing: no row, object, lock or session."""

import random

import pytest

from fix_production import Live
from fix_suite import committing, passing, until
from pgassay.model.exits import Exit
from pgassay.pg.clock import pause

WRITES = "insert into items (name) values ('nail'); create table made_{} (a int); update items set price = 1;"
LONGEST_S = 1.5


def _suite(live: Live) -> None:
    for number in range(12):
        write = committing if number % 3 == 0 else passing
        live.project.put(
            f"f{number:02}.sql", write("is(items_count(), 3::bigint)", body=WRITES.format(number))
        )


def _kill(live: Live, after_s: float) -> None:
    started = live.start("-j", "3")
    pause(after_s)
    started.kill()


def _killed_many_times(live: Live, times: int) -> None:
    _suite(live)
    before = live.dump()
    instants = random.Random(20260101)

    for number in range(times):
        _kill(live, instants.uniform(0.0, LONGEST_S))
        until(lambda: live.left() == [], what=f"the server ends what run {number} left")
        assert live.dump() == before, number

    done = live.safely("-j", "1")
    assert done.status == Exit.OK, done.stdout
    assert live.dump() == before


def test_a_few_kills(live18: Live) -> None:
    _killed_many_times(live18, 5)


@pytest.mark.soak
def test_two_hundred_kills(live: Live) -> None:
    _killed_many_times(live, 200)
