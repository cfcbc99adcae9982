"""What checks cost: preflight and health on databases of 50, 500 and 5,000 tables.

    python bench/checks.py [--json] [--rounds N] [--tables 50,500] [--server 15|18] [--slowest N]

A table has a primary key, an index, a foreign key to the one before it, row-level security and two policies;
a role of an API may read it. Figures are medians over the rounds: of the whole process, of the run on the
server, and of single checks. ``growth`` is the time of a check at the largest size over that at the size
before, divided by the ratio of the sizes: 1 is linear, and less is better.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from threading import Event
from uuid import uuid4

from pgassay.checks.choose import choose
from pgassay.checks.load import builtin
from pgassay.checks.plan import make_plan
from pgassay.checks.run import run
from pgassay.checks.settings import ChecksSettings
from pgassay.model.check import Area, Level
from pgassay.model.events.check import CheckFinished, ChecksFinished
from pgassay.pg import cluster, embedded
from pgassay.pg.clock import monotonic, now
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect
from pgassay.pg.process import Surroundings
from pgassay.pg.process import run as run_program
from pgassay.pg.target import Target

DEBIAN = Path("/usr/lib/postgresql/15/bin")
COMMANDS = {"preflight": (Area.PREFLIGHT, Area.SECURITY), "health": (Area.HEALTH,)}
_WORTH_COMPARING_MS = 2.0
_AT_ONCE = 200
_TABLE = (
    "create table shop.t{n} (id bigint generated always as identity primary key, owner_id uuid not null,"
    " previous bigint, note text)",
    "create index on shop.t{n} (owner_id)",
    "create index on shop.t{n} (previous)",
    "alter table shop.t{n} enable row level security",
    "create policy reads on shop.t{n} for select to web using (owner_id = (select shop.me()))",
    "create policy writes on shop.t{n} for insert to web with check (owner_id = (select shop.me()))",
    "grant select, insert on shop.t{n} to web",
    "insert into shop.t{n} (owner_id, note) select shop.me(), 'n' from generate_series(1, 20)",
)
_REFERENCE = "alter table shop.t{n} add foreign key (previous) references shop.t{before}"


@dataclass(slots=True)
class Measured:
    """One command at one size: seconds of process and run, milliseconds of each check."""

    process_s: list[float] = field(default_factory=list)
    run_s: list[float] = field(default_factory=list)
    checks_ms: dict[str, list[float]] = field(default_factory=dict)
    round_trips: int = 0
    checks: int = 0
    not_verified: int = 0


@contextmanager
def database(server: Server, tables: int) -> Iterator[Target]:
    """Make a database of so many tables; some hundred a transaction, for the locks that there are."""
    name = f"bench_{tables}"
    with connect(server.target) as connection:
        connection.execute(f"create database {name}".encode())
    target = server.target.with_database(name)
    with connect(target) as connection:
        connection.execute(
            "do $$ begin create role web; exception when duplicate_object then null; end $$;"
            "create schema shop; grant usage on schema shop to web;"
            "create function shop.me() returns uuid language sql stable"
            " as 'select current_setting(''app.person'', true)::uuid';"
            "set app.person = '00000000-0000-4000-8000-000000000001'"
        )
        for first in range(1, tables + 1, _AT_ONCE):
            numbers = range(first, min(first + _AT_ONCE, tables + 1))
            statements = [each.format(n=n) for n in numbers for each in _TABLE]
            statements += [_REFERENCE.format(n=n, before=n - 1) for n in numbers if n > 1]
            connection.execute("; ".join(statements).encode())
        connection.execute("analyze")
    yield target


def measure(target: Target, areas: Sequence[Area], command: str, *, rounds: int) -> Measured:
    """Run a command so often as a process, and as often inside of this one; a first round does not count."""
    found = Measured()
    for number in range(rounds + 1):
        began = monotonic()
        words = [sys.executable, "-m", "pgassay", "--json", "--target", target.conninfo, command]
        run_program(words, Surroundings())
        took = monotonic() - began
        seen = _inside(target, areas)
        if number:
            found.process_s.append(took)
            _add(found, seen)
    return found


def _inside(target: Target, areas: Sequence[Area]) -> list[object]:
    every = builtin()
    plan = make_plan(choose(every, areas=areas), ChecksSettings(), every=every, run=uuid4(), areas=areas)
    return list(run(plan, target, now=now, stop=Event()))


def _add(found: Measured, events: list[object]) -> None:
    results = [each.result for each in events if isinstance(each, CheckFinished)]
    end = events[-1]
    assert isinstance(end, ChecksFinished)
    found.run_s.append(end.elapsed_s)
    found.round_trips = end.round_trips
    found.checks = len(results)
    found.not_verified = sum(each.level is Level.NOT_VERIFIED for each in results)
    for each in results:
        found.checks_ms.setdefault(each.check.name, []).append(each.elapsed_ms)


def figures(found: Measured) -> dict[str, float | int]:
    """Give the medians of one command at one size."""
    return {
        "process_s": round(median(found.process_s), 3),
        "run_s": round(median(found.run_s), 3),
        "round_trips": found.round_trips,
        "checks": found.checks,
        "not_verified": found.not_verified,
    }


def growth(smaller: Measured, larger: Measured, ratio: float) -> dict[str, tuple[float, float]]:
    """Give, for each check that takes long enough to tell, its time at the larger size and its growth."""
    return {
        name: (median(times), median(times) / max(median(smaller.checks_ms[name]), 0.2) / ratio)
        for name, times in larger.checks_ms.items()
        if median(times) >= _WORTH_COMPARING_MS and name in smaller.checks_ms
    }


@contextmanager
def server_of(version: str) -> Iterator[Server]:
    """Start a disposable server."""
    if version == "15":
        with cluster.start(DEBIAN) as server:
            yield server
    else:
        with embedded.start() as server:
            yield server


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--tables", default="50,500,5000")
    parser.add_argument("--server", choices=("15", "18"), default="18")
    parser.add_argument("--slowest", type=int, default=10)
    options = parser.parse_args()
    sizes = [int(each) for each in options.tables.split(",")]
    document: dict[str, object] = {"server": options.server}
    with server_of(options.server) as server:
        found: dict[tuple[str, int], Measured] = {}
        for size in sizes:
            with database(server, size) as target:
                for command, areas in COMMANDS.items():
                    found[command, size] = measure(target, areas, command, rounds=options.rounds)
                    document[f"{command} {size}"] = figures(found[command, size])
                    if not options.json:
                        print(f"{command:10} {size:6,} tables  {figures(found[command, size])}", flush=True)
        for command in COMMANDS if len(sizes) > 1 else ():
            small, large = sizes[-2:]
            grown = growth(found[command, small], found[command, large], large / small)
            slowest = sorted(grown.items(), key=lambda each: each[1], reverse=True)[: options.slowest]
            document[f"{command} slowest"] = {
                name: [round(ms, 1), round(by, 2)] for name, (ms, by) in slowest
            }
            worst = max((by for _, by in grown.values()), default=0.0)
            document[f"{command} worst growth"] = round(worst, 2)
            if not options.json:
                print(f"{command}: slowest at {large:,} tables (ms, growth; 1 is linear)")
                for name, (ms, by) in slowest:
                    print(f"    {name:34} {ms:8.1f}  {by:5.2f}")
    if options.json:
        print(json.dumps(document, indent=2))


if __name__ == "__main__":
    main()
