"""Runs pytest on a machine that has no time: ``python tests/stutter.py tests/integration/safety -n 2``.

All that the tests start, servers included, is stopped for moments of up to a second again and again, some of
it at a time, while the rest goes on. That costs no computing time, and brings out tests (and programs) that
count on something that has "surely happened by now". Only on Linux.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_SHARE = 0.3
"""How many of the processes are stopped at a time."""
_LONGEST_S = 1.0
_APART_S = (0.05, 0.5)


def main(words: list[str]) -> int:
    """Run pytest with these words; give its exit status."""
    with subprocess.Popen([sys.executable, "-m", "pytest", *words]) as tests:
        while tests.poll() is None:
            time.sleep(random.uniform(*_APART_S))
            _stop_some(tests.pid)
    return tests.returncode


def _stop_some(root: int) -> None:
    struck = [each for each in _below(root) if random.random() < _SHARE]
    _send(struck, signal.SIGSTOP)
    try:
        time.sleep(min(_LONGEST_S, random.expovariate(2 / _LONGEST_S)))
    finally:
        _send(struck, signal.SIGCONT)


def _below(root: int) -> list[int]:
    """Give a process, its children, theirs, and so on."""
    children = defaultdict[int, list[int]](list)
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            with suppress(OSError):  # it has ended meanwhile
                _, _, behind_name = (place / "stat").read_text("utf-8", "replace").rpartition(")")
                children[int(behind_name.split()[1])].append(int(place.name))
    found = [root]
    for each in found:
        found += children[each]
    return found


def _send(processes: Iterable[int], number: signal.Signals) -> None:
    for each in processes:
        with suppress(ProcessLookupError):
            os.kill(each, number)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
