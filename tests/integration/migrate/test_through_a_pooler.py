"""Migrations by way of a pooler: only where it keeps the session, whose limits and lock they rely on."""

from pathlib import Path

import pytest

from fix_migrate import site_on
from fix_pooler import needs_pooler, pooler_to
from pgassay.model.errors import Unavailable
from pgassay.model.exits import Exit
from pgassay.pg.cluster import Server
from pgassay.pg.target import Target

pytestmark = needs_pooler
LIMITS = "select setting from pg_settings where name = 'lock_timeout'"


UP, DOWN = "create table note (id int);", "drop table note;"
THERE = "select to_regclass('note')::text"


def test_one_that_keeps_no_session_is_refused_and_left_as_it_is(
    database: Target, server: Server, tmp_path: Path
) -> None:
    with (
        pooler_to(server, mode="transaction") as pooler,
        site_on(pooler.route(database), tmp_path) as site,
    ):
        site.pair("001_note", UP, DOWN)
        before = site.ask(LIMITS)
        with pytest.raises(Unavailable, match="needs a session that lasts"):
            site.apply()
        assert site.ask(LIMITS) == before
        assert site.ask(THERE) == [(None,)]


def test_one_that_keeps_it_serves(database: Target, server: Server, tmp_path: Path) -> None:
    with pooler_to(server, mode="session") as pooler, site_on(pooler.route(database), tmp_path) as site:
        site.pair("001_note", UP, DOWN)
        assert site.apply().exit is Exit.OK
        assert site.ask(THERE) == [("note",)]
