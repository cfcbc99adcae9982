"""A folder of test files beside a database that has pgTAP, and ``pgassay`` as a process that runs them.

``project`` is such a pair, made anew for each test. Its database is on a server that all tests share; a
test that harms its server starts one of its own (:func:`project_on`). Whatever a run does, its output has
no traceback and its status is not that of a bug: each run is checked for that.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from pathlib import Path

import pytest

from fix_server import fresh_database
from pgassay.model.events.suite import FileFinished, FileRetried, RunFinished, RunStarted, SuiteEvent, Warned
from pgassay.model.exits import Exit
from pgassay.model.suite import FileResult, Outcome, Trouble
from pgassay.pg import pgtap
from pgassay.pg.clock import monotonic, pause
from pgassay.pg.cluster import Server
from pgassay.pg.connection import Connection, connect, sql
from pgassay.pg.target import Target
from pgassay.report.jsonl_codec import read_events

_PATIENCE_S = 60.0
_WHOLE_S = 300.0
"""How long a whole command may take; only one that hangs does."""
_ASLEEP = "select from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()"
_GLANCE_S = 0.02
_STORING = (
    "select from pg_stat_activity where application_name = 'pgassay store' and datname = current_database()"
)
_records = count(1)


STUBBORN = """begin;
select plan(1);
do $$
begin
    loop
        begin
            perform pg_sleep(0.25);
        exception when query_canceled then null;
        end;
    end loop;
end $$;
"""
"""A test file that goes on when it is cancelled."""


PATIENT = ("[safety]", "patience_ms = 60000")
"""Settings for safe runs where nobody waits: a watchdog without a turn for long is no reason to doubt."""


def passing(*assertions: str, body: str = "") -> str:
    """Write a test file: a transaction that plans, runs the assertions (SQL expressions), rolls back."""
    chosen = assertions or ("pass('it runs')",)
    lines = [f"select plan({len(chosen)});", body, *(f"select {each};" for each in chosen)]
    return "\n".join(("begin;", *filter(None, lines), "select * from finish();", "rollback;", ""))


def within(time: str, text: str) -> str:
    """Give a test file a time of its own: plenty where it shall pass even on a busy machine."""
    return f"-- pgassay: timeout {time}\n{text}"


def failing(description: str = "it holds") -> str:
    """Write a test file with one failing test."""
    return passing(f"is(1, 2, '{description}')")


def committing(*assertions: str, body: str = "") -> str:
    """Write a test file whose transaction is committed."""
    return passing(*assertions, body=body).replace("rollback;", "commit;")


@dataclass(frozen=True, kw_only=True)
class Done:
    """How a run of ``pgassay`` ended, and what it said of each file."""

    status: int
    stdout: str
    stderr: str
    record: Path

    @cached_property
    def events(self) -> tuple[SuiteEvent, ...]:
        """All events of the run; none where it never began."""
        if not self.record.exists():
            return ()
        return tuple(read_events(self.record.read_text("utf-8").splitlines()))

    @cached_property
    def results(self) -> Mapping[str, FileResult]:
        """The final result of each file by path, in the order in which they ended."""
        return {each.result.file.path: each.result for each in self.events if isinstance(each, FileFinished)}

    @property
    def retried(self) -> tuple[FileResult, ...]:
        """The failed attempts that were followed by another."""
        return tuple(each.result for each in self.events if isinstance(each, FileRetried))

    @property
    def planned(self) -> list[str]:
        """The files in the order in which the run meant to start them."""
        return [file.path for each in self.events if isinstance(each, RunStarted) for file in each.run.files]

    @property
    def warnings(self) -> list[str]:
        """What was said of the run as a whole."""
        return [each.sentence for each in self.events if isinstance(each, Warned)]

    @property
    def end(self) -> RunFinished:
        """The last event."""
        last = self.events[-1]
        assert isinstance(last, RunFinished)
        return last

    @property
    def outcomes(self) -> dict[str, str]:
        """How each file ended, by path."""
        return {path: result.outcome.value for path, result in self.results.items()}

    def troubles(self, path: str) -> list[Trouble]:
        """What was wrong with a file."""
        return [each.trouble for each in self.results[path].problems]

    def warned(self, path: str) -> list[Trouble]:
        """What a file was warned of."""
        return [each.trouble for each in self.results[path].warnings]

    def complaint(self, path: str) -> str:
        """All that was wrong with a file, each with its place, as one text."""
        return "\n".join(f"{each.place}: {each.message}" for each in self.results[path].problems)


class Started:
    """A ``pgassay`` that runs; it is killed at the end of the test if it still does."""

    def __init__(self, process: "subprocess.Popen[str]", record: Path) -> None:
        self.process = process
        self._record = record

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self.process.poll() is None

    def ended_files(self) -> int:
        """How many files it has said the end of so far."""
        return (
            self._record.read_text("utf-8").count('"event":"file_finished"') if self._record.exists() else 0
        )

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal."""
        self.process.send_signal(number)

    def wait(self) -> Done:
        """Wait for its end; no traceback and no bug may come out of it."""
        stdout, stderr = self.process.communicate(timeout=_WHOLE_S)
        assert "Traceback" not in stdout + stderr, stderr
        assert self.process.returncode != Exit.BUG, stderr
        return Done(status=self.process.returncode, stdout=stdout, stderr=stderr, record=self._record)

    def kill(self) -> None:
        """End it as the kernel does when memory is short."""
        self.process.kill()
        self.process.communicate()


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A folder of test files, and the database that they run on."""

    folder: Path
    target: Target
    environment: dict[str, str] = field(default_factory=dict)

    def write(self, **files: str) -> None:
        """Write files: ``tests__unit__a=…`` is ``tests/unit/a.sql``."""
        for name, text in files.items():
            self.put(name.replace("__", "/") + ".sql", text)

    def put(self, path: str, content: str | bytes) -> Path:
        """Write one file, whatever its name."""
        place = self.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content if isinstance(content, bytes) else content.encode())
        return place

    def settings(self, *lines: str) -> None:
        """Write the settings of the project."""
        self.put("pgassay.toml", "\n".join((*lines, "")))

    def start(self, *words: str, target: str | None = None) -> Started:
        """Start ``pgassay`` with some words behind its target."""
        self.folder.mkdir(exist_ok=True)
        record = self.folder.parent / f"{self.folder.name}-{next(_records)}.jsonl"
        command = [sys.executable, "-m", "pgassay", "--target", target or self.target.conninfo, *words]
        if words[0] == "test" and "--list" not in words and "--json" not in words:
            command += ["--format", f"jsonl:{record}"]
        process = subprocess.Popen(
            command,
            cwd=self.folder,
            env={**clean_environment(), **self.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        return Started(process, record)

    def run(self, *words: str, target: str | None = None) -> Done:
        """Run ``pgassay`` with some words behind its target."""
        started = self.start(*words, target=target)
        try:
            return started.wait()
        finally:
            started.kill()

    def test(self, *words: str, record: bool = False, target: str | None = None) -> Done:
        """Run ``pgassay test``; the run is only recorded on request."""
        return self.run("test", *words, *(() if record else ("--no-store",)), target=target)

    def ask(self, query: str) -> list[tuple[object, ...]]:
        """Ask the database."""
        with connect(self.target) as connection:
            return [tuple(row) for row in connection.execute(query.encode())]

    def command(self, statement: str) -> None:
        """Change the database for good; several statements are one transaction."""
        with connect(self.target) as connection:
            connection.execute(statement.encode())

    @contextmanager
    def connected(self) -> Iterator[Connection]:
        """Be connected to the database, as an application would be."""
        with connect(self.target, application="shop") as connection:
            yield connection

    def sessions(self) -> list[tuple[object, ...]]:
        """The sessions of runs on the whole server: database, state and statement of each."""
        return self.ask(
            "select datname, state, query from pg_stat_activity"
            " where application_name like 'pgassay test%' order by backend_start"
        )

    def sessions_end(self) -> bool:
        """Whether the sessions of a run that is over end; the server needs a moment for that."""
        until(lambda: self.sessions() == [], what="the sessions of the run end")
        return True

    def store_is_left(self) -> bool:
        """Whether a killed run's session of the store ends, which shows others that the run lives."""
        until(lambda: self.ask(_STORING) == [], what="the session of the store ends")
        return True

    def sleeping(self) -> bool:
        """Whether any session of the database is just sleeping; those of other tests are none of its."""
        return bool(self.ask(_ASLEEP))

    def running(self, text: str) -> bool:
        """Whether a run's session is just performing a statement that contains a text."""
        return any(state == "active" and text in str(query) for _, state, query in self.sessions())

    def clones(self) -> list[str]:
        """The databases that runs have made on the server."""
        return [
            str(name) for (name,) in self.ask("select datname from pg_database where datname ~ '^pgassay_'")
        ]


def clean_environment() -> dict[str, str]:
    """The environment without what steers PostgreSQL or pgassay."""
    ours = (
        "PG",
        "PRODUCTION_DB_URL",
        "TEST_TIMEOUT",
        "PARALLEL_JOBS",
        "LOG_LEVEL",
        "CI",
        "GITHUB_",
        "COLUMNS",
    )
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def until(holds: Callable[[], bool], *, what: str) -> None:
    """Wait until a question is answered with yes."""
    end = monotonic() + _PATIENCE_S
    while not holds():
        assert monotonic() < end, f"waited in vain: {what}"
        pause(_GLANCE_S)


def not_run(done: Done) -> list[str]:
    """The files that the run did not come to."""
    return [path for path, result in done.results.items() if result.outcome is Outcome.NOT_RUN]


@pytest.fixture(scope="session")
def suite_template(server18: Server) -> Iterator[str]:
    """The name of a database with pgTAP in the schema ``pgtap``, to copy."""
    with template_on(server18) as name:
        yield name


@pytest.fixture
def project(server18: Server, suite_template: str, tmp_path: Path) -> Iterator[Project]:
    """A fresh folder and a fresh database with pgTAP."""
    with project_on(server18, suite_template, tmp_path) as made:
        yield made


@contextmanager
def template_on(server: Server) -> Iterator[str]:
    """Make a database with pgTAP on a server."""
    with fresh_database(server) as target:
        with connect(target) as connection:
            pgtap.ensure(connection, schema="pgtap")
        yield name_of(target)


@contextmanager
def project_on(server: Server, template: str, place: Path) -> Iterator[Project]:
    """Make a project whose database is a copy of a template."""
    with fresh_database(server, template=template) as target:
        with connect(server.target) as connection:
            setting = sql.SQL("alter database {} set search_path to public, pgtap")
            connection.execute(setting.format(sql.Identifier(name_of(target))))
        yield Project(folder=place / "project", target=target)


def name_of(target: Target) -> str:
    """Give the name of the database that a target leads to."""
    with connect(target) as connection:
        return connection.info.dbname
