"""What runs is cancelled until it ends, and nothing behind it is."""

from threading import Event

import pytest

from pgassay.pg.cancel import cancelled_by
from pgassay.pg.connection import Connection, connect
from pgassay.pg.target import Target

SHRUGS_ONCE = """
do $$ begin
    begin perform pg_sleep(60); exception when query_canceled then null; end;
    perform pg_sleep(60);
end $$
"""
"""A statement that goes on after the first request, as one does that began after it had come."""


def test_a_request_that_changed_nothing_is_followed_by_another(database: Target) -> None:
    stop = Event()
    stop.set()
    with connect(database) as connection:
        with cancelled_by(connection, stop), pytest.raises(Connection.Error) as caught:
            connection.execute(SHRUGS_ONCE)
        assert caught.value.sqlstate == "57014"


def test_what_follows_the_block_is_left_alone(database: Target) -> None:
    stop = Event()
    stop.set()
    with connect(database) as connection:
        with cancelled_by(connection, stop), pytest.raises(Connection.Error):
            connection.execute("select pg_sleep(60)")
        assert connection.execute("select 1 from pg_sleep(0.3)").fetchone() == (1,)


def test_nothing_is_cancelled_unless_it_is_asked_for(database: Target) -> None:
    with connect(database) as connection, cancelled_by(connection, Event()):
        assert connection.execute("select 1 from pg_sleep(0.3)").fetchone() == (1,)
