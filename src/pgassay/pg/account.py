"""As whom a disposable server runs, and where its files (and pgassay's own) may lie.

PostgreSQL refuses to run as root. When pgassay is root, its servers run as an ordinary account, and
their programs and files must lie where that account may go: not below ``/root``, for example.
"""

import os
import pwd
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

from pgassay.model.errors import Unavailable

_CANDIDATES = ("postgres", "nobody")
"""Accounts that run servers when pgassay is root; initdb wants one that the system knows by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An operating system user."""

    name: str
    uid: int
    gid: int


def server_account() -> Account | None:
    """Give the account that a server must run as; ``None``: the one that pgassay runs as.

    Raises:
        Unavailable: pgassay is root and the system has no ordinary account for servers.
    """
    if os.geteuid() != 0:
        return None
    for name in _CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name=name, uid=entry.pw_uid, gid=entry.pw_gid)
    raise Unavailable(
        f"PostgreSQL refuses to run as root, and no account {' or '.join(_CANDIDATES)} is there to run it.",
        remedy="Run pgassay as an ordinary user.",
    )


def writable_place(cache: Path | None, account: Account | None) -> Path:
    """Give the directory for what pgassay keeps on this machine, made if it was not there.

    This is the cache wherever it can be written and the account, if any, may enter it. Otherwise it is
    a directory that only we may write.

    Raises:
        Unavailable: no directory can be had.
    """
    tried: list[str] = []
    for directory in _places(cache):
        try:
            directory.mkdir(parents=True, exist_ok=True, mode=0o711)
            if _is_ours(directory) and (account is None or reachable(directory, account)):
                return directory
        except OSError:
            pass
        tried.append(str(directory))
    raise Unavailable(f"There is no directory that pgassay may write; it tried {', '.join(tried)}.")


def reachable(path: Path, account: Account) -> bool:
    """Tell whether the account may enter a directory: it and all directories above."""
    return all(_may_enter(directory, account) for directory in (path, *path.resolve().parents))


def _places(cache: Path | None) -> Iterator[Path]:
    if cache is not None:
        yield cache
    elif _owned(Path.home()):  # under sudo, root must not leave its files in another user's home
        yield user_cache_path("pgassay")
    if os.geteuid() == 0:
        yield Path("/var/cache/pgassay")
    yield Path(tempfile.gettempdir()) / f"pgassay-{os.geteuid()}"


def _is_ours(directory: Path) -> bool:
    # In a directory that somebody else owns (or a link of theirs) they could swap our programs for theirs.
    open_to_all = directory.stat().st_mode & stat.S_IWOTH
    return _owned(directory) and not open_to_all and os.access(directory, os.W_OK)


def _owned(path: Path) -> bool:
    try:
        return path.lstat().st_uid == path.stat().st_uid == os.geteuid()
    except OSError:
        return False


def _may_enter(directory: Path, account: Account) -> bool:
    info = directory.stat()
    if info.st_uid == account.uid:
        return bool(info.st_mode & stat.S_IXUSR)
    if info.st_gid == account.gid:
        return bool(info.st_mode & stat.S_IXGRP)
    return bool(info.st_mode & stat.S_IXOTH)
