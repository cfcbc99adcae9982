"""Who a process is: process numbers are reused, and mean something on one machine only."""

import socket
from pathlib import Path

from pgassay.pg.process import run


def birth(pid: int) -> str | None:
    """Give a text that tells this process from every other one that ever had its number.

    It is made of the moment the process started and, where there is one, of the machine's boot id.
    ``None``: there is no such process (a zombie has ended, too).
    """
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        return None if fields[0] == "Z" else f"{_boot()}:{fields[19]}"
    except OSError:
        return None if Path("/proc/self/stat").exists() else _birth_by_ps(pid)


def machine() -> str:
    """Name the space in which a process number means something: the host, and on Linux the container."""
    try:
        namespace = str(Path("/proc/self/ns/pid").readlink())
    except OSError:
        namespace = ""
    return f"{socket.gethostname()}{namespace and ' ' + namespace}"


def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return ""


def _birth_by_ps(pid: int) -> str | None:
    finished = run(["ps", "-o", "stat=,lstart=", "-p", str(pid)], timeout_s=10)
    state, _, started = finished.stdout.decode("utf-8", "replace").strip().partition(" ")
    return started.strip() if finished.status == 0 and not state.startswith("Z") else None
