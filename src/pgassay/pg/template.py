"""A template that clones of a database are made from: built once, used by every worker, dropped at the end.

The source is copied as files where nobody else is connected to it. A live one is dumped in one
snapshot and restored instead, so it goes on working and nobody is turned away.
"""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from uuid import UUID

from psycopg.conninfo import conninfo_to_dict

from pgassay.model.errors import Unavailable
from pgassay.pg.clone import (
    Clone,
    MayNotCopy,
    SourceInUse,
    clone_database,
    clone_name,
    create_like,
    drop_database,
    maker,
)
from pgassay.pg.connection import connect
from pgassay.pg.process import Running, Surroundings, spawn
from pgassay.pg.program import find_program
from pgassay.pg.query import major_version
from pgassay.pg.restore import forgiven
from pgassay.pg.target import Target

_RESTORE = ("--exit-on-error", "--no-password")


class Template:
    """A template and the clones made of it.

    ``target`` is the template itself: prepare it (install pgTAP, say) before the first clone, and keep
    no connection to it. ``lacking`` says what of the source it could not take over. Clones may be made
    and dropped from several threads, each with a suffix of its own.
    """

    def __init__(self, server: Target, made: Clone, *, run: UUID, database: str) -> None:
        self._server = server
        self._run = run
        self._database = database
        self._clones: set[str] = set()
        self.target = made.target
        self.lacking = made.lacking

    def clone(self, suffix: str) -> Target:
        """Make a fresh clone, in the place of an earlier one of that suffix.

        Raises:
            Unavailable: the server does not let us.
        """
        name = clone_name(self._run, suffix)
        if name in self._clones:
            drop_database(self._server, name)
        self._clones.add(name)
        return clone_database(self._server, self._database, name, run=self._run, ours=True).target

    def close(self) -> None:
        """Drop the clones and the template."""
        while self._clones:
            drop_database(self._server, self._clones.pop())
        drop_database(self._server, self._database)


@contextmanager
def template(source: Target, *, run: UUID) -> Iterator[Template]:
    """Build a template of a database; drop it and all its clones when the block is left.

    Raises:
        Unavailable: the role may not create databases, or the source cannot be read as a whole.
    """
    with connect(source) as connection:
        database, major = connection.info.dbname, major_version(connection)
    server = _elsewhere(source)
    name = clone_name(run, "t")
    try:
        made = clone_database(server, database, name, run=run)
    except (SourceInUse, MayNotCopy):
        made = create_like(server, database, name, run=run)
        _fill(source, made.target, server, major=major)
    built = Template(server, made, run=run, database=name)
    try:
        yield built
    finally:
        built.close()


def transfer(
    source: Target, target: Target, *, major: int, data: bool = True, strict: bool = True
) -> tuple[str, ...]:
    """Send a whole database, in one snapshot, through a pipe into an empty one; ``data``: or only its schema.

    Unless ``strict``, what cannot be restored there is left out, and the server's reasons are given.

    Raises:
        Unavailable: it cannot be read, or not be restored there.
    """
    from_it, secrets = source.for_programs
    into_it, _ = target.for_programs
    dump = [
        str(find_program("pg_dump", at_least=major)),
        "--format=custom",
        "--compress=0",
        f"--encoding={_encoding(source)}",
        *(() if data else ("--schema-only",)),
        "--dbname",
        from_it,
    ]
    pg_restore = find_program("pg_restore", at_least=major)
    with connect(target) as connection:
        meaningless = forgiven(pg_restore, into=major_version(connection))
    restore = [
        str(pg_restore),
        *(("--exit-on-error",) if strict and not meaningless else ()),
        "--dbname",
        into_it,
    ]
    surroundings = Surroundings(environment={**secrets, "PGAPPNAME": maker()})
    with TemporaryFile() as words, spawn(dump, surroundings, errors=words.fileno()) as reading:
        assert reading.stdout is not None
        with spawn(restore, surroundings, stdin=reading.stdout, output=subprocess.DEVNULL) as writing:
            reading.stdout.close()  # only the restore holds the pipe now: when it ends, so does the dump
            finished = writing.finish()
        reading.wait()
        words.seek(0)
        # A dump that nobody reads any more is none that failed: the restore has ended before it.
        unread = finished.status != 0 and reading.status() == -signal.SIGPIPE
        if not unread:
            _check(reading, words.read().decode("utf-8", "replace"))
    refused = _refusals(finished.stderr.decode("utf-8", "replace"), meaningless)
    if unread or (strict and finished.status != 0 and (refused or not meaningless)):
        said = refused[0] if refused else finished.complaint
        raise Unavailable(f"The database cannot be restored into a copy: {said}")
    return refused


def _encoding(source: Target) -> str:
    """Give the encoding of the database, in which all of it can be written; the session's may have less."""
    with connect(source) as connection:
        return connection.info.parameter_status("server_encoding") or "UTF8"


def _fill(source: Target, target: Target, server: Target, *, major: int) -> None:
    try:
        transfer(source, target, major=major)
    except BaseException:
        drop_database(server, str(conninfo_to_dict(target.conninfo)["dbname"]))
        raise


def _refusals(words: str, meaningless: str) -> tuple[str, ...]:
    """Give the server's errors among what pg_restore said, each once."""
    lines = [line for line in words.splitlines() if not meaningless or meaningless not in line]
    errors = (line.partition("ERROR:")[2].strip() for line in lines if "ERROR:" in line)
    return tuple(dict.fromkeys(errors))


def _check(dump: Running, words: str) -> None:
    if dump.status() != 0:
        lines = [line for line in words.splitlines() if line.strip()] or ["it said nothing"]
        telling = next((line for line in lines if "error:" in line), lines[-1])
        raise Unavailable(f"The database cannot be dumped: {telling.strip()}")


def _elsewhere(source: Target) -> Target:
    """Give a database to be connected to while the source is copied: the usual one for maintenance."""
    usual = source.with_database("postgres")
    try:
        connect(usual).close()
    except Unavailable:
        return source
    return usual
