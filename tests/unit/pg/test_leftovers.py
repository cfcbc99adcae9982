"""Clearing up after a dead owner never touches a stranger who got its process number."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pgassay.pg.identity import birth
from pgassay.pg.leftovers import Record, claim, stop_leftovers


@pytest.fixture
def stranger() -> Iterator["subprocess.Popen[bytes]"]:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        yield process
        process.communicate()


def _abandoned(place: Path, record: Record | None) -> Path:
    claimed = claim(place)
    if record is not None:
        claimed.write(record)
    os.close(claimed.descriptor)  # which is what the kernel does when the owner dies
    return claimed.directory


def _record(tmp_path: Path, pid: int = 0, born: str = "") -> Record:
    data, socket = tmp_path / "data", tmp_path / "socket"
    data.mkdir()
    socket.mkdir()
    return Record(data=str(data), socket=str(socket), kept=False, pid=pid, born=born)


def test_a_stranger_with_the_number_of_a_server_lives_on(
    tmp_path: Path, stranger: "subprocess.Popen[bytes]"
) -> None:
    directory = _abandoned(tmp_path, _record(tmp_path, stranger.pid, "long ago"))
    assert stop_leftovers(tmp_path) == 1
    assert stranger.poll() is None
    assert not directory.exists()
    assert not (tmp_path / "socket").exists()


def test_a_stranger_that_postmaster_pid_names_lives_on(
    tmp_path: Path, stranger: "subprocess.Popen[bytes]"
) -> None:
    record = _record(tmp_path)
    (tmp_path / "data" / "postmaster.pid").write_text(f"{stranger.pid}\n{tmp_path}/data\n")
    _abandoned(tmp_path, record)
    assert stop_leftovers(tmp_path) == 1
    assert stranger.poll() is None


def test_the_very_process_that_was_written_down_is_stopped(
    tmp_path: Path, stranger: "subprocess.Popen[bytes]"
) -> None:
    _abandoned(tmp_path, _record(tmp_path, stranger.pid, birth(stranger.pid) or ""))
    assert stop_leftovers(tmp_path) == 1
    assert stranger.wait(60) < 0


def test_a_directory_whose_owner_lives_is_left_alone(tmp_path: Path) -> None:
    claimed = claim(tmp_path)
    assert stop_leftovers(tmp_path) == 0
    assert claimed.directory.is_dir()
    claimed.release()
    assert not claimed.directory.exists()


@pytest.mark.parametrize("content", [None, b"", b"{broken", b'{"data": 1}'])
def test_a_directory_without_a_readable_record_is_removed(tmp_path: Path, content: bytes | None) -> None:
    directory = _abandoned(tmp_path, None)
    if content is not None:
        (directory / "server.json").write_bytes(content)
    assert stop_leftovers(tmp_path) == 1
    assert not directory.exists()
