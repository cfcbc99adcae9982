"""A server laid out as a hosted Supabase project's, with a ``postgres`` who is no superuser.

``supabase`` is a fresh project on such a server, of each version. The layout is in ``cases/supabase``: roles
that are made once for a server, the platform's schemas as a database to copy, a small project that is in
order, and faults to plant in it. What the hosted servers have and ours have not: the extensions that are not
installed here, and the services around the database.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from fix_server import create_database, fresh_server, new_database
from pgassay.pg.connection import connect
from pgassay.pg.target import Target
from pgassay.suite.load import load_scripts
from versions import VERSIONS

CASES = Path(__file__).parent / "cases" / "supabase"
_TEMPLATE = "hosted"
_SETTINGS = {"wal_level": "logical", "shared_preload_libraries": "pg_stat_statements"}
_numbers = count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A database as its owner reaches it (``target``), and as only the platform does (``admin``)."""

    target: Target
    admin: Target
    major: int

    def play(self, name: str) -> None:
        """Run a script of ``cases/supabase`` as the project's owner."""
        load_scripts(self.target, (CASES / name,), {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """A server whose superuser is ``supabase_admin``; ``admin`` is him, in the database ``postgres``."""

    admin: Target
    major: int


@pytest.fixture(scope="session", params=[each for each in VERSIONS if int(each) >= 15])
def supabase_platform(request: pytest.FixtureRequest) -> Iterator[Platform]:
    """A server of each version with the roles, and the database to copy."""
    with fresh_server(request.param, settings=_SETTINGS) as server:
        yield Platform(admin=_lay_out(server.target), major=int(server.version.split(".")[0]))


@pytest.fixture
def supabase(supabase_platform: Platform) -> Iterator[Project]:
    """A fresh project without any table of its own, dropped after the test."""
    with project_database(supabase_platform.admin, f"project_{next(_numbers)}", template=_TEMPLATE) as admin:
        owner = admin.changed({"user": "postgres"})
        yield Project(target=owner, admin=admin, major=supabase_platform.major)


def _lay_out(superuser: Target) -> Target:
    with connect(superuser) as connection:
        connection.execute("create role installer superuser login")
    load_scripts(superuser.changed({"user": "installer"}), (CASES / "bootstrap.sql",), {})
    admin = superuser.changed({"user": "supabase_admin"})
    with connect(admin) as connection:
        connection.execute("drop role installer")
        create_database(connection, _TEMPLATE, template="template0", owner="postgres")
    load_scripts(admin.with_database(_TEMPLATE), (CASES / "platform.sql",), {})
    return admin


def project_database(admin: Target, name: str, *, template: str) -> AbstractContextManager[Target]:
    """Create a project's database, and drop it at the end of the block; give it as the platform sees it."""
    return new_database(admin, name, template=template, owner="postgres")
