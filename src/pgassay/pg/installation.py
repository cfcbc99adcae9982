"""A PostgreSQL installation where a server's account may go.

When pgassay is root, its Python packages may lie below ``/root``, where no other account may enter.
The installation is then copied once to a place where it may.
"""

import hashlib
import shutil
import tempfile
from pathlib import Path

from pgassay.model.errors import Unavailable
from pgassay.pg.account import Account, reachable
from pgassay.pg.filelock import locked
from pgassay.pg.process import run

_TIMEOUT_S = 120.0


def within_reach(programs: Path, place: Path, account: Account | None) -> Path:
    """Give the ``bin`` directory itself, or that of a copy below ``place``.

    Raises:
        Unavailable: there is no server among the programs, or the copy failed.
    """
    server = programs / "postgres"
    if not server.exists():
        raise Unavailable(f"There is no PostgreSQL server in {programs}.")
    if account is None or reachable(server, account):
        return programs
    return _copied(programs.parent, place) / programs.name


def _copied(installation: Path, place: Path) -> Path:
    copies = place / "programs"
    copies.mkdir(exist_ok=True, mode=0o711)
    copy = copies / _key(installation)
    inside = copy / installation.parent.name / installation.name
    with locked(copies / ".lock"):
        if not copy.exists():
            _make(installation, copies, copy)
    return inside


def _key(installation: Path) -> str:
    info = (installation / "bin" / "postgres").stat()
    return hashlib.sha256(f"{installation}|{info.st_size}|{info.st_mtime_ns}".encode()).hexdigest()[:16]


def _make(installation: Path, copies: Path, copy: Path) -> None:
    for rest in copies.glob(".copy*"):  # of one who was killed here; we hold the lock
        shutil.rmtree(rest, ignore_errors=True)
    fresh = Path(tempfile.mkdtemp(prefix=".copy", dir=copies))
    package = installation.parent
    _copy(installation, fresh / package.name)
    libraries = package.with_name(f"{package.name}.libs")  # where wheels keep them, found by relative path
    if libraries.is_dir():
        _copy(libraries, fresh)
    _must(["chmod", "-R", "a+rX", str(fresh)])
    fresh.rename(copy)


def _copy(directory: Path, into: Path) -> None:
    into.mkdir(exist_ok=True)
    _must(["cp", "-Rp", str(directory), str(into)])


def _must(command: list[str]) -> None:
    finished = run(command, timeout_s=_TIMEOUT_S)
    if finished.status != 0:
        raise Unavailable(f"Cannot copy PostgreSQL to where its account may use it: {finished.complaint}")
