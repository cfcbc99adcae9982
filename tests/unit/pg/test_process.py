"""Programs: what they say, how they end, and that nothing of them stays."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from time import sleep

import pytest

from pgassay.model.errors import OutOfTime, Unavailable
from pgassay.pg.clock import monotonic
from pgassay.pg.identity import birth, machine
from pgassay.pg.process import Surroundings, run, spawn

_PARENT = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(child.pid, flush=True)
time.sleep(600)
"""


def _gone(pid: int) -> bool:
    end = monotonic() + 60
    while birth(pid) is not None and monotonic() < end:
        sleep(0.01)
    return birth(pid) is None


def test_a_program_that_ends_gives_its_status_and_words() -> None:
    script = "import sys; sys.stdout.write(sys.stdin.read().upper()); sys.exit('first\\nlast')"
    finished = run([sys.executable, "-c", script], text=b"words")
    assert (finished.status, finished.stdout, finished.complaint) == (1, b"WORDS", "last")


def test_one_that_says_nothing_is_known_by_its_status() -> None:
    assert run([sys.executable, "-c", "raise SystemExit(3)"]).complaint == "exit status 3"


def test_the_complaint_is_an_error_rather_than_what_is_said_behind_it() -> None:
    script = "import sys; sys.exit('creating\\ninitdb: error: no space\\ninitdb: removing contents')"
    assert run([sys.executable, "-c", script]).complaint == "initdb: error: no space"


def test_the_environment_is_added_to_ours(tmp_path: Path) -> None:
    script = "import os; print(os.environ['PGPASSWORD'], os.environ['PATH'] != '', os.getcwd())"
    surroundings = Surroundings(environment={"PGPASSWORD": "secret"}, directory=tmp_path)
    said = run([sys.executable, "-c", script], surroundings).stdout.decode().split()
    assert said == ["secret", "True", str(tmp_path)]


def test_a_variable_can_be_taken_out_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPORT", "5433")
    script = "import os; print('PGPORT' in os.environ, 'PATH' in os.environ)"
    said = run([sys.executable, "-c", script], Surroundings(environment={"PGPORT": None})).stdout.decode()
    assert said.split() == ["False", "True"]


def test_a_program_that_takes_too_long_is_ended() -> None:
    with pytest.raises(OutOfTime, match=r"python.* did not end within 0\.2 s"):
        run([sys.executable, "-c", "import time; time.sleep(600)"], timeout_s=0.2)


def test_its_children_end_with_it() -> None:
    with spawn([sys.executable, "-c", _PARENT]) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert birth(child) is not None
    assert parent.status() == -signal.SIGTERM
    assert _gone(child)


def test_one_that_does_not_obey_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pgassay.pg.process._GRACE_S", 0.1)
    script = (
        "import signal, time; signal.signal(15, signal.SIG_IGN); print('ready', flush=True); time.sleep(600)"
    )
    with spawn([sys.executable, "-c", script]) as running:
        assert running.stdout is not None
        running.stdout.readline()
    assert running.status() == -signal.SIGKILL


def test_ctrl_c_on_the_terminal_does_not_reach_it() -> None:
    with spawn([sys.executable, "-c", "import time; time.sleep(600)"]) as running:
        assert os.getpgid(running.pid) == running.pid != os.getpgid(0)


def test_a_program_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="No such file"):
        run([tmp_path / "nothing"])


def test_a_process_is_told_from_others_and_from_none() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        assert birth(other.pid) is not None
        assert birth(other.pid) == birth(other.pid)
        assert birth(other.pid) != birth(1)
        other.communicate()
    assert birth(other.pid) is None
    assert machine()


def test_the_end_is_seen_in_time_whatever_the_system_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(2):
        with spawn([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as running:
            assert not running.wait(0.05)
            assert running.stdin is not None
            running.stdin.close()
            assert running.wait(60)
            assert running.wait(0)
        assert running.status() == 1
        monkeypatch.delattr(os, "pidfd_open", raising=False)
