"""A server whose disk is full stops, and clones and restored backups need as much room as the database.

PostgreSQL does not say how full its disk is. It is seen where pgassay runs on the server's own machine
and is connected by its socket; elsewhere it is for whoever runs the server to look. Tablespaces and a
WAL directory on other disks are not seen.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

from pgassay.checks.contract import Ground
from pgassay.model.check import Area, Finding, Level, Parameter, ParameterKind

TITLE = "Room on the server's disk"
LEVEL = Level.FAILED
AREAS = (Area.PREFLIGHT,)
HELP = "Make room, or give the server a larger disk: df -h {object}"
PARAMETERS = (
    Parameter(
        name="warning_percent",
        default="15",
        kind=ParameterKind.NUMBER,
        help="percent of the disk below which there is a warning",
    ),
    Parameter(
        name="failed_percent",
        default="5",
        kind=ParameterKind.NUMBER,
        help="percent of the disk below which it is a failure",
    ),
)

_ASK = (
    "select pg_catalog.current_setting('data_directory'),"
    " pg_catalog.current_setting('unix_socket_directories'),"
    " pg_catalog.pg_database_size(pg_catalog.current_database())"
)
_GIB = 1024**3


def examine(ground: Ground) -> Iterator[Finding]:
    """Look at the disk, where it is ours to see."""
    wire = ground.opening.wire
    assert wire is not None, "there is a server"
    (reply,) = ground.ask(_ASK)
    if reply.error is not None:
        yield _unseen(ground, reply.error.message)
        return
    data, sockets, size = (each or "" for each in reply.rows[0])
    if wire.identity["HOST"] not in [each.strip() for each in sockets.split(",")]:
        yield _unseen(ground, "the server is reached over a network, and does not say it")
        return
    try:
        disk = shutil.disk_usage(Path(data))
    except OSError as error:
        yield _unseen(ground, f"{data}: {error.strerror}")
        return
    percent = 100 * disk.free / disk.total
    level = Level.PASSED
    if percent < float(ground.values["failed_percent"]):
        level = Level.FAILED
    elif percent < float(ground.values["warning_percent"]) or disk.free < int(size):
        level = Level.WARNING
    detail = f"{disk.free / _GIB:,.1f} GiB of {disk.total / _GIB:,.1f} GiB are free ({percent:.0f} %)"
    if disk.free < int(size):
        detail += ", less than a copy of this database takes"
    yield ground.finding(data, level, detail, free_bytes=disk.free, database_bytes=int(size))


def _unseen(ground: Ground, why: str) -> Finding:
    return ground.finding("disk", Level.NOT_VERIFIED, why, "Look on the server: df -h")
