"""Takes the base backup that a point-in-time recovery begins from: of the target itself, if that can be.

What can be done with a target is a matter of where it is and what the role may. Where its files cannot be
had, a server of ours stands in: that proves how PostgreSQL of this version does it, and nothing of the
target.
"""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from pgassay.model.recovery import RecoveryStep, StepResult
from pgassay.pg.clone import maker
from pgassay.pg.cluster import Server
from pgassay.pg.connection import Connection, connect
from pgassay.pg.program import find_program, major_of
from pgassay.pg.query import major_version
from pgassay.pg.target import Target
from pgassay.recovery.ask import ask
from pgassay.recovery.course import Verdict
from pgassay.recovery.physical import Ground, archiving_server, free_bytes
from pgassay.recovery.tools.basebackup import take_backup
from pgassay.recovery.tools.program import Limits, ProgramFailed

_VERDICT = Verdict(step=RecoveryStep.BASE_BACKUP)
_COPIES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The server that the base backup is of; it archives its WAL into our directory."""

    server: Server
    ground: Ground
    major: int
    result: StepResult


def make_original(target: Target, directory: Path, limits: Limits, opened: ExitStack) -> Original:
    """Start it, and take the base backup.

    Raises:
        Unavailable: there is no server of such a version.
        ProgramFailed, Stopped, OutOfTime: the base backup was not taken.
    """
    with connect(target, application=maker()) as connection:
        major = major_version(connection)
        programs = find_program("postgres", at_least=major)
        why_not = _why_not(target, connection, programs, directory)
    ground = Ground(directory=directory, programs=programs.parent)
    data = directory / "original"
    if not why_not:
        try:
            take_backup(target, data, limits, major=major, at_once=not target.production)
        except ProgramFailed as failure:
            why_not = f"the server gives none ({failure.sentence})"
    server = opened.enter_context(archiving_server(ground, data))
    take_backup(server.target, ground.backup, limits, major=major, at_once=True)
    if why_not:
        result = _VERDICT.not_verified(
            f"It is of a server of our own, PostgreSQL {server.version}, since {why_not}: what follows shows "
            "that such a server recovers to a point in time, not that the target would."
        )
    else:
        result = _VERDICT.holds(f"It is of a copy of the target's own files, PostgreSQL {server.version}.")
    return Original(server=server, ground=ground, major=major, result=result)


def _why_not(target: Target, connection: Connection, programs: Path, directory: Path) -> str:
    """Say why no base backup of the target can be started here; nothing where it can."""
    if not target.is_local:
        return "the target is on another machine"
    ((may, level, senders, standby, tablespaces, has_postgres, size),) = ask(connection, "replicable")
    for holds, why in (
        (may, "the role may not replicate"),
        (level != "minimal" and senders > 0, f"the target sends no WAL (wal_level {level})"),
        (not standby, "the target is a standby"),
        (not tablespaces, "the target has tablespaces of its own"),
        (has_postgres, "the target has no superuser postgres"),
        (major_of(programs) == major_version(connection), "no server of its major version is installed"),
        (free_bytes(directory) > _COPIES * (size or 0), "there is not enough room for copies"),
    ):
        if not holds:
            return why
    return ""
