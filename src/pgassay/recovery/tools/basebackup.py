"""pg_basebackup: a copy of a whole server, file by file, with the WAL that it needs."""

from pathlib import Path

from pgassay.pg.account import server_account
from pgassay.pg.program import find_program
from pgassay.pg.target import Target
from pgassay.recovery.tools.program import Limits, started


def take_backup(server: Target, into: Path, limits: Limits, *, major: int, at_once: bool) -> None:
    """Take a base backup. ``at_once``: the server writes its checkpoint now, not at its own pace.

    Raises:
        ProgramFailed: the server does not let us.
        Unavailable: there is no pg_basebackup of that major version or newer.
        Stopped, OutOfTime: it was ended.
    """
    address, _ = server.for_programs
    command: list[str | Path] = [
        find_program("pg_basebackup", at_least=major),
        f"--pgdata={into}",
        "--wal-method=stream",
        f"--checkpoint={'fast' if at_once else 'spread'}",
        "--no-sync",
        "--no-password",
        "--dbname",
        address,
    ]
    with started(command, target=server, account=server_account()) as program:
        program.finish(limits)
