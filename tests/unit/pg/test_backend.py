"""A process is taken for a server's only where nothing else can be at the other end of the connection."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from pgassay.pg.backend import LocalProcess, Told, find_process, told
from pgassay.pg.clock import now

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs Linux")
GRANDCHILD = "import os, sys; print('there'); print(os.getpid(), flush=True); sys.stdin.read()"
BURN = "sum(range(3_000_000)); print('done', flush=True); import sys; sys.stdin.read()"


def begun(*command: str) -> "tuple[subprocess.Popen[bytes], float]":
    """Start a Python, and know when it began: once more where a busy machine took its time with that."""
    while True:
        started = now().timestamp()
        process = subprocess.Popen(
            command, executable=sys.executable, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        if now().timestamp() - started < 0.5:
            return process, started
        process.kill()
        process.communicate()


@contextmanager
def child(script: str = BURN) -> Iterator["tuple[subprocess.Popen[bytes], Told]"]:
    """Be the parent of a process, as a server is that of its sessions."""
    process, started = begun(sys.executable, "-c", script)
    with process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process, Told(pid=process.pid, started=started, port=None, shows_memory=False)
        process.kill()


@pytest.fixture
def line() -> Iterator[socket.socket]:
    """A Unix socket at whose other end is this very process."""
    one, other = socket.socketpair()
    with one, other:
        yield one


@pytest.fixture
def tcp() -> Iterator[socket.socket]:
    """A connection of this machine with itself."""
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as one,
        server.accept()[0],
    ):
        yield one


def found(line: socket.socket, said: Told) -> bool:
    """Whether there is such a process; it is let go at once."""
    process = find_process(line.fileno(), said)
    if process is not None:
        process.close()
    return process is not None


def test_the_child_of_who_listens_is_found_and_read(line: socket.socket) -> None:
    with child() as (process, said):
        there = find_process(line.fileno(), said)
        assert there is not None
        spent_s, peak_mb = there.cpu_s(), there.peak_mb()
        assert spent_s is not None
        assert spent_s > 0.01  # three million numbers
        assert peak_mb is not None
        assert 1 < peak_mb < 1000
        assert there.cpu_s() == pytest.approx(spent_s, abs=0.005)  # it waits
        process.kill()
        process.wait()
        assert (there.cpu_s(), there.peak_mb()) == (None, None)
        there.close()
        there.close()
        assert there.cpu_s() is None


def test_where_the_kernel_keeps_no_nanoseconds_it_is_ticks(line: socket.socket, tmp_path: Path) -> None:
    """A directory like that of a process, with 1.5 seconds in user and 0.25 in system mode."""
    ticks = os.sysconf("SC_CLK_TCK")
    fields = ["0"] * 50
    fields[11:13] = [str(ticks * 3 // 2), str(ticks // 4)]
    (tmp_path / "stat").write_text(f"1 (post) gres) S {' '.join(fields[1:])}\n")
    for kept in ("", "0 0 0\n"):
        if kept:
            (tmp_path / "schedstat").write_text(kept)
        there = LocalProcess(os.open(tmp_path, os.O_RDONLY))
        assert there.cpu_s() == pytest.approx(1.75)
        assert there.tells(0.5)
        assert not there.tells(0.1)  # ten ticks would be a guess
        there.close()


def test_another_process_is_not_taken_for_it(line: socket.socket, tcp: socket.socket) -> None:
    with child() as (_, said):
        assert found(line, said)
        assert said.started is not None
        for seconds in (-3.0, 3.0):  # its number belonged to, or belongs elsewhere to, another one
            assert not found(line, replace(said, started=said.started + seconds))
        assert not found(line, replace(said, started=None))
        assert not found(tcp, said)  # no word of a port
        assert not found(tcp, replace(said, port=tcp.getsockname()[1]))  # no server's title
    assert not found(line, said)  # it has ended


def test_whose_parent_does_not_listen_is_not_taken_for_it(line: socket.socket) -> None:
    """As where a server's number is met in another container: somebody is there, but not of that server."""
    script = f"""
import subprocess, sys
subprocess.run([sys.executable, "-c", {GRANDCHILD!r}])
"""
    with child(script) as (process, said):
        assert process.stdout is not None
        grandchild = replace(said, pid=int(process.stdout.readline()))
        assert found(line, said)
        assert not found(line, grandchild)


def test_over_tcp_the_title_names_the_port(tcp: socket.socket) -> None:
    """The process writes over its title, as a server does; the name of the program is all that can be set."""
    port = tcp.getsockname()[1]
    for title, taken in (
        (f"postgres: kim shop 127.0.0.1({port}) idle", True),
        (f"postgres: kim shop 127.0.0.1({port + 1}) idle", False),
        (f"vim kim shop 127.0.0.1({port})", False),
    ):
        process, started = begun(title, "-c", "print(flush=True); import sys; sys.stdin.read()")
        with process:
            assert process.stdout is not None
            process.stdout.readline()
            said = Told(pid=process.pid, started=started, port=port, shows_memory=False)
            assert found(tcp, said) is taken, title
            assert not found(tcp, replace(said, port=port + 1))  # something is in between
            process.kill()


@pytest.mark.parametrize("row", [("1700000000.5", "5433", "t"), (1700000000.5, 5433, True)])
def test_what_the_server_says_is_read(row: tuple[object, ...]) -> None:
    assert told(7, row) == Told(pid=7, started=1700000000.5, port=5433, shows_memory=True)
    assert told(7, (None, None, "f")) == Told(pid=7, started=None, port=None, shows_memory=False)
