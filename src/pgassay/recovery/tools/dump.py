"""pg_dump in the directory format, in parallel, in a snapshot that others read; and the server's roles."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from pgassay.pg.program import find_program
from pgassay.pg.target import Target
from pgassay.recovery.tools.program import Limits, Program, started


@dataclass(frozen=True, slots=True, kw_only=True)
class Dump:
    """What to dump, and how."""

    target: Target
    major: int
    encoding: str
    snapshot: str
    jobs: int
    compression: int
    lock_timeout_s: float


def dump(what: Dump, archive: Path) -> AbstractContextManager[Program]:
    """Start pg_dump; ``archive`` is a directory that is not there yet.

    Raises:
        Unavailable: there is no pg_dump of the server's major version or newer.
    """
    address, _ = what.target.for_programs
    command: list[str | Path] = [
        find_program("pg_dump", at_least=what.major),
        "--format=directory",
        f"--jobs={what.jobs}",
        f"--compress={what.compression}",
        # Else it is that of the session, which PGCLIENTENCODING or the database may set to a narrower one.
        f"--encoding={what.encoding}",
        f"--snapshot={what.snapshot}",
        f"--lock-wait-timeout={max(1, round(what.lock_timeout_s * 1000))}ms",
        "--no-password",
        "--file",
        archive,
        "--dbname",
        address,
    ]
    return started(command, target=what.target)


def dump_globals(target: Target, major: int, file: Path, limits: Limits) -> None:
    """Write the server's roles and tablespaces into a file for psql, without passwords.

    Raises:
        ProgramFailed: the role may not read them.
        Unavailable: there is no pg_dumpall of the server's major version or newer.
    """
    address, _ = target.for_programs
    command: list[str | Path] = [
        find_program("pg_dumpall", at_least=major),
        "--globals-only",
        "--no-role-passwords",
        "--no-password",
        "--file",
        file,
        "--dbname",
        address,
    ]
    with started(command, target=target) as program:
        program.finish(limits)
