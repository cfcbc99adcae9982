"""Servers on copies of other servers' files: with nothing of those within their reach.

A copy gets an empty configuration, so that none of its own can lead it back to the server's directories,
archive or publishers: it sends its WAL to our directory only, runs nothing by itself and is reached through
its socket alone.
"""

import shlex
import shutil
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from pgassay.model.errors import Unavailable
from pgassay.pg.account import server_account
from pgassay.pg.cluster import Server, start
from pgassay.pg.process import Surroundings, run

_TIMEOUT_S = 3600.0
_ALONE = {
    "shared_preload_libraries": "",
    "max_logical_replication_workers": "0",
    "ssl": "off",
    "logging_collector": "off",
    "primary_conninfo": "",
    "wal_level": "replica",
}
_HBA = "local all all trust\nlocal replication all trust\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Where the work takes place: a directory of ours, and the programs of the right version."""

    directory: Path
    programs: Path

    @property
    def archive(self) -> Path:
        """The directory that WAL is archived in."""
        return self.directory / "archive"

    @property
    def backup(self) -> Path:
        """The directory of the base backup that is recovered from."""
        return self.directory / "base"


def archiving_server(ground: Ground, data: Path) -> AbstractContextManager[Server]:
    """Start a server that archives its WAL, on a copy of another's files, or on new ones.

    Raises:
        Unavailable: it cannot be started.
    """
    run_as_server("mkdir", "-p", str(ground.archive))
    if data.exists():
        _make_harmless(data)
    place = shlex.quote(str(ground.archive).replace("%", "%%"))
    command = f"test ! -f {place}/%f && cp %p {place}/.%f.part && mv {place}/.%f.part {place}/%f"
    settings = {**_ALONE, "archive_mode": "on", "archive_command": command}
    return start(ground.programs, data=data, settings=settings)


def recovering_server(ground: Ground, name: str, *, until: str) -> AbstractContextManager[Server]:
    """Start a server that recovers from the base backup and the archive to a restore point.

    It can be connected to when it is there and has become a server of its own, no earlier.

    Raises:
        Unavailable: it cannot be started; so where the restore point is not in the archive.
    """
    data = ground.directory / name
    run_as_server("cp", "-Rp", str(ground.backup), str(data))
    _make_harmless(data)
    run_as_server("touch", str(data / "recovery.signal"))
    place = shlex.quote(str(ground.archive).replace("%", "%%"))
    settings: Mapping[str, str] = {
        **_ALONE,
        "archive_mode": "off",
        "hot_standby": "off",
        "restore_command": f"cp {place}/%f %p",
        "recovery_target_name": until,
        "recovery_target_action": "promote",
    }
    return start(ground.programs, data=data, settings=settings)


def free_bytes(directory: Path) -> int:
    """Give how much fits into a directory's file system."""
    return shutil.disk_usage(directory).free


def run_as_server(*command: str) -> None:
    """Run a program as the account that servers run as.

    Raises:
        Unavailable: it failed.
    """
    finished = run(command, Surroundings(account=server_account()), timeout_s=_TIMEOUT_S)
    if finished.status != 0:
        raise Unavailable(f"{command[0]} failed: {finished.complaint}")


def _make_harmless(data: Path) -> None:
    """Replace the configuration that came with the files."""
    for name, text in (
        ("postgresql.conf", ""),
        ("postgresql.auto.conf", ""),
        ("pg_hba.conf", _HBA),
        ("pg_ident.conf", ""),
    ):
        run(
            ["tee", str(data / name)],
            Surroundings(account=server_account()),
            text=text.encode(),
            timeout_s=_TIMEOUT_S,
        )
    (data / "standby.signal").unlink(missing_ok=True)
