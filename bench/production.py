"""An application beside a safe run: how much slower it gets, how long it ever waits, and what safety costs.

    python bench/production.py [--json] [--rounds N] [--seconds N] [--rate N] [--only ordinary,cost]

One server, and on it a pgbench load (TPC-B-like, rate-limited) that runs through; in turn, slice by slice,
nothing is beside it and then one safe run after the other. What slows the machine slows both kinds of
slices. Three scenarios:

* ``ordinary``: files that read and write what the load uses, and make objects of their own;
* ``reader``: the same, while a session of the application keeps a transaction with a snapshot open;
* ``hostile``: files that take what the load wants and sleep on it (all branches' rows, whole tables, a lock
  that has to queue behind the reader), with the rules relaxed that would refuse them.

``p99`` is over the latencies of all transactions of a kind of slice, from pgbench's own log (measured from
when a transaction was due, as ``-R`` does). ``waits`` are from the server's log (``log_lock_waits``): those
of the load's sessions for a lock that a session of pgassay held or awaited before them, or somebody who
waited for one of those. One transaction of the load may wait several times.
``cost`` runs 80 small files with and without safety, in turn, without a load. The goals: p99 of ordinary
slices at most 1.25 times as long, no wait longer than the patience and 100 ms, a safe run at most 1.5 times
as long as another.

In production the server's machine is not that of its clients, here they share a few cores, and perhaps with
others. So the rate is far below what the machine can do, the server and the load run with a raised priority
(where that is allowed: as root), and pgassay's client with the lowest. The server's work for pgassay has the
same priority as that for the load, so it is in the figures. ``rounds`` has the ratio of each round: how far
they are apart is what a single figure is worth on the machine.
"""

import argparse
import json
import os
import re
import statistics
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from pgassay.pg import cluster
from pgassay.pg.clock import now, pause
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect, sql
from pgassay.pg.pgtap import ensure
from pgassay.pg.process import Running, Surroundings, spawn
from pgassay.pg.target import Target
from suite import DEBIAN, Measured, Suite, measured, place, ratio, run, small_files

SCALE = 5
CLIENTS = 4
EDGE_S = 0.3
PATIENCE_MS = 200
GRACE_MS = 100
LOGGED = {
    "log_lock_waits": "on",
    "deadlock_timeout": "10ms",
    "log_connections": "on",
    "log_line_prefix": "%p|%n|%a|",
    "lc_messages": "C",
    "autovacuum": "on",
}
RAISED_BY = -15
RAISED = ("nice", "-n", str(RAISED_BY)) if os.geteuid() == 0 else ()
RELAXED = """
[safety]
allow = { strong_locks = "that is the point", row_locks = "that is the point", sleeps = "to be stopped" }
"""


@dataclass(frozen=True)
class Slice:
    """A stretch of time in seconds since 1970, and whether pgassay ran in it."""

    since: float
    until: float
    beside: bool

    def holds(self, moment: float) -> bool:
        """Whether a moment is in it, and not at its edges."""
        return self.since + EDGE_S <= moment < self.until - EDGE_S


@dataclass
class Found:
    """What one scenario came to; times in milliseconds, pairs are without and with safe runs beside.

    ``runs`` is how many of these there were, and ``red`` how many were not green.
    """

    transactions: int = 0
    runs: int = 0
    red: int = 0
    p50: tuple[float, float] = (0.0, 0.0)
    p99: tuple[float, float] = (0.0, 0.0)
    longest: tuple[float, float] = (0.0, 0.0)
    p99_ratio: float = 0.0
    rounds: list[float] = field(default_factory=list)
    waits: int = 0
    longest_wait: float = 0.0
    longest_seen: int = 0
    longest_gap: int = 0
    broken: list[str] = field(default_factory=list)


def ordinary_files(folder: Path) -> None:
    """Write 20 files: they read what the load writes, write what it reads, and make objects of their own."""
    for number in range(20):
        (folder / f"t{number:02}.sql").write_text(_ORDINARY.replace("@", f"{number:02}"))


def hostile_files(folder: Path) -> None:
    """Write files that want what the load wants, and keep it."""
    for name, statement in _HOSTILE.items():
        text = f"begin;\nselect plan(1);\n{statement}\nselect pass('it is done');\nrollback;\n"
        (folder / f"{name}.sql").write_text(text)
    (folder / "pgassay.toml").write_text(RELAXED)


_ORDINARY = """\
begin;
select plan(8);
select has_table('pgbench_accounts'::name);
select has_column('pgbench_tellers'::name, 'tbalance'::name);
select col_is_pk('pgbench_branches'::name, 'bid'::name);
select is((select count(*) from pgbench_tellers), 50::bigint, 'ten tellers a branch');
insert into pgbench_history (tid, bid, aid, delta, mtime) values (1, 1, 1, @, now());
update pgbench_accounts set filler = 'own' where aid = 499900 + @;
select is((select count(*) from pgbench_accounts where filler = 'own'::char(84) and aid > 499899), 1::bigint);
create table own_@ (id int primary key, name text not null);
insert into own_@ select number, 'name ' || number from generate_series(1, 100) as number;
select throws_ok('insert into own_@ values (1, null)', '23502', null, 'names are needed');
select results_eq('select count(*) from own_@', array[100::bigint], 'all of them');
select pass('and that is all');
select * from finish();
rollback;
"""
_HOSTILE = {
    "a_rows": "update pgbench_branches set bbalance = bbalance; select pg_sleep(5);",
    "b_table": "lock table pgbench_tellers in access exclusive mode; select pg_sleep(5);",
    "c_queue": "lock table pgbench_accounts in access exclusive mode; select pg_sleep(5);",
    "d_change": "alter table pgbench_history add column note text; select pg_sleep(5);",
    "e_index": "create index on pgbench_tellers (tbalance); select pg_sleep(5);",
    "f_hidden": "do $$ begin perform pg_sleep(0.1); update pgbench_tellers set tbalance = tbalance;"
    " perform pg_sleep(5); end $$;",
}


class Beside:
    """Safe runs, one after the other, beside whatever happens in the block."""

    def __init__(self, target: Target, folder: Path, *, jobs: int, into: Found) -> None:
        self._command = [
            *("nice", "-n", "19", sys.executable, "-m", "pgassay", "--target", target.conninfo, "-q", "test"),
            *(".", "--production-safe", "--pause", "0", "-j", str(jobs), "--no-store", "--format", "jsonl"),
        ]
        self._folder, self._into = folder, into

    def until(self, moment: float) -> None:
        """Run them until a moment; the last one is let finish, and belongs to nothing."""
        while now().timestamp() < moment:
            done = self._start().finish()
            self._into.runs += 1
            self._into.red += done.status != 0
            for line in done.stdout.decode().splitlines():
                self._note(line)

    def _start(self) -> Running:
        return spawn(self._command, Surroundings(directory=self._folder))

    def _note(self, line: str) -> None:
        for claim in re.findall(r"the longest wait seen was (\d+) ms, and none of over (\d+) ms", line):
            self._into.longest_seen = max(self._into.longest_seen, int(claim[0]))
            self._into.longest_gap = max(self._into.longest_gap, int(claim[1]))
        for waited in re.findall(r'"waited_ms": ?(\d+)', line):
            self._into.longest_seen = max(self._into.longest_seen, int(waited))


@contextmanager
def load(server: Server, target: Target, *, rate: int, folder: Path) -> Iterator[None]:
    """Run pgbench during the block."""
    command = [
        *(
            *RAISED,
            str(server.bin / "pgbench"),
            "-n",
            "-c",
            str(CLIENTS),
            "-j",
            "2",
            "-R",
            str(rate),
            "-T",
            "36000",
        ),
        *("-l", "--log-prefix", str(folder / "load"), *place(target)[:-1], place(target)[-1][2:]),
    ]
    with (folder / "errors").open("wb") as errors, spawn(command, output=errors, errors=errors) as running:
        pause(2.0)
        yield
        if running.status() is not None:
            sys.exit((folder / "errors").read_text()[-2000:])
        running.end()


@contextmanager
def long_reader(target: Target) -> Iterator[None]:
    """Keep a transaction of the application open, with a snapshot and locks for reading."""
    with connect(target, application="reporting") as connection, connection.transaction():
        connection.execute("set transaction isolation level repeatable read")
        for table in ("accounts", "branches", "tellers", "history"):
            connection.execute(sql.SQL("table {} limit 1").format(sql.Identifier(f"pgbench_{table}")))
        yield


def scenario(server: Server, target: Target, name: str, arguments: argparse.Namespace) -> Found:
    """Let the load run through, with and without pgassay beside it in turn."""
    found, slices = Found(), list[Slice]()
    with TemporaryDirectory(prefix="pgassay-bench") as where, ExitStack() as around:
        folder = Path(where)
        (folder / "tests").mkdir()
        (hostile_files if name == "hostile" else ordinary_files)(folder / "tests")
        beside = Beside(target, folder / "tests", jobs=arguments.jobs, into=found)
        around.enter_context(load(server, target, rate=arguments.rate, folder=folder))
        for _ in range(arguments.rounds):
            with ExitStack() as round_:
                if name != "ordinary":
                    round_.enter_context(long_reader(target))
                for with_it in (False, True):
                    since = now().timestamp()
                    until = since + arguments.seconds
                    beside.until(until) if with_it else pause(arguments.seconds)
                    slices.append(Slice(since, until, with_it))
                    pause(0.5)
        around.close()
        found.rounds = [
            round(quantile(beside_, 99) / quantile(alone, 99), 2)
            for number in range(arguments.rounds)
            for alone, beside_ in [read_latencies(folder, slices[2 * number : 2 * number + 2])]
        ]
        latencies = read_latencies(folder, slices)
    sum_up(found, latencies)
    note_waits(found, server.log, slices)
    return found


def read_latencies(folder: Path, slices: list[Slice]) -> tuple[list[float], list[float]]:
    """Give the latencies in milliseconds of the transactions that were due in each kind of slice."""
    kinds: tuple[list[float], list[float]] = ([], [])
    for log in folder.glob("load.*"):
        for line in log.read_text().splitlines():
            words = line.split()
            if len(words) < 6 or not words[2].isdigit():  # the last line is cut off
                continue
            latency, second, microsecond = words[2], words[4], words[5]
            due = int(second) + (int(microsecond) - int(latency)) / 1_000_000
            for each in slices:
                if each.holds(due):
                    kinds[each.beside].append(int(latency) / 1000)
    return kinds


def sum_up(found: Found, latencies: tuple[list[float], list[float]]) -> None:
    """Note what the latencies come to."""
    alone, beside = latencies
    if min(len(alone), len(beside)) < 200:
        sys.exit(f"Too few transactions to speak of: {len(alone)} and {len(beside)}.")
    found.transactions = len(alone) + len(beside)
    found.p50 = (quantile(alone, 50), quantile(beside, 50))
    found.p99 = (quantile(alone, 99), quantile(beside, 99))
    found.longest = (round(max(alone), 1), round(max(beside), 1))
    found.p99_ratio = round(found.p99[1] / found.p99[0], 3)


def quantile(values: list[float], percent: int) -> float:
    """Give a percentile, to the hundredth of a millisecond."""
    return round(statistics.quantiles(values, n=100, method="inclusive")[percent - 1], 2)


_AUTHORIZED = re.compile(r"^(\d+)\|[\d.]+\|[^|]*\|LOG:  connection authorized: .*application_name=(.*)$")
_STILL = re.compile(r"^(\d+)\|([\d.]+)\|[^|]*\|LOG:  process \d+ still waiting for .* after ([\d.]+) ms")
_HOLDERS = re.compile(
    r"^(\d+)\|[\d.]+\|[^|]*\|DETAIL:  Process(?:es)? holding the lock: ([\d, ]+)\. Wait queue: ([\d, ]*)\."
)
_OVER = re.compile(r"^(\d+)\|([\d.]+)\|[^|]*\|(?:LOG|ERROR):  .*(?:acquired .* after ([\d.]+) ms|cancel)")


def note_waits(found: Found, log: Path, slices: list[Slice]) -> None:
    """Note from the server's log who waited for a lock that pgassay held, or awaited before them."""
    ours: set[str] = set()
    behind_us: set[str] = set()
    for line in log.read_text("utf-8", "replace").splitlines():
        if (match := _AUTHORIZED.match(line)) is not None:
            (ours.add if match[2].startswith("pgassay test") else ours.discard)(match[1])
        elif (match := _HOLDERS.match(line)) is not None:
            queue = match[3].split(", ")
            before = queue[: queue.index(match[1])] if match[1] in queue else queue
            if match[1] not in ours and (ours | behind_us) & {*match[2].split(", "), *before}:
                behind_us.add(match[1])
        elif (match := _OVER.match(line)) is not None and match[1] in behind_us:
            behind_us.discard(match[1])
            if match[3] and any(each.since <= float(match[2]) < each.until + 10 for each in slices):
                found.waits += 1
                found.longest_wait = max(found.longest_wait, float(match[3]))


def cost(server: Server, target: Target, rounds: int) -> float | None:
    """Give how much longer a safe run of small files takes than another: the median of the rounds' ratios."""
    with TemporaryDirectory(prefix="pgassay-bench") as where:
        suite = Suite("small files", small_files(Path(where) / "small"), target)
        results = {"safe": Measured(), "unsafe": Measured()}
        pgassay = [sys.executable, "-m", "pgassay", "--target", target.conninfo]
        base = [*pgassay, "-q", "test", "--no-store", "-j", "1"]
        words = {"safe": ["--production-safe", "--pause", "0"], "unsafe": []}
        for number in range(rounds + 1):
            for name, options in words.items():
                with measured(server, results[name] if number else Measured()):
                    run([*base, *options, *(str(file) for file in suite.files)])
    return ratio(results, "wall", of="safe", to="unsafe")


@contextmanager
def production() -> Iterator[tuple[Server, Target]]:
    """Start a server with pgbench's tables and pgTAP on it."""
    with cluster.start(DEBIAN, settings=LOGGED) as server:
        if RAISED:  # for the processes that it starts from now on, which is one for each connection
            os.setpriority(os.PRIO_PROCESS, server.pid, RAISED_BY)
        with connect(server.target) as connection:
            connection.execute("create database shop")
        target = server.target.with_database("shop")
        with connect(target) as connection:
            ensure(connection, schema="public")
        run([str(server.bin / "pgbench"), "-i", "-q", "-s", str(SCALE), *place(target)[:-1], "shop"])
        yield server, target


def judged(name: str, found: Found) -> Found:
    """Say which goals a scenario misses."""
    if name != "hostile" and found.red:
        found.broken.append(f"{found.red} runs were not green")
    if name != "hostile" and found.p99_ratio > 1.25:
        found.broken.append(f"p99 is {found.p99_ratio} times as long")
    if found.longest_wait > PATIENCE_MS + GRACE_MS:
        found.broken.append(f"somebody waited {found.longest_wait} ms")
    return found


def show(name: str, found: Found) -> None:
    """Print a scenario as a table."""
    print(f"\n{name}: {found.transactions} transactions, {found.runs} safe runs, {found.red} of them red")
    print(f"  {'latency of the load, ms':<28}{'p50':>9}{'p99':>9}{'longest':>10}")
    for place_, label in enumerate(("alone", "beside safe runs")):
        print(f"  {label:<28}{found.p50[place_]:>9}{found.p99[place_]:>9}{found.longest[place_]:>10}")
    print(f"  p99 ratio {found.p99_ratio}, of the rounds {found.rounds}")
    print(f"  waits for pgassay of over 10 ms: {found.waits}, the longest {found.longest_wait} ms")
    print(f"  pgassay itself saw {found.longest_seen} ms, and looked at least every {found.longest_gap} ms")
    print(f"  {'; '.join(found.broken) or 'within the goals'}")


def main() -> None:
    """Run the scenarios."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--rate", type=int, default=100)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", default="ordinary,reader,hostile,cost")
    arguments = parser.parse_args()
    document: dict[str, object] = {
        "cores": os.cpu_count(),
        "load_average": os.getloadavg(),
        "rate": arguments.rate,
        "jobs": arguments.jobs,
    }
    with production() as (server, target):
        document["server"] = server.version
        for name in arguments.only.split(","):
            if name == "cost":
                document["cost_ratio"] = cost(server, target, arguments.rounds)
                if not arguments.json:
                    print(f"\ncost: a safe run takes {document['cost_ratio']} times as long as another")
                continue
            found = judged(name, scenario(server, target, name, arguments))
            document[name] = asdict(found)
            if not arguments.json:
                show(name, found)
    if arguments.json:
        print(json.dumps(document, indent=2))


if __name__ == "__main__":
    main()
