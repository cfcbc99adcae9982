"""Whose a cloned database is, so that a later run can tell a dead owner's clones.

A clone has a signature in its name from its first moment on, and a mark in its comment soon after. Both say
which process on which machine made it; the mark also says when. A process of the same machine can be
looked for; of another machine's only the age is known.
"""

import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from os import getpid

import msgspec

from pgassay.pg.identity import birth, machine

_ABANDONED = timedelta(hours=24)
"""A clone from another machine that nobody uses is taken for a leftover when it is this old."""


_SIGNATURE = re.compile(r"([0-9a-f]{6})_(\d+)_([0-9a-f]{6})\Z")


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A clone's owner. ``pgassay_clone`` is the mark's format; ``comment`` is the source's own."""

    pgassay_clone: int = 1
    run: str
    machine: str
    pid: int
    born: str
    made: datetime
    comment: str | None = None


def signature() -> str:
    """Give the signature of this process, which the names of databases and sessions end in."""
    return _signature(getpid(), birth(getpid()) or "")


def is_orphan(name: str) -> bool:
    """Tell whether a name ends in the signature of a process of this machine that is gone for certain."""
    found = _SIGNATURE.search(name)
    if found is None or found[1] != _digest(machine()):
        return False
    return found[0] != _signature(int(found[2]), birth(int(found[2])) or "")


def mark(run: str, *, now: datetime, comment: str | None = None) -> Mark:
    """Give the mark of this process for a run."""
    process = getpid()
    born, made = birth(process) or "", now.astimezone(UTC)
    return Mark(run=run, machine=machine(), pid=process, born=born, made=made, comment=comment)


def write_mark(mark: Mark) -> str:
    """Give the text of a mark."""
    return msgspec.json.encode(mark).decode()


def read_mark(text: str) -> Mark | None:
    """Read a mark; ``None`` when it is no mark of ours."""
    try:
        return msgspec.json.decode(text, type=Mark)
    except msgspec.DecodeError:
        return None


def is_abandoned(mark: Mark, *, sessions: int, now: datetime) -> bool:
    """Tell whether the owner of a clone is gone for certain, as far as can be told from here."""
    if mark.machine == machine():
        return birth(mark.pid) != mark.born
    return sessions == 0 and now - mark.made > _ABANDONED


def _signature(process: int, born: str) -> str:
    return f"{_digest(machine())}_{process}_{_digest(born)}"


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:6]
