"""What the contenders of ``bench/recovery.py`` meet: a server like one in production, and databases on it.

A subject is a kind of database: how it is made, how it is harmed, and what an application asks it. A scene
is one server with a project beside it; what ``truth`` says of a database is asked with plain SQL, by nothing
that a contender uses.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pgassay.flows.demo.run import HOME
from pgassay.pg import cluster, embedded
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect, sql
from pgassay.pg.process import Finished, Surroundings
from pgassay.pg.process import run as run_program
from pgassay.pg.target import Target
from pgassay.suite.load import load_scripts
from suite import DEBIAN, place

LIVE, PRISTINE = "live", "pristine"
_PATIENCE_S = 300.0
_LIKE_PRODUCTION = {"autovacuum": "on", "wal_level": "replica"}
_PROJECT = """
[store]
url = "{store}"

[targets.{live}]
url = "{url}"
production = true

[recovery]
directory = "{backups}"
tests = []

[migrate]
paths = ["migrations"]
tests = []

[perf]
workload = ["{workload}"]
"""
_TABLES = """
select pg_catalog.format('%I.%I', n.nspname, c.relname),
    pg_catalog.format(
        'select count(*), sum(hashtextextended(t::text, 0)) from %I.%I as t', n.nspname, c.relname
    )
from pg_catalog.pg_class as c
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
where c.relkind = 'r' and n.nspname !~ '^(pg_|information_schema$)'
"""
_OBJECTS = """
select kind, name from (
    select c.relkind::text, c.oid::regclass::text, c.relnamespace from pg_catalog.pg_class as c
    union all
    select 'constraint', r.conrelid::regclass || ' ' || r.conname, r.connamespace
    from pg_catalog.pg_constraint as r
    union all
    select 'function', f.oid::regprocedure::text, f.pronamespace from pg_catalog.pg_proc as f
    union all
    select 'trigger', t.tgrelid::regclass || ' ' || t.tgname, c.relnamespace
    from pg_catalog.pg_trigger as t join pg_catalog.pg_class as c on c.oid = t.tgrelid
    where not t.tgisinternal
    union all
    select 'policy', p.polrelid::regclass || ' ' || p.polname, c.relnamespace
    from pg_catalog.pg_policy as p join pg_catalog.pg_class as c on c.oid = p.polrelid
) as found (kind, name, namespace)
join pg_catalog.pg_namespace as n on n.oid = found.namespace
where n.nspname !~ '^(pg_|information_schema$)'
"""


@dataclass(frozen=True)
class Subject:
    """A kind of database. ``probe`` gives one row as long as an application can do its work."""

    name: str
    make: Callable[[Server, Target], None]
    harm: str
    probe: str


@dataclass(frozen=True)
class Truth:
    """What is in a database: rows and hash of each table, and the names of its objects."""

    tables: dict[str, tuple[object, ...]]
    objects: frozenset[tuple[object, ...]]

    def right(self, other: "Truth") -> str:
        """Say how much of this is in another one."""
        same = sum(other.tables.get(name) == content for name, content in self.tables.items())
        off = len(self.objects ^ other.objects)
        return f"{same} of {len(self.tables)} tables, {off or 'no'} objects too few or too many"

    @property
    def rows(self) -> int:
        """All rows together."""
        return sum(int(str(count)) for count, _ in self.tables.values())


@dataclass(frozen=True)
class Scene:
    """A server, a database on it that is in use, and a folder to call pgassay in."""

    server: Server
    subject: Subject
    folder: Path

    @property
    def live(self) -> Target:
        """The database that is in use."""
        return self.server.target.with_database(LIVE)

    def renew(self) -> None:
        """Put an unharmed database in use, and drop whatever is kept aside."""
        like = "select datname from pg_database where datname = %s or datname like %s"
        with connect(self.server.target) as connection:
            for (name,) in connection.execute(like, [LIVE, f"{LIVE}\\_aside\\_%"]).fetchall():
                drop = sql.SQL("drop database {} with (force)")
                connection.execute(drop.format(sql.Identifier(name)))
            connection.execute(f"create database {LIVE} template {PRISTINE}".encode())

    def truth(self, name: str = LIVE) -> Truth:
        """Read what is in a database."""
        with connect(self.server.target.with_database(name)) as connection:
            tables = {
                table: tuple(connection.execute(query.encode()).fetchall()[0])
                for table, query in connection.execute(_TABLES).fetchall()
            }
            return Truth(tables, frozenset(tuple(row) for row in connection.execute(_OBJECTS)))

    def on_server(self, statement: str) -> list[tuple[object, ...]]:
        """Ask the server, or command it."""
        return self.ask(statement, of=self.server.target)

    def ask(self, statement: str, *, of: Target | None = None) -> list[tuple[object, ...]]:
        """Ask the database, or command it."""
        with connect(of or self.live) as connection:
            done = connection.execute(statement.encode())
            return [tuple(row) for row in done.fetchall()] if done.description is not None else []

    def tool(self, name: str, *words: str | Path, database: str | None = LIVE) -> Finished:
        """Run one of the server's own programs to its end, whatever that is."""
        option = () if database is None else ("-d", database)
        command = [self.server.bin / name, *place(self.server.target)[:-1], *option, *words]
        return run_program(command, Surroundings(directory=self.folder), timeout_s=_PATIENCE_S)

    def pgassay(self, *words: str, expected: tuple[int, ...] = (0,)) -> Finished:
        """Run pgassay as a user would; an end that is not expected ends the comparison."""
        command = [sys.executable, "-m", "pgassay", "--target", LIVE, "-q", *words]
        done = run_program(command, Surroundings(directory=self.folder), timeout_s=_PATIENCE_S)
        if done.status not in expected:
            sys.exit(f"pgassay {' '.join(words)} ended with {done.status}:\n{said(done)}")
        return done

    def document(self, *words: str, expected: tuple[int, ...] = (0,)) -> dict[str, object]:
        """Run pgassay, and read what it says to programs."""
        found = json.loads(self.pgassay("--json", *words, expected=expected).stdout)
        assert isinstance(found, dict)
        return found


def said(done: Finished) -> str:
    """Give the end of what a program said."""
    return f"{done.stdout.decode()[-2000:]}\n{done.stderr.decode()[-2000:]}"


def pgbench(scale: int) -> Subject:
    """Give pgbench's tables, of a size that pgbench understands."""

    def make(server: Server, target: Target) -> None:
        words = place(target)
        command = [str(server.bin / "pgbench"), "-i", "-q", "-s", str(scale), *words[:-1], words[-1][2:]]
        done = run_program(command)
        if done.status:
            sys.exit(said(done))

    return Subject(
        name=f"pgbench {scale}",
        make=make,
        harm="delete from pgbench_accounts where aid % 3 = 0; create view late as table pgbench_branches",
        probe="select abalance from pgbench_accounts where aid = 1",
    )


def crm(scale: int) -> Subject:
    """Give the CRM example, of a size that its seed understands."""

    def make(_: Server, target: Target) -> None:
        scripts = (
            *sorted((HOME / "bootstrap").glob("*.sql")),
            *sorted((HOME / "migrations").glob("*.up.sql")),
        )
        load_scripts(target, (*scripts, HOME / "seed.sql"), {"scale": str(scale)})

    return Subject(
        name=f"CRM {scale}",
        make=make,
        harm="set session_replication_role = replica;"
        " delete from crm.interactions where hashtext(id::text) % 3 = 0;"
        " create view crm.late as table crm.contacts",
        probe="select id from crm.contacts order by id limit 1",
    )


@contextmanager
def scene(version: str, subject: Subject) -> Iterator[Scene]:
    """Start a server that keeps what it was given, with the subject on it, and lay a project out."""
    programs = DEBIAN if version == "15" else embedded.programs()
    with (
        cluster.start(programs, durable=True, settings=_LIKE_PRODUCTION) as server,
        TemporaryDirectory(prefix="pgassay-bench") as where,
    ):
        folder = Path(where)
        (folder / "migrations").mkdir()
        words = {
            "store": server.target.with_database("memory").conninfo,
            "url": server.target.with_database(LIVE).conninfo,
            "live": LIVE,
            "backups": folder / "backups",
            "workload": HOME / "workload",
        }
        (folder / "pgassay.toml").write_text(_PROJECT.format(**words))
        made = Scene(server, subject, folder)
        made.on_server("create database memory")
        made.on_server(f"create database {PRISTINE}")
        subject.make(server, server.target.with_database(PRISTINE))
        made.ask("vacuum (analyze)", of=server.target.with_database(PRISTINE))
        os.sync()
        made.renew()
        made.pgassay("store", "install")
        yield made
