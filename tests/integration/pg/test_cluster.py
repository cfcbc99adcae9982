"""Disposable servers: fresh, private, and gone afterwards."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import LiteralString

import pytest

from fix_server import fresh_database
from pgassay.model.errors import Unavailable
from pgassay.pg import cluster, embedded
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect
from pgassay.pg.identity import birth
from pgassay.pg.process import run
from pgassay.pg.target import Target


def _ask(target: Target, query: LiteralString, *values: object) -> object:
    with connect(target) as connection:
        row = connection.execute(query, values).fetchone()
    assert row is not None
    return row[0]


def test_each_test_gets_an_empty_utf8_database(database: Target) -> None:
    assert _ask(database, "select count(*) from pg_class where relnamespace = 'public'::regnamespace") == 0
    assert _ask(database, "show server_encoding") == "UTF8"
    assert _ask(database, "select lower('ÄÖ')") == "äö"


def test_nobody_reaches_it_but_through_its_private_socket(server: Server) -> None:
    assert _ask(server.target, "show listen_addresses") == ""
    directory = Path(str(_ask(server.target, "show unix_socket_directories")))
    assert directory.stat().st_mode & 0o077 == 0
    assert len(str(directory / ".s.PGSQL.5432")) < 100


def test_databases_of_tests_are_dropped(server: Server) -> None:
    with fresh_database(server) as target, connect(target) as held:
        name = held.info.dbname
    assert _ask(server.target, "select count(*) from pg_database where datname = %s", name) == 0


def test_nothing_is_left_after_the_block(tmp_path: Path) -> None:
    with embedded.start(cache=tmp_path) as server:
        pid, data = server.pid, server.data
        socket = Path(str(_ask(server.target, "show unix_socket_directories")))
        assert birth(pid) is not None
    assert birth(pid) is None
    assert not data.exists()
    assert not socket.exists()


def test_variables_for_another_server_do_not_concern_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        "PGPORT": "1",
        "PGHOSTADDR": "192.0.2.1",
        "PGOPTIONS": "-c default_transaction_read_only=on",
    }.items():
        monkeypatch.setenv(name, value)
    with embedded.start(cache=tmp_path) as server:
        assert _ask(server.target, "show default_transaction_read_only") == "off"
        assert "192.0.2.1" not in server.target.shown
        words, _ = server.target.for_programs
        said = run([server.bin / "psql", "-XAtc", "show port", "--dbname", words], timeout_s=60)
        assert said.stdout.decode().strip() == "5432", said.complaint


def test_stop_may_be_called_again(tmp_path: Path) -> None:
    with embedded.start(cache=tmp_path) as server:
        server.stop()
        server.stop()
        with pytest.raises(Unavailable):
            connect(server.target)


def test_settings_win_over_ours() -> None:
    with embedded.start(settings={"wal_level": "replica", "max_connections": "7"}) as server:
        assert _ask(server.target, "show wal_level") == "replica"
        assert _ask(server.target, "show max_connections") == "7"
        assert _ask(server.target, "show fsync") == "off"


def test_only_throw_away_data_may_be_lost_in_a_crash() -> None:
    with embedded.start(durable=True) as server:
        assert _ask(server.target, "show fsync") == "on"
        assert _ask(server.target, "show full_page_writes") == "on"


def test_a_server_that_cannot_start_says_why() -> None:
    with (
        pytest.raises(Unavailable, match="no_such_setting"),
        embedded.start(settings={"no_such_setting": "1"}),
    ):
        pytest.fail("it started")


def test_a_directory_without_a_server_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="no PostgreSQL server"), cluster.start(tmp_path):
        pytest.fail("it started")


@pytest.fixture
def open_directory() -> Iterator[Path]:
    """A directory that the account of the server may enter, which pytest's own is not for root."""
    with TemporaryDirectory(prefix="pgassay-test-") as name:
        Path(name).chmod(0o711)
        yield Path(name)


def test_given_data_are_kept_from_one_server_to_the_next(open_directory: Path) -> None:
    data = open_directory / "data"
    with embedded.start(data=data) as server, connect(server.target) as connection:
        connection.execute("create table kept as select 42 as answer")
    assert data.exists()
    with embedded.start(data=data) as server:
        assert _ask(server.target, "select answer from kept") == 42


_CHILD = """
import os, signal, sys
from pathlib import Path
from pgassay.pg import embedded
data = Path(sys.argv[2]) if len(sys.argv) > 2 else None
with embedded.start(cache=Path(sys.argv[1]), data=data) as server:
    print(server.pid, server.data, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def _killed_owner(*arguments: Path) -> tuple[int, Path]:
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, *map(str, arguments)], capture_output=True, text=True, check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    pid, data = done.stdout.split(maxsplit=1)
    return int(pid), Path(data.strip())


def test_the_server_of_a_killed_owner_is_stopped_by_the_next_run(open_directory: Path) -> None:
    pid, data = _killed_owner(open_directory)
    assert birth(pid) is not None, "the server outlives its owner; otherwise there is nothing to test"
    with embedded.start(cache=open_directory) as server:
        assert birth(pid) is None
        assert not data.exists()
        assert _ask(server.target, "select 1") == 1


def test_data_that_are_kept_survive_a_killed_owner(open_directory: Path) -> None:
    pid, data = _killed_owner(open_directory, open_directory / "data")
    with embedded.start(cache=open_directory, data=data) as server:
        assert birth(pid) is None
        assert _ask(server.target, "select 1") == 1
    assert data.exists()
