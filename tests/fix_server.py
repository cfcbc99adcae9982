"""Servers and databases for tests.

``server18`` and ``server15`` are disposable servers of one version, ``server`` is each of them in turn;
``bare_server`` is the same without what other tests leave in a whole cluster: roles. ``database`` is a
fresh, empty database on ``server``, ``pgtap_database`` one that has pgTAP in the schema ``pgtap``, which is
on the database's search path. The marker ``pg(">= 16")`` limits a test to versions.
"""

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict

from pgassay.pg import cluster, embedded, pgtap
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect, sql
from pgassay.pg.target import Target

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


@pytest.fixture(scope="session")
def server18() -> Iterator[Server]:
    """The PostgreSQL of the embedded wheel."""
    with fresh_server("18") as server:
        yield server


@pytest.fixture(scope="session")
def server15() -> Iterator[Server]:
    """Debian's PostgreSQL 15, where it is installed."""
    with fresh_server("15") as server:
        yield server


@pytest.fixture(scope="session", params=["15", "18"])
def server(request: pytest.FixtureRequest) -> Server:
    """A server of each version."""
    found = request.getfixturevalue(f"server{request.param}")
    assert isinstance(found, Server)
    return found


@pytest.fixture(scope="module", params=["15", "18"])
def bare_server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """A server of each version on which no other test has made roles."""
    with fresh_server(request.param) as server:
        yield server


def fresh_server(
    version: str, *, settings: Mapping[str, str] | None = None
) -> AbstractContextManager[Server]:
    """Start a server of its own, stopped at the end of the block; skip the test where it cannot be had."""
    if version == "18":
        return embedded.start(settings=settings)
    if not DEBIAN_15.is_dir():
        pytest.skip("PostgreSQL 15 is not installed (apt-get install postgresql-15)")
    return cluster.start(DEBIAN_15, settings=settings)


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
    name = f"test_{next(_numbers)}"
    create = sql.SQL("create database {} template {} strategy file_copy")
    with connect(server.target) as connection:
        connection.execute(create.format(sql.Identifier(name), sql.Identifier(template)))
        try:
            yield server.target.with_database(name)
        finally:
            connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


def fits(major: int, versions: str) -> bool:
    """Tell whether a version is within limits like ``>= 15`` or ``>= 15, < 18``."""
    for limit in versions.split(","):
        match = re.fullmatch(r"\s*(>=|<=|==|<|>)\s*(\d+)\s*", limit)
        if match is None:
            raise pytest.UsageError(f"pg({versions!r}) is not a list of limits like '>= 15'")
        if not _COMPARE[match[1]](major, int(match[2])):
            return False
    return True
