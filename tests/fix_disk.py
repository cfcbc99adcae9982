"""A disk that is soon full: a file system of a few megabytes, where the tests may mount one."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pgassay.pg.account import server_account

_SIZE_MB = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallDisk:
    """A folder that is a file system of its own, which a server's account may use, too."""

    folder: Path

    @property
    def free(self) -> int:
        """How many bytes are left."""
        return shutil.disk_usage(self.folder).free

    def fill(self) -> None:
        """Leave no byte."""
        with (self.folder / "filler").open("wb", buffering=0) as file:
            while self.free:
                file.write(b"\0" * min(65536, self.free))


@pytest.fixture
def small_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallDisk]:
    """An empty small disk."""
    folder = Path("/tmp") / f"pgassay-disk-{os.getpid()}"
    folder.mkdir()
    mounted = os.geteuid() == 0 and _try("mount", "-t", "tmpfs", "-o", f"size={_SIZE_MB}m", "tmpfs", folder)
    if not mounted:
        folder.rmdir()
        pytest.skip("no file system can be mounted here (needs root)")
    try:
        account = server_account()
        if account is not None:
            os.chown(folder, account.uid, account.gid)
        yield SmallDisk(folder=folder)
    finally:
        assert _try("umount", folder)
        folder.rmdir()


def _try(*command: str | Path) -> bool:
    try:
        return subprocess.run(command, check=False, capture_output=True).returncode == 0
    except OSError:
        return False
