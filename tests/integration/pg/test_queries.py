"""Every named query runs unchanged in psql, and gives there what it gives over a connection."""

from importlib.resources import files

import pytest

from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect
from pgassay.pg.process import Surroundings, run
from pgassay.pg.query import load, major_version, rows
from pgassay.pg.target import Target

_VALUES = {
    "source": "postgres",
    "schema": "pg_catalog",
    "lock_timeout": "100ms",
    "statement_timeout": "0",
    "patience_ms": "10",
    "sessions": "{}",
    "ignored": "{pg_catalog}",
}
_FOLDER = files("pgassay.pg").joinpath("sql")
_NAMES = sorted({path.name.split(".")[0] for path in _FOLDER.iterdir()})


@pytest.mark.parametrize("name", _NAMES)
def test_it_runs_unchanged_in_psql(server: Server, database: Target, name: str) -> None:
    with connect(database) as connection:
        query = load("pgassay.pg", name, major=major_version(connection))
        here = rows(connection, query, **_VALUES)
    text = next(
        text
        for path in _FOLDER.iterdir()
        for text in [path.read_text("utf-8")]
        if path.name.split(".")[0] == name and all(f"-- {k}: {v}" in text for k, v in query.header.items())
    )
    settings = [word for key, value in _VALUES.items() for word in ("-v", f"{key}={value}")]
    flags = ["--no-psqlrc", "--quiet", "-At", "-R", "\x1e", "-v", "ON_ERROR_STOP=1", *settings, "-f", "-"]
    conninfo, secrets = database.for_programs
    command = [str(server.bin / "psql"), *flags, "-d", conninfo]
    finished = run(command, Surroundings(environment=secrets), text=text.encode(), timeout_s=30)
    assert finished.status == 0, finished.complaint
    there = [row for row in finished.stdout.decode().rstrip("\n").split("\x1e") if row]
    assert len(there) == len([row for row in here if any(row)])
