"""Kills work that a test does in a process of its own."""

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass


def killed_behind(number: int, work: Callable[..., object]) -> bool:
    """Do something in a process that is killed behind an event of that number; tell whether it was."""
    seen = 0

    def strike(event: object) -> None:
        nonlocal seen
        seen += 1
        if seen == number:
            os.kill(os.getpid(), signal.SIGKILL)

    return started(lambda: work(listeners=(strike,))).wait()


@dataclass(frozen=True, slots=True)
class Child:
    """A process that does a test's work."""

    pid: int

    def kill(self) -> None:
        """Kill it, and wait until it is gone."""
        os.kill(self.pid, signal.SIGKILL)
        self.wait()

    def wait(self) -> bool:
        """Wait for its end; tell whether it was killed."""
        _, status = os.waitpid(self.pid, 0)
        return os.WIFSIGNALED(status)


def started(work: Callable[[], object]) -> Child:
    """Begin to do something in a process of its own."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return Child(child)
