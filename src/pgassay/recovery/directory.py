"""Where backups lie, how one gets its name, and what a killed one leaves behind.

A backup is written under a name that begins with a dot and ends in the signature of its process, and gets its
own name when it is whole: whatever has a name of its own is a backup.
"""

import os
import re
import shutil
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from platformdirs import user_data_path

from pgassay.model.backup import FileSum
from pgassay.model.errors import Unavailable
from pgassay.pg.ownership import is_orphan, signature

ARCHIVE = "archive"
GLOBALS = "globals.sql"
_PARTIAL = re.compile(r"\..+\.partial-[0-9a-f]{6}_\d+_[0-9a-f]{6}\Z")
_BLOCK = 1 << 20


def backups_directory(chosen: Path | None) -> Path:
    """Give the directory that backups are kept in, absolute: the one chosen, or the usual one."""
    return (chosen or user_data_path("pgassay") / "backups").expanduser().absolute()


def name_of(database: str, started_at: datetime, identity: UUID) -> str:
    """Give a backup's name: ``crm-20260801T120000Z-1f0c22ab``."""
    word = re.sub(r"[^A-Za-z0-9_-]+", "_", database)[:40]
    return f"{word}-{started_at:%Y%m%dT%H%M%SZ}-{identity.hex[:8]}"


def begin(directory: Path, name: str) -> Path:
    """Make a directory to write a backup into, which only its owner may enter.

    Raises:
        Unavailable: it cannot be made.
    """
    partial = directory / f".{name}.partial-{signature()}"
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        partial.mkdir(mode=0o700)
    except OSError as error:
        raise Unavailable(
            f"Backups cannot be kept in {directory}: {error.strerror}.",
            remedy="pgassay recover backup --to DIRECTORY, or the environment variable BACKUP_DIR",
        ) from error
    return partial


def publish(partial: Path, name: str) -> Path:
    """Give a backup that is whole its name, durably."""
    whole = partial.parent / name
    sync(partial)
    partial.rename(whole)
    sync(partial.parent)
    return whole


def sync(path: Path) -> None:
    """Have a file, or the names in a directory, survive a crash of the machine."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sweep_partial(directory: Path) -> tuple[str, ...]:
    """Remove what backups of dead processes left; give the names."""
    if not directory.is_dir():
        return ()
    found = [each for each in directory.iterdir() if _PARTIAL.match(each.name) and is_orphan(each.name)]
    for each in found:
        discard(each)
    return tuple(sorted(each.name for each in found))


def discard(directory: Path) -> None:
    """Remove a directory; what a program still puts there at this moment goes, too."""
    for _ in range(3):
        shutil.rmtree(directory, ignore_errors=True)
        if not directory.exists():
            return


def sums(directory: Path, *, leave_out: frozenset[str]) -> Iterator[FileSum]:
    """Give every file below a directory with its SHA-256, in the order of their paths."""
    for path in sorted(each for each in directory.rglob("*") if not each.is_dir()):
        name = path.relative_to(directory).as_posix()
        if name not in leave_out:
            yield FileSum(path=name, size=path.lstat().st_size, sha256=file_sha256(path))


def file_sha256(path: Path) -> str:
    """Give a file's SHA-256 in hexadecimal."""
    found = sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            found.update(block)
    return found.hexdigest()
