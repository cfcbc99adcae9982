"""Servers and databases for tests.

``server18`` and ``server15`` are disposable servers of one version, ``server`` is each of them in turn;
``bare_server`` is the same without what other tests leave in a whole cluster: roles. ``database`` is a
fresh, empty database on ``server``, ``pgtap_database`` one that has pgTAP in the schema ``pgtap``, which is
on the database's search path. The marker ``pg(">= 16")`` limits a test to versions.
"""

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict

from pgassay.pg import pgtap
from pgassay.pg.cluster import Server
from pgassay.pg.connection import Connection, connect, sql
from pgassay.pg.target import Target
from versions import VERSIONS, start

DEBIAN_15 = Path("/usr/lib/postgresql/15/bin")

needs_15 = pytest.mark.skipif(
    not DEBIAN_15.is_dir(), reason="PostgreSQL 15 is not installed (apt-get install postgresql-15)"
)

_COMPARE: dict[str, Callable[[int, int], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    "==": operator.eq,
    "<": operator.lt,
    ">": operator.gt,
}
_numbers = count(1)


Running = Callable[[str], Server]


@pytest.fixture(scope="session")
def running() -> Iterator[Running]:
    """Give the server of a version that all tests share; it is started when it is asked for."""
    with ExitStack() as servers:
        yield cache(lambda version: servers.enter_context(fresh_server(version)))


@pytest.fixture(scope="session")
def server18(running: Running) -> Server:
    """The PostgreSQL of the embedded wheel."""
    return running("18")


@pytest.fixture(scope="session")
def server15(running: Running) -> Server:
    """Debian's PostgreSQL 15, where it is installed."""
    return running("15")


@pytest.fixture(scope="session", params=VERSIONS)
def server(request: pytest.FixtureRequest, running: Running) -> Server:
    """A server of each version."""
    return running(request.param)


@pytest.fixture(scope="module", params=VERSIONS)
def bare_server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """A server of each version on which no other test has made roles."""
    with fresh_server(request.param) as server:
        yield server


def fresh_server(
    version: str, *, settings: Mapping[str, str] | None = None
) -> AbstractContextManager[Server]:
    """Start a server of its own, stopped at the end of the block; skip the test where it cannot be had."""
    return start(version, settings=settings)


@pytest.fixture(autouse=True)
def _only_its_versions(request: pytest.FixtureRequest) -> None:
    marker = request.node.get_closest_marker("pg")
    used = [name for name in ("server", "server18", "server15") if name in request.fixturenames]
    if marker is None or not used:
        return
    version = request.getfixturevalue(used[0]).version
    if not fits(int(version.split(".")[0]), marker.args[0]):
        pytest.skip(f"needs PostgreSQL {marker.args[0]}, this is {version}")


@pytest.fixture
def database(server: Server) -> Iterator[Target]:
    """A fresh, empty database, dropped after the test."""
    with fresh_database(server) as target:
        yield target


@pytest.fixture(scope="session")
def pgtap_template(server: Server) -> Iterator[str]:
    """The name of a database with pgTAP, to copy; made once for each server."""
    with fresh_database(server) as target:
        with connect(target) as connection:
            pgtap.ensure(connection, schema="pgtap")
        yield _name(target)


@pytest.fixture
def pgtap_database(server: Server, pgtap_template: str) -> Iterator[Target]:
    """A fresh database with pgTAP, dropped after the test."""
    with fresh_database(server, template=pgtap_template) as target:
        setting = sql.SQL("alter database {} set search_path to {}, public, pgtap")
        with connect(server.target) as connection:
            connection.execute(setting.format(sql.Identifier(_name(target)), sql.Identifier("$user")))
        yield target


def _name(target: Target) -> str:
    return str(conninfo_to_dict(target.conninfo)["dbname"])


@contextmanager
def fresh_database(server: Server, *, template: str = "template0") -> Iterator[Target]:
    """Create a database, and drop it at the end of the block, whoever is still connected."""
    with new_database(server.target, f"test_{next(_numbers)}", template=template) as target:
        yield target


@contextmanager
def new_database(
    server: Target, name: str, *, template: str, owner: str = "", encoding: str = ""
) -> Iterator[Target]:
    """Create a database of this name, and drop it at the end of the block, whoever is still connected."""
    with connect(server) as connection:
        create_database(connection, name, template=template, owner=owner, encoding=encoding)
        try:
            yield server.with_database(name)
        finally:
            connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


def create_database(
    connection: Connection, name: str, *, template: str, owner: str = "", encoding: str = ""
) -> None:
    """Create a database in the fastest way that the server has; where its ``encoding`` is told, in C."""
    chooses = connection.info.server_version >= 15_00_00  # before, locales were those of the system
    words: list[sql.Composable] = [
        sql.SQL("create database {} template {}").format(sql.Identifier(name), sql.Identifier(template))
    ]
    if owner:
        words.append(sql.SQL("owner {}").format(sql.Identifier(owner)))
    if encoding:
        words.append(sql.SQL("encoding {} lc_collate 'C' lc_ctype 'C'").format(sql.Literal(encoding)))
    if encoding and chooses:
        words.append(sql.SQL("locale_provider libc"))
    if chooses:
        words.append(sql.SQL("strategy file_copy"))
    connection.execute(sql.SQL(" ").join(words))


@pytest.fixture(params=["LATIN1", "SQL_ASCII"])
def other_encoding(server: Server, request: pytest.FixtureRequest) -> Iterator[Target]:
    """A fresh database in another encoding than UTF-8."""
    with encoded_database(server, request.param) as target:
        yield target


def encoded_database(server: Server, encoding: str) -> AbstractContextManager[Target]:
    """Create a database in an encoding, and drop it at the end of the block."""
    name = f"test_other_{next(_numbers)}"
    return new_database(server.target, name, template="template0", encoding=encoding)


def fits(major: int, versions: str) -> bool:
    """Tell whether a version is within limits like ``>= 15`` or ``>= 15, < 18``."""
    for limit in versions.split(","):
        match = re.fullmatch(r"\s*(>=|<=|==|<|>)\s*(\d+)\s*", limit)
        if match is None:
            raise pytest.UsageError(f"pg({versions!r}) is not a list of limits like '>= 15'")
        if not _COMPARE[match[1]](major, int(match[2])):
            return False
    return True
