"""What a disposable server leaves behind when pgassay is killed, and how the next run clears it away.

Each server has a directory, and its owner holds a lock on a file in it. The kernel releases that lock
when the owner ends, however it ends; so a directory whose lock can be had has lost its owner. Process
numbers are reused: a server is only signalled when it started at the moment that was written down, or,
killed before that was written, when it runs in the very data directory.
"""

import fcntl
import os
import shutil
import signal
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import sleep

import msgspec

from pgassay.pg.clock import monotonic
from pgassay.pg.filelock import locked
from pgassay.pg.identity import birth

_PATIENCE_S = 10.0


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What is written down about a server: ``pid`` is 0 and ``born`` empty until it has started.

    ``kept``: its data was given by the user, and outlives the server.
    """

    data: str
    socket: str
    kept: bool
    pid: int = 0
    born: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A server's directory and the lock that shows that its owner lives."""

    directory: Path
    descriptor: int

    def write(self, record: Record) -> None:
        """Write the record down, whole or not at all."""
        fresh = self.directory / ".server.json"
        fresh.write_bytes(msgspec.json.encode(record))
        fresh.replace(self.directory / "server.json")

    def release(self) -> None:
        """Remove the directory, then the lock."""
        shutil.rmtree(self.directory, ignore_errors=True)
        os.close(self.descriptor)


def claim(place: Path) -> Claim:
    """Make a directory for one server, below ``place/servers``, with a lock on it."""
    with locked(_servers(place) / ".lock"):
        directory = Path(tempfile.mkdtemp(prefix="s", dir=_servers(place)))
        directory.chmod(0o711)
        descriptor = os.open(directory / "owner", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return Claim(directory=directory, descriptor=descriptor)


def stop_leftovers(place: Path) -> int:
    """Stop every server whose owner is dead and remove its files; say how many directories that were."""
    with locked(_servers(place) / ".lock"):  # nobody is between making a directory and locking it
        orphans = [found for path in _servers(place).iterdir() if (found := _take(path)) is not None]
    for orphan in orphans:
        _clear(orphan)
    return len(orphans)


def _servers(place: Path) -> Path:
    directory = place / "servers"
    directory.mkdir(parents=True, exist_ok=True, mode=0o711)
    return directory


def _take(directory: Path) -> Claim | None:
    if not directory.is_dir():
        return None
    try:
        descriptor = os.open(directory / "owner", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        return None  # gone meanwhile
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return Claim(directory=directory, descriptor=descriptor)


def _clear(orphan: Claim) -> None:
    with suppress(OSError, msgspec.DecodeError):  # killed before the record was written: nothing runs
        record = msgspec.json.decode((orphan.directory / "server.json").read_bytes(), type=Record)
        _stop(record)
        shutil.rmtree(record.socket, ignore_errors=True)
    orphan.release()


def _stop(record: Record) -> None:
    pid = _living(record)
    if pid is None:
        return
    for number in (signal.SIGINT if record.kept else signal.SIGQUIT, signal.SIGQUIT, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.kill(pid, number)
        if _ended(pid):
            return


def _living(record: Record) -> int | None:
    if record.pid:
        return record.pid if birth(record.pid) == record.born else None
    pid = _postmaster(Path(record.data))
    return pid if pid is not None and _runs_in(pid, Path(record.data)) else None


def _postmaster(data: Path) -> int | None:
    try:
        return int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def _runs_in(pid: int, data: Path) -> bool:
    try:
        return Path(f"/proc/{pid}/cwd").resolve(strict=True) == data.resolve()
    except OSError:
        return False


def _ended(pid: int) -> bool:
    end = monotonic() + _PATIENCE_S
    while birth(pid) is not None:
        if monotonic() > end:
            return False
        sleep(0.02)
    return True
