"""pgassay beside what it replaces: pg_prove, and psql in a loop. One server, one process run, in turn.

    python bench/suite.py [--json] [--rounds N] [--only small_files,crm,one_large_file]

Three suites: (a) 80 small files with 12 assertions of mixed kinds and a table each, (b) the CRM example,
(c) one file with 5,000 assertions. Each contender runs each suite in turn, round by round, so that
what slows the machine slows all of them; the figures are medians, the ratios medians of the rounds' own
ratios. ``raw`` sends the files as they are over one warm libpq connection and reads nothing into the
answers: the least that any runner could take. pg_prove is given the real psql, because Debian's ``psql``
is a Perl wrapper that doubles its time.

Client CPU is what the contender's processes used, server CPU what the server's used, from /proc.
"""

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from psycopg import pq
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from pgassay.flows.demo.run import HOME, build_crm
from pgassay.pg import cluster, embedded
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect
from pgassay.pg.pgtap import ensure
from pgassay.pg.program import find_program
from pgassay.pg.target import Target

DEBIAN = Path("/usr/lib/postgresql/15/bin")
PG_PROVE = shutil.which("pg_prove")
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """What one run of one contender took, in seconds."""

    wall: float
    client_cpu: float
    server_cpu: float


@dataclass(frozen=True)
class Suite:
    """Files, and the database that they run in."""

    name: str
    files: tuple[Path, ...]
    target: Target


@dataclass
class Measured:
    """The costs of a contender, one a round."""

    costs: list[Cost] = field(default_factory=list)

    def median(self, what: str) -> float:
        return float(statistics.median(getattr(cost, what) for cost in self.costs))


def small_files(folder: Path) -> tuple[Path, ...]:
    """Write 80 files with 12 assertions of mixed kinds and a table of their own."""
    folder.mkdir()
    for number in range(80):
        (folder / f"t{number:02}.sql").write_text(_SMALL.replace("@", f"{number:02}"))
    return tuple(sorted(folder.glob("*.sql")))


def one_large_file(folder: Path, *, assertions: int = 5000) -> tuple[Path, ...]:
    """Write one file with many assertions of six kinds."""
    folder.mkdir()
    lines = ["BEGIN;", f"SELECT plan({assertions});", "CREATE TABLE big (id int PRIMARY KEY, name text);"]
    lines += [_KINDS[number % len(_KINDS)].replace("@", str(number)) for number in range(assertions)]
    (folder / "large.sql").write_text("\n".join([*lines, "SELECT * FROM finish();", "ROLLBACK;", ""]))
    return tuple(folder.glob("*.sql"))


_KINDS = (
    "SELECT ok(@ >= 0, 'number @ is not negative');",
    "SELECT is(@ + 1, (@ + 1), 'adding one to @');",
    "SELECT isnt('a'::text, 'b@', 'a is not b@');",
    "SELECT matches('abc@'::text, '^abc', 'abc@ begins with abc');",
    "SELECT cmp_ok(@, '<', @ + 1, '@ is less than the next');",
    "SELECT pass('number @ passes');",
)

_SMALL = """\
BEGIN;
SELECT plan(12);
CREATE TABLE herb_@ (id int PRIMARY KEY, name text NOT NULL, uses int DEFAULT 1 CHECK (uses > 0));
INSERT INTO herb_@ (id, name) VALUES (1, 'sage'), (2, 'mint');
SELECT has_table('herb_@'::name);
SELECT has_column('herb_@'::name, 'name'::name);
SELECT col_not_null('herb_@'::name, 'name'::name, 'a herb has a name');
SELECT col_is_pk('herb_@'::name, 'id'::name, 'id is the key');
SELECT is((SELECT count(*) FROM herb_@), 2::bigint, 'two herbs');
SELECT results_eq('SELECT name FROM herb_@ ORDER BY id', ARRAY['sage', 'mint'], 'their names');
SELECT throws_ok('INSERT INTO herb_@ VALUES (1, ''dill'')', '23505', NULL, 'ids are unique');
SELECT throws_ok('INSERT INTO herb_@ VALUES (3, ''dill'', 0)', '23514', NULL, 'uses are positive');
SELECT lives_ok('INSERT INTO herb_@ VALUES (3, ''dill'')', 'another herb');
SELECT is_empty('SELECT 1 FROM herb_@ WHERE uses <> 1', 'the default');
SELECT cmp_ok(1, '<', 2, 'numbers are in order');
SELECT pass('and that is all');
SELECT * FROM finish();
ROLLBACK;
"""


@contextmanager
def measured(server: Server, into: Measured) -> Iterator[None]:
    """Measure what happens in the block."""
    client, on_server, started = _client_cpu(), _server_cpu(server.pid), time.perf_counter()
    yield
    wall = time.perf_counter() - started
    into.costs.append(Cost(wall, _client_cpu() - client, _server_cpu(server.pid) - on_server))


def _client_cpu() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _server_cpu(postmaster: int) -> float:
    """Give the CPU time of the server: its processes, and those that it has seen end."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == postmaster:
            total += int(fields[11]) + int(fields[12])
        elif stat.parent.name == str(postmaster):
            total += sum(int(each) for each in fields[11:15])
    return total / TICK


def run(command: list[str], environment: dict[str, str] | None = None) -> None:
    """Run a program that has to succeed."""
    done = subprocess.run(
        command, capture_output=True, env={**os.environ, **(environment or {})}, check=False
    )
    if done.returncode:
        sys.exit(
            f"{' '.join(command[:6])} … failed:\n{done.stdout.decode()[-2000:]}{done.stderr.decode()[-2000:]}"
        )


def contenders(suite: Suite, *, jobs: int) -> dict[str, Callable[[], None]]:
    """Give what runs a suite, by name."""
    found: dict[str, Callable[[], None]] = {"pgassay": lambda: by_pgassay(suite, "-j", str(jobs))}
    if jobs > 1:
        found["pgassay, clones"] = lambda: by_pgassay(suite, "-j", str(jobs), "--isolation", "clone")
    if PG_PROVE is not None:
        found["pg_prove"] = lambda: by_pg_prove(suite, jobs)
    if jobs == 1:
        found["psql in a loop"] = lambda: by_psql(suite)
        if all("\n\\" not in file.read_text() for file in suite.files):
            found["raw"] = lambda: send_raw(suite)
    return found


def by_pgassay(suite: Suite, *options: str) -> None:
    """Run the suite as a user would, without recording it (the others record nothing, either)."""
    command = [sys.executable, "-m", "pgassay", "--target", suite.target.conninfo, "-q", "test", "--no-store"]
    run([*command, *options, *(str(file) for file in suite.files)])


def by_pg_prove(suite: Suite, jobs: int) -> None:
    """Run the suite with pg_prove and the real psql."""
    command = [str(PG_PROVE), "--norc", "-Q", "-j", str(jobs), "-b", str(find_program("psql"))]
    run([*command, *place(suite.target), *(str(file) for file in suite.files)])


def by_psql(suite: Suite) -> None:
    """Run one psql a file, one after the other; nothing reads what they print."""
    command = [str(find_program("psql")), "-XqAt", "--set", "ON_ERROR_STOP=1", *place(suite.target)]
    for file in suite.files:
        run([*command, "-f", str(file)])


def place(target: Target) -> list[str]:
    """Give psql's options that lead to a database."""
    words = conninfo_to_dict(target.conninfo)
    return [
        f"-{flag}{words[key]}" for flag, key in (("h", "host"), ("p", "port"), ("U", "user"), ("d", "dbname"))
    ]


def send_raw(suite: Suite) -> None:
    """Send whole files over one warm connection, DISCARD ALL between them."""
    connection = pq.PGconn.connect(make_conninfo(suite.target.conninfo).encode())
    for file in suite.files:
        for message in (file.read_bytes(), b"DISCARD ALL"):
            result = connection.exec_(message)
            if result.status not in (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK):
                sys.exit(f"{file}: {result.error_message!r}")
    connection.finish()


def compare(server: Server, suite: Suite, *, jobs: int, rounds: int) -> dict[str, Measured]:
    """Let each contender run the suite once a round, in turn; a first round does not count."""
    found = contenders(suite, jobs=jobs)
    results = {name: Measured() for name in found}
    for number in range(rounds + 1):
        for name, contender in found.items():
            with measured(server, results[name] if number else Measured()):
                contender()
    return results


def ratio(
    results: dict[str, Measured], what: str, *, of: str = "pgassay", to: str = "pg_prove"
) -> float | None:
    """Give the median of the rounds' ratios of one contender to another."""
    if of not in results or to not in results:
        return None
    pairs = zip(results[of].costs, results[to].costs, strict=True)
    return round(
        float(statistics.median(getattr(one, what) / getattr(other, what) for one, other in pairs)), 3
    )


def show(suite: Suite, jobs: int, results: dict[str, Measured]) -> None:
    """Print a table."""
    print(f"\n{suite.name}, {len(suite.files)} files, -j{jobs}")
    print(f"  {'':<22}{'wall s':>9}{'client CPU s':>14}{'server CPU s':>14}{'wall ÷ pg_prove':>17}")
    for name, each in results.items():
        against = ratio(results, "wall", of=name)
        print(
            f"  {name:<22}{each.median('wall'):>9.3f}{each.median('client_cpu'):>14.3f}"
            f"{each.median('server_cpu'):>14.3f}{'' if against is None else f'{against:.2f}':>17}"
        )


@contextmanager
def suites(server: Server) -> Iterator[dict[str, Suite]]:
    """Make the suites and their databases."""
    with tempfile.TemporaryDirectory(prefix="pgassay-bench") as name:
        folder = Path(name)
        with connect(server.target) as connection:
            connection.execute("create database bench")
        target = server.target.with_database("bench")
        crm = build_crm(server.target, HOME, scale=1)
        tests = tuple(file for file in sorted((HOME / "sql" / "tests").glob("[a-z]*/*.sql")) if shared(file))
        for each in (target, crm):
            with connect(each) as connection:
                ensure(connection, schema="public")  # where pg_prove finds it without being told
        yield {
            "small_files": Suite("(a) small files", small_files(folder / "small"), target),
            "crm": Suite("(b) the CRM example", tests, crm),
            "one_large_file": Suite("(c) one large file", one_large_file(folder / "large"), target),
        }


def shared(file: Path) -> bool:
    """Whether a file can be run by pg_prove: those that commit need a clone."""
    return "isolation clone" not in file.read_text()


def main() -> None:
    """Run the comparison."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default="small_files,crm,one_large_file")
    arguments = parser.parse_args()
    programs = DEBIAN if (DEBIAN / "postgres").exists() else embedded.programs()
    document: dict[str, object] = {}
    with cluster.start(programs) as server, suites(server) as made:
        for name in arguments.only.split(","):
            entry: dict[str, object] = {}
            for jobs in (1, 2):
                results = compare(server, made[name], jobs=jobs, rounds=arguments.rounds)
                if not arguments.json:
                    show(made[name], jobs, results)
                suffix = "" if jobs == 1 else f"_j{jobs}"
                entry[f"wall_ratio{suffix}"] = ratio(results, "wall")
                entry[f"client_cpu_ratio{suffix}"] = ratio(results, "client_cpu")
                entry[f"over_raw{suffix}"] = ratio(results, "wall", to="raw")
                entry[f"medians{suffix}"] = {
                    each: asdict(Cost(*(m.median(what) for what in ("wall", "client_cpu", "server_cpu"))))
                    for each, m in results.items()
                }
            document[name] = entry
    first = next(iter(document.values()))
    assert isinstance(first, dict)
    document["client_cpu_ratio"] = first["client_cpu_ratio"]
    document["server"] = server.version
    if arguments.json:
        print(json.dumps(document, indent=2))


if __name__ == "__main__":
    main()
