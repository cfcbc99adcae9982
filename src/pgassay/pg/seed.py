"""Fresh data directories: initdb once for each build of PostgreSQL, a copy from then on.

The copies share their blocks with the original where the file system can do that. Starting a server
on one is :mod:`pgassay.pg.cluster`'s task.
"""

import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pgassay.model.errors import Unavailable
from pgassay.pg.account import Account, reachable
from pgassay.pg.filelock import locked
from pgassay.pg.process import Surroundings, run

NOT_FOR_SERVERS: Mapping[str, None] = dict.fromkeys(("PGPORT", "PGDATESTYLE", "PGCLIENTENCODING", "PGTZ"))
"""What is meant for clients, and heeded by a server that is started: its port would be another one's."""

_FORMAT = 1
"""Part of a seed's name: raise it when initdb's options change."""

_TIMEOUT_S = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """Which fresh cluster: made by these programs, kept below this place, owned by this account."""

    programs: Path
    place: Path
    account: Account | None


def copy_seed(seed: Seed, data: Path, *, sync: bool) -> None:
    """Fill ``data`` (not there yet, or empty) with a fresh cluster; ``sync`` also forces it to disk.

    Raises:
        Unavailable: initdb or the copy failed; the sentence says why.
    """
    original = _ready(seed)
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    _give(data, seed.account)
    if seed.account is not None and not reachable(data, seed.account):
        raise Unavailable(
            f"The server would run as {seed.account.name}, who may not enter {data}.",
            remedy="Choose a directory that is not below a private one, or run pgassay as an ordinary user.",
        )
    _copy(original, data, seed.account)
    if sync:
        command = [str(seed.programs / "initdb"), "--sync-only", "-D", str(data)]
        _run(command, seed.account, failed=f"Cannot write {data} to disk")


def _ready(seed: Seed) -> Path:
    seeds = seed.place / "seeds"
    seeds.mkdir(exist_ok=True, mode=0o711)
    directory = seeds / _key(seed.programs, seed.account)
    if not directory.exists():
        with locked(seeds / f"{directory.name}.lock"):
            if not directory.exists():
                _make(seed.programs, directory, seed.account)
    return directory


def _key(programs: Path, account: Account | None) -> str:
    """Name a build: the version as it calls itself, and the size of the server, which differs by build."""
    version = run([programs / "postgres", "--version"], timeout_s=_TIMEOUT_S).stdout.decode().strip()
    size = (programs / "postgres").stat().st_size
    owner = account.uid if account else os.geteuid()
    digest = hashlib.sha256(f"{version}|{size}|{owner}|{_FORMAT}".encode()).hexdigest()
    return f"{version.split(') ')[-1].split()[0]}-{digest[:12]}"


def _make(programs: Path, seed: Path, account: Account | None) -> None:
    for rest in seed.parent.glob(f".{seed.name}.*"):  # of one who was killed here; we hold the lock
        shutil.rmtree(rest, ignore_errors=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{seed.name}.", dir=seed.parent))
    _give(fresh, account)
    try:
        _initdb(programs, fresh, account)
        fresh.rename(seed)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _initdb(programs: Path, data: Path, account: Account | None) -> None:
    common = [
        "-D",
        str(data),
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-sync",
        "--no-instructions",
    ]
    complaint = ""
    for locale in _LOCALES:
        command = [programs / "initdb", *common, *locale]
        surroundings = Surroundings(
            account=account, environment={**NOT_FOR_SERVERS, "LC_ALL": "C", "TZ": "UTC"}
        )
        finished = run(command, surroundings, timeout_s=_TIMEOUT_S)
        if finished.status == 0:
            return
        complaint = finished.complaint
    raise Unavailable(f"initdb failed: {complaint}")


_LOCALES = (
    ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
    ("--locale=C.UTF-8",),
    ("--locale=C",),
)
"""From the one that is the same on every machine (PostgreSQL 17 on) to the one that always works.

initdb leaves an empty directory behind when it fails, so the next can be tried.
"""


def _copy(original: Path, data: Path, account: Account | None) -> None:
    sharing = ["-cRp"] if sys.platform == "darwin" else ["-a", "--reflink=auto"]
    source = f"{original}/."
    finished = run(["cp", *sharing, source, data], Surroundings(account=account), timeout_s=_TIMEOUT_S)
    if finished.status != 0:  # a cp that does not know how to share, perhaps
        _run(["cp", "-Rp", source, data], account, failed=f"Cannot copy a fresh database cluster to {data}")


def _run(command: Sequence[str | Path], account: Account | None, *, failed: str) -> None:
    finished = run(command, Surroundings(account=account), timeout_s=_TIMEOUT_S)
    if finished.status != 0:
        raise Unavailable(f"{failed}: {finished.complaint}")


def _give(path: Path, account: Account | None) -> None:
    if account is not None:
        os.chown(path, account.uid, account.gid)
