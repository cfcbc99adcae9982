"""Programs that are newer than the server: what they say to it that it does not know is no damage."""

import subprocess
from pathlib import Path
from threading import Event

import pytest

from fix_server import fresh_database
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect
from pgassay.pg.program import find_program
from pgassay.pg.target import Target
from pgassay.recovery.tools.program import Limits, ProgramFailed
from pgassay.recovery.tools.restore import Archive, Into, restore_section

LIMITS = Limits(stop=Event(), timeout_s=60.0)
SECTIONS = ("pre-data", "data", "post-data")
TOOL = 18


@pytest.fixture
def archive(server15: Server, tmp_path: Path) -> Archive:
    """A table with an index and three rows, saved by a pg_dump that is newer than its server."""
    with fresh_database(server15) as source:
        with connect(source) as connection:
            connection.execute("create table public.kept as select n from generate_series(1, 3) as n")
            connection.execute("create unique index on public.kept (n)")
        address, secrets = source.for_programs
        program = find_program("pg_dump", at_least=TOOL)
        directory = tmp_path / "archive"
        subprocess.run([program, "-Fd", "-f", directory, address], env=secrets, check=True)
    return Archive(directory=directory, tool=TOOL)


def _restore(archive: Archive, target: Target) -> None:
    for section in SECTIONS:
        restore_section(archive, section, Into(target=target, jobs=2, major=15), LIMITS)


def test_an_older_server_is_restored_into(archive: Archive, server15: Server) -> None:
    with fresh_database(server15) as target:
        _restore(archive, target)
        with connect(target) as connection:
            ((rows, indexes),) = connection.execute(
                "select count(*), (select count(*) from pg_indexes where tablename = 'kept') from public.kept"
            ).fetchall()
    assert (rows, indexes) == (3, 1)


def test_any_other_error_is_one(archive: Archive, server15: Server) -> None:
    with fresh_database(server15) as target:
        with connect(target) as connection:
            connection.execute("create table public.kept (n int)")
        with pytest.raises(ProgramFailed, match='"kept" already exists'):
            _restore(archive, target)
