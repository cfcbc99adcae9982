"""Lends the suite engine to a mutation check: files run on a database, as ``pgassay test`` runs them."""

import re
from collections.abc import Mapping
from contextlib import nullcontext
from functools import partial
from threading import Event, Lock

from pgassay.model.assertion import Assertion
from pgassay.model.suite import FileResult, TestFile
from pgassay.mutate.bench import FileText, Ran, Watch
from pgassay.pg.cancel import insisting
from pgassay.pg.clock import now
from pgassay.pg.target import Target
from pgassay.suite.attempt import FileRun, Manner
from pgassay.suite.hearing import Attempt
from pgassay.suite.output import Printed, ScriptOutput
from pgassay.suite.script import Script, read_script
from pgassay.suite.session import Preparation, Session
from pgassay.suite.settings import SuiteSettings

_FAILED = re.compile(r"^not ok\b(?!.*#\s*todo\b)", re.IGNORECASE | re.MULTILINE)
"""A test line that no reader of TAP takes for anything but a failure."""


class Library:
    """The texts of test files, each read once, with what they include, as far as that was asked for."""

    def __init__(self) -> None:
        self._own: dict[str, str] = {}
        self._included: dict[str, dict[tuple[str, str | None], str]] = {}
        self._lock = Lock()

    def script(self, path: str) -> Script:
        """Give a file's script.

        Raises:
            NotText, OSError: it cannot be read.
        """
        with self._lock:
            if path not in self._own:
                self._own[path] = read_script(path).text
                self._included[path] = {}
            return _Known(path, self._own[path], self._included[path])

    def texts(self) -> Mapping[str, FileText]:
        """Give what was read so far, by path."""
        with self._lock:
            return {
                path: FileText(own=own, included=tuple(sorted(self._included[path].values())))
                for path, own in self._own.items()
            }


class _Known(Script):
    """A script that keeps what it includes."""

    def __init__(self, path: str, text: str, included: dict[tuple[str, str | None], str]) -> None:
        super().__init__(path, text)
        self._kept = included

    def open_file(self, name: str, relative_to: str | None) -> str:
        text = super().open_file(name, relative_to)
        self._kept[name, relative_to] = text
        return text


class SuiteBench:
    """Runs files on one database over one warm session."""

    def __init__(
        self, target: Target, preparation: Preparation, suite: SuiteSettings, library: Library
    ) -> None:
        self._target = target
        self._preparation = preparation
        self._session = Session(target, preparation)
        self._suite = suite
        self._library = library
        self._running: FileRun | None = None

    def run(self, file: TestFile, *, watch: Watch | None = None, whole: bool = True) -> Ran:
        """Run a file, to its end or, where not the ``whole`` is wanted, to its first failing assertion."""
        enough = Event()
        run = self._file_run(file, watch, None if whole else enough)
        self._running = run
        failed: Assertion | None = None
        result: FileResult | None = None
        with nullcontext() if whole else insisting(run.cancel, enough):
            for said in run.perform():
                if isinstance(said, FileResult):
                    result = said
                elif failed is None and not said.assertion.passed:
                    failed = said.assertion
        self._running = None
        if enough.is_set():  # a session that was cancelled is not used again
            self.close()
            self._session = Session(self._target, self._preparation)
        assert result is not None  # perform() always ends with one
        return Ran(result=result, failed=failed, committed=run.committed)

    def _file_run(self, file: TestFile, watch: Watch | None, enough: Event | None) -> FileRun:
        suite = self._suite
        manner = Manner(
            engine=suite.engine,
            timeout_s=suite.timeout_s,
            variables=suite.variables,
            before_end=watch,
            on_output=partial(self._end_at_failure, enough) if enough is not None else None,
        )
        attempt = Attempt(file=file, started_at=now(), strict=suite.strict)
        return FileRun(attempt, lambda: self._library.script(file.path), manner, self._session)

    def _end_at_failure(self, enough: Event, output: ScriptOutput) -> None:
        if isinstance(output, Printed) and _FAILED.search(output.text):
            self.cancel()  # now; whoever insists looks only now and then
            enough.set()

    def cancel(self) -> None:
        """Stop what runs, from another thread."""
        run = self._running
        if run is not None:
            run.cancel()

    def close(self) -> None:
        """Close the session."""
        self._session.close()
