"""Runs a file with the real psql, the way pg_prove does, for what only psql can do.

The flags are pg_prove's: no psqlrc, quiet, unaligned, tuples only, ``ON_ERROR_STOP`` on.
"""

import os
import re
import selectors
import signal
from collections.abc import Iterator
from pathlib import Path

from pgassay.model.errors import Unavailable
from pgassay.model.place import Place
from pgassay.model.suite import Problem, Trouble
from pgassay.pg.clock import monotonic
from pgassay.pg.process import Running, Surroundings, spawn
from pgassay.pg.program import find_program
from pgassay.pg.target import Target
from pgassay.pg.wire import DeadlineReached
from pgassay.suite.output import Broke, Printed, Said, ScriptOutput

_FLAGS = (
    "--no-psqlrc", "--no-align", "--quiet", "--pset", "pager=off", "--pset", "tuples_only=true",
    "--set", "ON_ERROR_STOP=1",
)  # fmt: skip
_CHUNK = 65536
_GRACE_S = 2.0
_ERROR = re.compile(r"psql:(?P<path>.+?):(?P<line>\d+): (?P<message>(?:ERROR|FATAL|PANIC|error):.*)")
_LOST = 2


class PsqlRun:
    """One psql process playing one file."""

    def __init__(self, program: Path, target: Target, *, variables: tuple[tuple[str, str], ...]) -> None:
        self._program = program
        self._target = target
        self._variables = variables
        self._running: Running | None = None
        self.deadline: float | None = None

    def play(self, path: str, *, search_path: str = "") -> Iterator[ScriptOutput]:
        """Yield what psql prints, then what it complained about.

        Raises:
            DeadlineReached: it took too long; the statement was cancelled and psql has ended.
        """
        target = self._target
        if search_path:
            # Behind the options that there are already; a blank ends an option unless it is escaped.
            path_option = "-c search_path=" + re.sub(r"([\\\s])", r"\\\1", search_path)
            target = target.changed({"options": f"{target.options} {path_option}".strip()})
        conninfo, secrets = target.for_programs
        environment = {**secrets, "PGAPPNAME": "pgassay test"}
        words: list[str | Path] = [self._program, *_FLAGS, "--dbname", conninfo]
        for name, value in self._variables:
            words += ["--set", f"{name}={value}"]
        with spawn([*words, "--file", path], Surroundings(environment=environment)) as running:
            self._running = running
            complaints = bytearray()
            yield from self._streams(running, complaints)
            running.wait()
            yield from _aftermath(complaints.decode("utf-8", "replace"), running.status() or 0, path)

    def cancel(self) -> None:
        """Ask psql to cancel what it runs, from another thread."""
        if self._running is not None and self._running.status() is None:
            self._running.send(signal.SIGINT)

    def _streams(self, running: Running, complaints: bytearray) -> Iterator[Printed]:
        with selectors.DefaultSelector() as selector:
            for stream in filter(None, (running.stdout, running.stderr)):
                selector.register(stream, selectors.EVENT_READ)
            while selector.get_map():
                for key, _ in self._ready(selector, running):
                    chunk = os.read(key.fd, _CHUNK)
                    if not chunk:
                        selector.unregister(key.fileobj)
                    elif key.fileobj is running.stderr:
                        complaints += chunk
                    else:
                        yield Printed(chunk.decode("utf-8", "replace"))

    def _ready(
        self, selector: selectors.BaseSelector, running: Running
    ) -> list[tuple[selectors.SelectorKey, int]]:
        patience = None if self.deadline is None else max(0.0, self.deadline - monotonic())
        ready = selector.select(patience)
        if not ready:
            self.cancel()
            running.wait(_GRACE_S)
            raise DeadlineReached
        return ready


def matching_psql(server: int) -> Path:
    """Find the psql for a server, of its own version or a newer one if that is there.

    Raises:
        Unavailable: there is no psql at all.
    """
    try:
        return find_program("psql", at_least=server // 10000)
    except Unavailable:
        return find_program("psql")


def _aftermath(complaints: str, status: int, path: str) -> Iterator[ScriptOutput]:
    """Tell the error that ended the script from what psql merely said."""
    lines = complaints.splitlines()
    for line in lines:
        yield Said(line)
    if status:
        yield Broke(_problem(lines, status, path))


def _problem(lines: list[str], status: int, path: str) -> Problem:
    trouble = Trouble.LOST_CONNECTION if status == _LOST else Trouble.DIED
    for index, line in reversed(tuple(enumerate(lines))):
        found = _ERROR.match(line)
        if found:
            place = Place(path=found["path"], line=int(found["line"]))
            detail = tuple(lines[index + 1 :])
            return Problem(trouble=trouble, message=found["message"], place=place, detail=detail)
    message = lines[-1] if lines else f"psql ended with status {status}"
    return Problem(trouble=trouble, message=message, place=Place(path=path, line=1), detail=tuple(lines[:-1]))
