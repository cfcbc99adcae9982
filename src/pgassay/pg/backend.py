"""The server's process behind a connection, where it is one of this machine, and what the system knows of it.

The number that a server gives its process means nothing here if it runs elsewhere, in another container, or
behind a proxy. So a process is only taken for it where nothing else can be: it has that number in our own
numbering, it started when the server says, and the kernel says that it is at the other end. For a Unix
socket that is so if its parent is who listens there; for TCP, if both ends have one address, the server
sees the port that we have, and so does the title of the process. In all other cases there is none.
"""

import os
import socket
import struct
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from pgassay.pg.clock import now, since_boot
from pgassay.pg.connection import Connection

ABOUT = (
    "set local role none; select extract(epoch from (select backend_start"
    " from pg_catalog.pg_stat_get_activity(pg_catalog.pg_backend_pid())))::double precision,"
    " pg_catalog.inet_client_port(), pg_catalog.has_function_privilege("
    "session_user, 'pg_catalog.pg_get_backend_memory_contexts()', 'execute')"
)
"""Asks a server for the row that :func:`told` reads; to be sent behind another statement, in one message.

As whoever logged in, since that role sees its own session.
"""
_STARTED_WITHIN_S = 1.0
_CREDENTIALS = struct.Struct("3i")
_NANOSECOND_S = 1e-9
_GRAINS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a server says of the process that serves a connection.

    ``started`` is in seconds of the Unix epoch, ``None`` where the server does not say; ``port`` is the
    client's as the server sees it, ``None`` for a Unix socket. ``shows_memory``: the role that logged in may
    ask what its session holds in memory.
    """

    pid: int
    started: float | None
    port: int | None
    shows_memory: bool


def told(pid: int, row: Sequence[object]) -> Told:
    """Read the row that :data:`ABOUT` asks for, whether in text or in values."""
    started, port, shows = row
    return Told(
        pid=pid,
        started=None if started is None else float(str(started)),
        port=None if port is None else int(str(port)),
        shows_memory=shows in (True, "t"),
    )


class LocalProcess:
    """A process of this machine, for as long as it lives: another one with its number is never read."""

    def __init__(self, directory: int) -> None:
        self._directory = directory
        self._clock, self._unit_s = _clock(directory)

    def tells(self, passed_s: float) -> bool:
        """Whether :meth:`cpu_s` is exact enough to tell how much of so many seconds was used."""
        return passed_s >= _GRAINS * self._unit_s

    def cpu_s(self) -> float | None:
        """Give the CPU time that it has used so far, in seconds; ``None`` when it is gone."""
        try:
            words = os.pread(self._clock, 1024, 0)
        except OSError:
            return None
        if self._unit_s == _NANOSECOND_S:
            return int(words.split(maxsplit=1)[0]) * self._unit_s
        fields = _behind_name(words)
        return (int(fields[11]) + int(fields[12])) * self._unit_s

    def peak_mb(self) -> float | None:
        """Give the largest resident set that it ever had, in MB; ``None`` when it is gone."""
        with suppress(OSError):
            kilobytes = _status(self._directory).get("VmHWM", "").split()
            return int(kilobytes[0]) / 1024 if kilobytes else None
        return None

    def close(self) -> None:
        """Stop watching it; may be called again."""
        for descriptor in (self._clock, self._directory):
            if descriptor >= 0:
                os.close(descriptor)
        self._clock = self._directory = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """What serves a connection: ``pooled``, a session not ours alone; ``process``, one of this machine."""

    pooled: bool = False
    process: LocalProcess | None = None

    def close(self) -> None:
        """Stop watching the process; may be called again."""
        if self.process is not None:
            self.process.close()


def look_behind(connection: Connection) -> Behind:
    """Find out what serves a connection that is in no transaction.

    Raises:
        Connection.Error: it does not answer.
    """
    ((pid,),) = connection.execute("select pg_catalog.pg_backend_pid()").fetchall()
    if pid != connection.info.backend_pid:
        return Behind(pooled=True)
    try:
        cursor = connection.execute(ABOUT)
    except Connection.Error:  # a role that may not even see its own session
        return Behind()
    while cursor.nextset():
        pass
    ((*row,),) = cursor.fetchall()
    return Behind(process=find_process(connection.fileno(), told(pid, row)))


def find_process(descriptor: int, said: Told) -> LocalProcess | None:
    """Give the process behind a connection's socket, if it is one of this machine for certain."""
    if said.started is None:
        return None
    try:
        directory = os.open(f"/proc/{said.pid}", os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return None
    try:
        with socket.socket(fileno=os.dup(descriptor)) as line:
            if _is_it(directory, line, said, started=said.started):
                return LocalProcess(directory)
    except (OSError, ValueError, IndexError):
        pass  # what cannot be read, or reads otherwise than on Linux, proves nothing
    os.close(directory)
    return None


def _is_it(directory: int, line: socket.socket, said: Told, *, started: float) -> bool:
    fields = _behind_name(_read(directory, "stat"))
    parent, born = int(fields[1]), int(fields[19]) / os.sysconf("SC_CLK_TCK")
    if _status(directory).get("NSpid", "").split() != [str(said.pid)]:
        return False
    if abs(now().timestamp() - since_boot() + born - started) > _STARTED_WITHIN_S:
        return False
    if line.family == socket.AF_UNIX:
        return _listener(line) == parent
    own, other = line.getsockname(), line.getpeername()
    if own[0] != other[0] or own[1] != said.port:
        return False
    return f"({said.port})" in _title(directory)


def _listener(line: socket.socket) -> int:
    """Give the number of the process that listens at the other end, in our own numbering."""
    found = line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    return int(_CREDENTIALS.unpack(found)[0])


def _title(directory: int) -> str:
    title = _read(directory, "cmdline").decode(errors="replace")
    return title if title.startswith("postgres: ") else ""


def _clock(directory: int) -> tuple[int, float]:
    """Open what says how long it ran: to the nanosecond where the kernel keeps that, else in ticks."""
    with suppress(FileNotFoundError):
        exact = os.open("schedstat", os.O_RDONLY, dir_fd=directory)
        if os.pread(exact, 1024, 0).split()[:1] not in ([b"0"], []):
            return exact, _NANOSECOND_S
        os.close(exact)
    return os.open("stat", os.O_RDONLY, dir_fd=directory), 1 / os.sysconf("SC_CLK_TCK")


def _status(directory: int) -> dict[str, str]:
    lines = _read(directory, "status").decode(errors="replace").splitlines()
    return {name: value for name, _, value in (line.partition(":") for line in lines)}


def _read(directory: int, name: str) -> bytes:
    descriptor = os.open(name, os.O_RDONLY, dir_fd=directory)
    try:
        return os.read(descriptor, 65536)
    finally:
        os.close(descriptor)


def _behind_name(stat: bytes) -> list[bytes]:
    """Give the fields of a process's line from its state on; its name may have anything in it."""
    return stat.rpartition(b")")[2].split()
