"""The one door for starting programs.

Programs get their secrets through the environment or standard input, never in their arguments: any
user of the machine can read those. Each runs in a process group of its own, so that a time limit or an
interruption ends its children too, and so that Ctrl-C on the terminal reaches pgassay alone. Finding
the right program is :mod:`pgassay.pg.program`'s task; what its output means is the caller's.
"""

import os
import re
import select
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self

from pgassay.model.errors import OutOfTime, Unavailable
from pgassay.pg.account import Account
from pgassay.pg.clock import monotonic

_GRACE_S = 5.0
"""How long a program may take to obey a polite signal before it is killed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A program that has ended: its exit status (negative: the signal that ended it) and what it wrote."""

    status: int
    stdout: bytes
    stderr: bytes

    @property
    def complaint(self) -> str:
        """The last error on its standard error, else its last line: some programs tidy up behind it."""
        lines = self.stderr.decode("utf-8", "replace").strip().splitlines()
        told = [each for each in lines if re.search(r"(?i)\b(error|fatal|panic):", each)] or lines
        return told[-1].strip() if told else f"exit status {self.status}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a program is started in.

    ``environment`` is added to pgassay's own, and ``None`` takes one out; ``account`` is another user to run
    as (root only); ``directory`` is the working directory, by default pgassay's own, or ``/`` for another
    account.
    """

    environment: Mapping[str, str | None] | None = None
    account: Account | None = None
    directory: Path | None = None


_PLAIN = Surroundings()


class Running:
    """A program that runs. Leaving the ``with`` block ends it and everything that it started."""

    def __init__(self, process: "subprocess.Popen[bytes]", program: str) -> None:
        self._process = process
        self._program = program

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    @property
    def pid(self) -> int:
        """The process, which is also the process group."""
        return self._process.pid

    @property
    def stdin(self) -> IO[bytes] | None:
        """The pipe to the program, where one was asked for."""
        return self._process.stdin

    @property
    def stdout(self) -> IO[bytes] | None:
        """The pipe from the program, where one was asked for."""
        return self._process.stdout

    @property
    def stderr(self) -> IO[bytes] | None:
        """The pipe with its complaints, where one was asked for."""
        return self._process.stderr

    def status(self) -> int | None:
        """Give the exit status, or ``None`` while it runs."""
        return self._process.poll()

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the program alone, not to its group. One that has ended gets none."""
        self._process.send_signal(number)

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait for the end; say whether it came in time."""
        if timeout_s is not None and self.status() is None:
            timeout_s = _sleep_until_end(self.pid, timeout_s)
        try:
            self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            return False
        return True

    def finish(self, text: bytes | None = None, *, timeout_s: float | None = None) -> Finished:
        """Feed it, collect what it writes, and wait for its end.

        Raises:
            OutOfTime: it did not end within ``timeout_s``; it and its children have been ended.
        """
        try:
            out, err = self._process.communicate(text, timeout_s)
        except subprocess.TimeoutExpired as error:
            self.end()
            raise OutOfTime(f"{self._program} did not end within {timeout_s:g} s.") from error
        return Finished(status=self._process.returncode, stdout=out or b"", stderr=err or b"")

    def end(self) -> None:
        """End the whole group: politely, then by force. Safe to call again."""
        if self._process.poll() is None:
            self._signal_group(signal.SIGTERM)
            if not self.wait(_GRACE_S):
                self._signal_group(signal.SIGKILL)
                self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                with suppress(OSError):  # a broken pipe is no news when we ended the reader
                    pipe.close()

    def _signal_group(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)


def spawn(
    command: Sequence[str | Path],
    surroundings: Surroundings = _PLAIN,
    *,
    output: IO[bytes] | int = subprocess.PIPE,
    errors: IO[bytes] | int = subprocess.PIPE,
    stdin: IO[bytes] | int = subprocess.DEVNULL,
) -> Running:
    """Start a program and return at once.

    Raises:
        Unavailable: the program is not there or cannot be started.
    """
    account = surroundings.account
    try:
        process = subprocess.Popen(
            [str(word) for word in command],
            stdin=stdin,
            stdout=output,
            stderr=errors,
            env=_environment(surroundings),
            cwd=surroundings.directory or ("/" if account else None),
            start_new_session=True,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )
    except OSError as error:
        raise Unavailable(f"Cannot start {command[0]}: {error.strerror or error}.") from error
    return Running(process, Path(command[0]).name)


def _environment(surroundings: Surroundings) -> dict[str, str]:
    merged: dict[str, str | None] = {**os.environ, **(surroundings.environment or {})}
    return {name: value for name, value in merged.items() if value is not None}


def run(
    command: Sequence[str | Path],
    surroundings: Surroundings = _PLAIN,
    *,
    text: bytes | None = None,
    timeout_s: float | None = None,
) -> Finished:
    """Run a program to its end, with ``text`` as its standard input.

    Raises:
        Unavailable: the program is not there or cannot be started.
        OutOfTime: it did not end within ``timeout_s``; it and its children have been ended.
    """
    stdin = subprocess.DEVNULL if text is None else subprocess.PIPE
    with spawn(command, surroundings, stdin=stdin) as running:
        return running.finish(text, timeout_s=timeout_s)


def _sleep_until_end(pid: int, timeout_s: float) -> float:
    """Sleep until a child of ours has ended or the time is up; give what is left of the time.

    :mod:`subprocess` looks in growing intervals, up to 50 ms; the system says so at once, where it can.
    """
    end = monotonic() + timeout_s
    try:
        descriptor = os.pidfd_open(pid)
    except (AttributeError, OSError):  # not Linux, or an old one
        return timeout_s
    try:
        watch = select.poll()
        watch.register(descriptor, select.POLLIN)
        watch.poll(timeout_s * 1000)
    finally:
        os.close(descriptor)
    return max(0.0, end - monotonic())
