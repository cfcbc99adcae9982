"""Who comes right behind an operation waits until the server has noticed its end, and not much longer."""

from contextlib import closing

from pgassay.pg.connection import Connection, connect
from pgassay.pg.target import Target
from pgassay.pg.turn import take_turn

LOCK = "select pg_try_advisory_lock(7)"


def taken(connection: Connection) -> bool:
    return connection.execute(LOCK).fetchone() == (True,)


def test_a_session_that_is_just_ending_is_waited_for(database: Target) -> None:
    asked = 0
    with connect(database) as first, connect(database) as second:
        assert taken(first)

        def ask() -> bool:
            nonlocal asked
            asked += 1
            if asked == 3:
                first.close()
            return taken(second)

        assert take_turn(ask)
    assert asked >= 3


def test_a_session_that_goes_on_is_not(database: Target) -> None:
    with closing(connect(database)) as first, connect(database) as second:
        assert taken(first)
        assert not take_turn(lambda: taken(second))
