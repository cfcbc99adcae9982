"""What a command shows on a terminal of 80 columns, and what it does not do to a document there."""

import fcntl
import json
import os
import pty
import struct
import subprocess
import sys
import termios

import pytest

from fix_suite import Project, clean_environment

COLUMNS = 80


def shown(project: Project, *words: str) -> str:
    """Run a command whose output is a terminal, and give what it wrote there."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, COLUMNS, 0, 0))
    project.folder.mkdir(exist_ok=True)
    with subprocess.Popen(
        [sys.executable, "-m", "pgassay", "--target", project.target.conninfo, *words],
        cwd=project.folder,
        env={**clean_environment(), "NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
    ) as process:
        os.close(theirs)
        read = b"".join(iter(lambda: _some(ours), b""))
        process.wait(300)
    os.close(ours)
    return read.decode().replace("\r\n", "\n")


def _some(terminal: int) -> bytes:
    """On Linux the end of a pseudo-terminal reads as an error."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


@pytest.fixture
def noted(project: Project) -> Project:
    project.put("migrations/001_note.sql", "create table note (id int primary key, body text);\n")
    project.put("migrations/001_note.rollback.sql", "drop table note;\n")
    return project


@pytest.mark.parametrize("words", [("health",), ("preflight",), ("migrate", "apply"), ("migrate", "status")])
def test_lines_are_broken_at_blanks(noted: Project, words: tuple[str, ...]) -> None:
    lines = shown(noted, *words).splitlines()
    assert len(lines) > 1
    assert [line for line in lines if len(line) > COLUMNS and " " in line[40:COLUMNS]] == []


def test_a_document_stays_whole(noted: Project) -> None:
    document = json.loads(shown(noted, "--json", "health"))
    assert document["format"] == "pgassay.checks/1"


def test_who_mistypes_gets_a_document_too(project: Project) -> None:
    for words in (("incidents", "show"), ("perf", "check", "--no-such-flag")):
        done = project.run("--json", *words)
        document = json.loads(done.stdout)
        assert (document["format"], document["error"]["exit"]) == ("pgassay.error/1", done.status)
        assert document["error"]["sentence"] and "Usage:" in done.stderr
