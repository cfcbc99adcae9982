"""Disposable servers from any PostgreSQL installation: started in a moment, never left running.

A server listens on a Unix socket in a private directory only, so nobody but its owner reaches it.
Making its data directory is :mod:`pgassay.pg.seed`'s task, clearing up after a killed pgassay is
:mod:`pgassay.pg.leftovers`'s, finding the programs is the caller's.
"""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import sleep

import msgspec
import psycopg

from pgassay.model.errors import Unavailable
from pgassay.pg.account import Account, server_account, writable_place
from pgassay.pg.clock import monotonic
from pgassay.pg.identity import birth
from pgassay.pg.installation import within_reach
from pgassay.pg.leftovers import Claim, Record, claim, stop_leftovers
from pgassay.pg.process import Running, Surroundings, spawn
from pgassay.pg.seed import NOT_FOR_SERVERS, Seed, copy_seed
from pgassay.pg.target import Target

_START_TIMEOUT_S = 60.0
_POLL_S = 0.01

_ALWAYS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
}
_THROW_AWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "checkpoint_timeout": "1h",
    "max_wal_size": "2GB",
    "autovacuum": "off",
}
"""Fast, and fatal after a crash of the machine: only for data that is thrown away with the server."""


class Server:
    """A server that runs.

    ``target`` is its database ``postgres`` as the superuser of that name; ``bin`` holds the programs
    that match it; ``data`` is its data directory, ``log`` what it wrote so far; ``version`` is like
    ``18.1``.
    """

    def __init__(
        self, running: Running, record: Record, *, claim: Claim, programs: Path, version: str
    ) -> None:
        self._running = running
        self._record = record
        self._claim = claim
        self._stopped = False
        self.bin = programs
        self.data = Path(record.data)
        self.log = claim.directory / "log"
        self.version = version
        self.target = _target(record)

    @property
    def pid(self) -> int:
        """The server's main process."""
        return self._running.pid

    def stop(self) -> None:
        """Stop it and remove what is not kept. Safe to call again."""
        if self._stopped:
            return
        self._stopped = True
        # Throw-away data need no checkpoint; data that are kept do.
        self._running.send(signal.SIGINT if self._record.kept else signal.SIGQUIT)
        if not self._running.wait(_START_TIMEOUT_S if self._record.kept else 10.0):
            self._running.send(signal.SIGQUIT)
            self._running.wait(5.0)
        self._running.end()
        shutil.rmtree(self._record.socket, ignore_errors=True)
        self._claim.release()


@contextmanager
def start(
    programs: Path,
    *,
    cache: Path | None = None,
    data: Path | None = None,
    durable: bool = False,
    settings: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """Start a server from the programs in a ``bin`` directory; stop it when the block is left.

    ``data`` is a data directory to use, and to keep: an existing one, or one to make. Without it the
    data are new and are thrown away. ``durable`` keeps PostgreSQL's promise that committed data survive
    a crash, which throw-away data do without. ``settings`` are server settings that win over ours.

    Raises:
        Unavailable: it cannot be started; the sentence has the server's own last words.
    """
    account = server_account()
    place = writable_place(cache, account)
    stop_leftovers(place)
    owned = claim(place)
    try:
        programs = within_reach(programs, place, account)
        directory = (data or owned.directory / "data").absolute()
        if not (directory / "PG_VERSION").exists():
            copy_seed(Seed(programs=programs, place=place, account=account), directory, sync=durable)
        chosen = _settings(durable=durable, given=settings or {})
        server = _start(programs, owned, data=directory, kept=data is not None, settings=chosen)
    except BaseException:
        owned.release()
        raise
    try:
        yield server
    finally:
        server.stop()


def _start(programs: Path, owned: Claim, *, data: Path, kept: bool, settings: Mapping[str, str]) -> Server:
    socket = _socket_directory(server_account())
    record = Record(data=str(data), socket=str(socket), kept=kept)
    owned.write(record)
    running = _launch(programs, record, owned, settings={**settings, "unix_socket_directories": str(socket)})
    try:
        record = msgspec.structs.replace(record, pid=running.pid, born=birth(running.pid) or "")
        owned.write(record)
        version = _wait_until_ready(running, record, owned.directory / "log")
    except BaseException:
        running.send(signal.SIGQUIT)
        running.wait(5.0)
        running.end()
        shutil.rmtree(socket, ignore_errors=True)
        raise
    return Server(running, record, claim=owned, programs=programs, version=version)


def _launch(programs: Path, record: Record, owned: Claim, *, settings: Mapping[str, str]) -> Running:
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    command = [str(programs / "postgres"), "-D", record.data, *options]
    environment = {**NOT_FOR_SERVERS, "LC_ALL": "C", "PGDATA": record.data}
    surroundings = Surroundings(account=server_account(), environment=environment)
    with (owned.directory / "log").open("wb") as log:
        return spawn(command, surroundings, output=log, errors=log)


def _wait_until_ready(running: Running, record: Record, log: Path) -> str:
    """Ask for a connection until there is one (``pg_ctl -w`` looks ten times a second)."""
    conninfo = _target(record).conninfo
    end = monotonic() + _START_TIMEOUT_S
    while monotonic() < end:
        if running.status() is not None:
            break
        try:
            with psycopg.connect(conninfo, connect_timeout=5) as connection:
                return (connection.info.parameter_status("server_version") or "").split()[0]
        except psycopg.OperationalError:
            sleep(_POLL_S)
    raise Unavailable(f"The disposable PostgreSQL server did not start: {_last_words(log)}")


def _last_words(log: Path) -> str:
    lines = log.read_text("utf-8", "replace").splitlines()
    severe = [line for line in lines if "FATAL:" in line or "PANIC:" in line]
    # What was said to us while we asked for a connection is no reason.
    telling = [line for line in severe if "the database system is" not in line] or severe or lines
    return telling[-1].strip() if telling else "it said nothing."


def _settings(*, durable: bool, given: Mapping[str, str]) -> dict[str, str]:
    ours = {**_ALWAYS, **({} if durable else _THROW_AWAY)}
    if "wal_level" in given:  # whoever wants more than the minimum wants to send it, too
        ours.pop("max_wal_senders", None)
    return {**ours, **given}


def _target(record: Record) -> Target:
    # What is left out comes from PGHOSTADDR, PGOPTIONS or a service file, and those are meant for another
    # server: an address would even lead there.
    conninfo = f"host={record.socket} port=5432 user=postgres dbname=postgres hostaddr='' options=''"
    return Target(name="disposable", conninfo=conninfo)


def _socket_directory(account: Account | None) -> Path:
    # A socket's path may have about 100 characters, which the temporary directory of macOS alone can exceed.
    parent = "/tmp" if Path("/tmp").is_dir() else None
    directory = Path(tempfile.mkdtemp(prefix="pgassay", dir=parent))
    if account is not None:
        os.chown(directory, account.uid, account.gid)
    return directory
