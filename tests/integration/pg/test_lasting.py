"""Whether a connection keeps its session, told behind PgBouncer in each of its modes."""

from contextlib import ExitStack

import pytest

from fix_pooler import needs_pooler, pooler_to
from fix_server import fresh_database
from pgassay.model.errors import Unavailable
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect
from pgassay.pg.lasting import need_session
from pgassay.pg.target import Target


def test_a_connection_to_the_server_keeps_it(database: Target) -> None:
    with connect(database) as connection:
        need_session(connection, subject="A test")
        assert connection.execute("select 1").fetchone() == (1,)


@needs_pooler
def test_a_pooler_in_session_mode_keeps_it(server18: Server) -> None:
    with (
        fresh_database(server18) as target,
        pooler_to(server18, mode="session") as pooler,
        connect(pooler.route(target)) as connection,
    ):
        need_session(connection, subject="A test")
        assert connection.execute("select 1").fetchone() == (1,)


@needs_pooler
@pytest.mark.parametrize("warm", [0, 3])
def test_a_pooler_in_transaction_mode_does_not(server18: Server, warm: int) -> None:
    with (
        fresh_database(server18) as target,
        pooler_to(server18, mode="transaction") as pooler,
        ExitStack() as others,
    ):
        routed = pooler.route(target)
        for _ in range(warm):  # sessions of the server that lie idle in the pool
            others.enter_context(others.enter_context(connect(routed)).transaction())
        others.close()
        with (
            connect(routed) as connection,
            pytest.raises(Unavailable, match="A test needs a session") as told,
        ):
            need_session(connection, subject="A test")
    assert "session mode" in told.value.remedy
