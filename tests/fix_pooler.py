"""PgBouncer between pgassay and its server, where it is installed.

``pooled`` gives a function that starts one in front of a server, in a mode of its own.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from fix_suite import until
from loopback import own_port
from pgassay.model.errors import Unavailable
from pgassay.pg.account import server_account
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect
from pgassay.pg.process import Surroundings, spawn
from pgassay.pg.target import Target

_PROGRAM = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
needs_pooler = pytest.mark.skipif(
    _PROGRAM is None, reason="PgBouncer is not installed (apt-get install pgbouncer)"
)
_SETTINGS = """
[databases]
* = host={host} port={port} user=postgres

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {listen}
unix_socket_dir =
auth_type = any
pool_mode = {mode}
default_pool_size = 5
logfile = {folder}/log
"""


class Pooler:
    """A PgBouncer; ``route`` leads through it."""

    def __init__(self, port: int) -> None:
        self._port = port

    def route(self, target: Target) -> Target:
        """Give the same database by way of the pooler."""
        conninfo = make_conninfo(target.conninfo, host="127.0.0.1", port=self._port)
        return Target(name=target.name, conninfo=conninfo)


@contextmanager
def pooler_to(server: Server, *, mode: str) -> Iterator[Pooler]:
    """Start a PgBouncer in front of a server; end it with the block."""
    assert _PROGRAM is not None
    account = server_account()
    with tempfile.TemporaryDirectory(prefix="pgassay-pooler") as name:
        folder = Path(name)
        listen = own_port()
        words = conninfo_to_dict(server.target.conninfo)
        settings = folder / "pgbouncer.ini"
        settings.write_text(
            _SETTINGS.format(host=words["host"], port=words["port"], listen=listen, mode=mode, folder=folder)
        )
        if account is not None:
            for each in (folder, settings):
                shutil.chown(each, account.uid, account.gid)
        with spawn([_PROGRAM, settings], Surroundings(account=account)):
            pooler = Pooler(listen)
            until(lambda: _answers(pooler.route(server.target)), what="the pooler answers")
            yield pooler


def _answers(target: Target) -> bool:
    try:
        with connect(target) as connection:
            return connection.execute("select 1").fetchall() == [(1,)]
    except Unavailable:
        return False
