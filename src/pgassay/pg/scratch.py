"""Directories that come and go with a piece of work, where a disposable server may have its data.

A directory's name ends in the signature of its process; a later run removes those of dead ones. Servers
that run in one are stopped first, which is :mod:`pgassay.pg.leftovers`'s task.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from pgassay.pg.account import Account, server_account, writable_place
from pgassay.pg.leftovers import stop_leftovers
from pgassay.pg.ownership import is_orphan, signature


@contextmanager
def scratch_directory(purpose: str) -> Iterator[Path]:
    """Make a directory that belongs to the account of servers; remove it when the block is left.

    Raises:
        Unavailable: no directory can be had.
    """
    account = server_account()
    directory = _parent(account) / f"{purpose}_{uuid4().hex[:8]}_{signature()}"
    directory.mkdir(mode=0o700)
    try:
        if account is not None:
            os.chown(directory, account.uid, account.gid)
        yield directory
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def sweep_scratch() -> tuple[str, ...]:
    """Stop the servers and remove the directories of dead processes; give the directories' names.

    Raises:
        Unavailable: no directory can be had.
    """
    account = server_account()
    stop_leftovers(writable_place(None, account))
    found = [each for each in _parent(account).iterdir() if is_orphan(each.name)]
    for each in found:
        shutil.rmtree(each, ignore_errors=True)
    return tuple(sorted(each.name for each in found))


def _parent(account: Account | None) -> Path:
    parent = writable_place(None, account) / "scratch"
    parent.mkdir(exist_ok=True, mode=0o711)
    return parent
