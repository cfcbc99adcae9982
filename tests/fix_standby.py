"""A server with a standby that follows it, both disposable; started by the first test that asks for them.

``replicated`` is the pair. Its standby can be told to stop replaying, and to go on.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from fix_production import Live, live_on
from fix_server import DEBIAN_15
from fix_suite import project_on, template_on, until
from pgassay.pg import cluster
from pgassay.pg.account import server_account
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect
from pgassay.pg.process import Surroundings, run

_PRIMARY = {"wal_level": "replica", "max_wal_senders": "4", "autovacuum": "off"}
_STANDBY = {"hot_standby": "on", "wal_receiver_status_interval": "1s", **_PRIMARY}
CAUGHT_UP = """
select 1
from pg_stat_replication
where application_name = 'follower'
    and state = 'streaming'
    and replay_lsn >= '{}'
    and coalesce(replay_lag, '0') < interval '0.5 s'
"""
"""The last figure, too, has to be of now: it is the one from before until the standby has said another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replicated:
    """A primary and its standby."""

    primary: Server
    standby: Server

    def hold_back(self) -> None:
        """Let the standby replay nothing any more."""
        _ask(self.standby, "select pg_wal_replay_pause()")
        until(
            lambda: _ask(self.standby, "select pg_get_wal_replay_pause_state()") == [("paused",)],
            what="the standby pauses",
        )

    def receive(self) -> None:
        """Wait until the standby has got all that was committed on the primary, to be replayed or not."""
        received = f"select pg_last_wal_receive_lsn() >= '{self._written()}'"
        until(lambda: _ask(self.standby, received) == [(True,)], what="the standby gets what was written")

    def go_on(self) -> None:
        """Let it replay again, and wait until it has caught up."""
        _ask(self.standby, "select pg_wal_replay_resume()")
        caught_up = CAUGHT_UP.format(self._written())
        until(lambda: _ask(self.primary, caught_up) != [], what="the standby catches up")

    def _written(self) -> object:
        """Have all written that was committed, which the primary would do a moment later; say up to where."""
        with connect(self.primary.target) as connection:
            connection.execute("set synchronous_commit = on")
            connection.execute("select pg_logical_emit_message(true, 'pgassay tests', 'so far')")
            ((written,),) = connection.execute("select pg_current_wal_flush_lsn()").fetchall()
        return written


def _ask(server: Server, query: str) -> list[tuple[object, ...]]:
    with connect(server.target) as connection:
        return [tuple(row) for row in connection.execute(query.encode())]


@contextmanager
def _copy(primary: Server) -> Iterator[Path]:
    """Make the data directory of a standby where the server's account may go."""
    account = server_account()
    folder = Path(tempfile.mkdtemp(prefix="pgassay-standby"))
    if account is not None:
        os.chown(folder, account.uid, account.gid)
    conninfo, environment = primary.target.for_programs
    words = ["-R", "-X", "stream", "-c", "fast", "--no-sync", "-D", str(folder / "data")]
    command = [str(primary.bin / "pg_basebackup"), "-d", f"{conninfo} application_name=follower", *words]
    try:
        done = run(command, Surroundings(account=account, environment=environment))
        assert done.status == 0, done.complaint
        yield folder / "data"
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def _pair() -> Iterator[Replicated]:
    if not DEBIAN_15.is_dir():
        pytest.skip("PostgreSQL 15 is not installed (apt-get install postgresql-15)")
    with (
        cluster.start(DEBIAN_15, settings=_PRIMARY) as primary,
        _copy(primary) as data,
        cluster.start(DEBIAN_15, data=data, settings=_STANDBY) as standby,
    ):
        yield Replicated(primary=primary, standby=standby)


@pytest.fixture
def replicated(_pair: Replicated) -> Iterator[Replicated]:
    """A primary and a standby that has caught up."""
    _pair.go_on()
    yield _pair
    _pair.go_on()


@pytest.fixture
def replicated_live(replicated: Replicated, tmp_path: Path) -> Iterator[Live]:
    """A production database on the primary."""
    with template_on(replicated.primary) as name, project_on(replicated.primary, name, tmp_path) as project:
        live = live_on(project, replicated.primary)
        replicated.go_on()
        yield live
