"""Runs one of PostgreSQL's programs to its end, unless the user or the time says otherwise."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from threading import Event
from typing import IO

from pgassay.model.errors import OutOfTime
from pgassay.pg.account import Account
from pgassay.pg.clock import monotonic
from pgassay.pg.clone import maker
from pgassay.pg.process import Running, Surroundings, spawn
from pgassay.pg.target import Target
from pgassay.recovery.contents import Stopped

_LOOK_S = 0.2
_PIPE = -1


class ProgramFailed(Exception):
    """A program ended with an error; ``sentence`` is what it said of it, ``detail`` the lines with errors."""

    def __init__(self, sentence: str, detail: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.detail = detail


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long a program may run, and what asks it to end earlier."""

    stop: Event
    timeout_s: float


class Program:
    """A program that runs."""

    def __init__(self, name: str, running: Running, words: IO[bytes]) -> None:
        self._name = name
        self._running = running
        self._words = words

    @property
    def output(self) -> IO[bytes]:
        """What it writes, where that was asked for."""
        assert self._running.stdout is not None
        return self._running.stdout

    def finish(self, limits: Limits, *, forgiven: str = "") -> None:
        """Wait for its end. An error in whose line ``forgiven`` stands is none.

        Raises:
            ProgramFailed: it ended with an error.
            Stopped: the user asked for an end; it has been ended.
            OutOfTime: it took too long, and has been ended.
        """
        end = monotonic() + limits.timeout_s
        while not self._running.wait(_LOOK_S):
            if limits.stop.is_set():
                self._running.end()
                raise Stopped
            if monotonic() > end:
                self._running.end()
                raise OutOfTime(f"{self._name} did not end within {limits.timeout_s:g} s.")
        if self._running.status() != 0:
            self._judge(forgiven)

    def _judge(self, forgiven: str) -> None:
        self._words.seek(0)
        text = self._words.read().decode("utf-8", "replace")
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        telling = [line for line in lines if "error:" in line or "ERROR:" in line or "FATAL:" in line]
        if forgiven and telling:
            telling = [line for line in telling if forgiven not in line]
            if not telling and self._running.status() == 1:
                return
        telling = telling or lines
        first = telling[0] if telling else f"exit status {self._running.status()}"
        raise ProgramFailed(first.removeprefix(f"{self._name}: ").removeprefix("error: "), tuple(telling[:5]))


@contextmanager
def started(
    command: Sequence[str | Path],
    *,
    target: Target | None = None,
    account: Account | None = None,
    heard: bool = False,
) -> Iterator[Program]:
    """Start a program, with the secrets of a target; end it when the block is left before it has ended.

    What it writes is thrown away unless it is to be ``heard``: then it has to be read.

    Raises:
        Unavailable: it cannot be started.
    """
    secrets = target.for_programs[1] if target is not None else {}
    surroundings = Surroundings(environment={**secrets, "PGAPPNAME": maker(), "LC_ALL": "C"}, account=account)
    with (
        TemporaryFile() as words,
        Path(os.devnull).open("wb") as nowhere,
        spawn(command, surroundings, output=_PIPE if heard else nowhere, errors=words.fileno()) as running,
    ):
        yield Program(Path(command[0]).name, running, words)
