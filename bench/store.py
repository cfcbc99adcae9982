"""Measures what it costs to record a run: beside a plain INSERT for each test, as one would write it by hand.

    python bench/store.py [CONNINFO] [--json] [--rounds N]

CONNINFO is of a database in which the store may be installed, which is done; without one it is a disposable
server's. The same results, 10,000 test
lines in 1, 100 and 1,000 files, go in through the recorder (from its start and the first event until it
is closed, with all that it keeps), and row by row through one warm connection in one transaction (the
test lines alone). ``seconds`` is wall time, ``seen_s`` the part of it that the run itself waited,
``cpu_s`` the client's CPU time; each is the median of the rounds. The recorded runs are deleted afterwards.
"""

import argparse
import json
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from functools import partial
from statistics import median
from uuid import UUID, uuid4

from pgassay.model.assertion import Assertion
from pgassay.model.events.suite import FileFinished, FileStarted, RunFinished, RunStarted, SuiteEvent
from pgassay.model.suite import Environment, FileResult, Outcome, Run, RunOptions, TestFile
from pgassay.pg import clock, cluster, embedded
from pgassay.pg.connection import Connection, connect
from pgassay.pg.target import Target, parse_target
from pgassay.store.recorder import Recorder
from pgassay.store.schema import install
from suite import DEBIAN

TESTS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one way of recording took."""

    way: str
    files: int
    seconds: float
    seen_s: float
    cpu_s: float


def results(files: int) -> list[FileResult]:
    """Give ``TESTS`` test lines, spread over so many files."""
    each = TESTS // files
    lines = tuple(
        Assertion(
            position=n,
            number=n,
            ok=True,
            description=f"column contact.field_{n} should be of type text",
            elapsed_ms=n / 7,
        )
        for n in range(1, each + 1)
    )
    output = (f"1..{each}", *(f"ok {line.position} - {line.description}" for line in lines))
    sample = FileResult(
        file=TestFile(path="", category="unit"),
        outcome=Outcome.PASSED,
        started_at=clock.now(),
        elapsed_s=0.5,
        planned=each,
        assertions=lines,
        output=output,
    )
    return [
        replace(sample, file=TestFile(path=f"tests/unit/{n:04}.sql", category="unit")) for n in range(files)
    ]


def events(found: list[FileResult]) -> list[SuiteEvent]:
    """Give the run that has these results."""
    run = Run(
        id=uuid4(),
        started_at=clock.now(),
        name="bench",
        environment=Environment(target="bench"),
        options=RunOptions(),
        files=tuple(each.file for each in found),
    )
    told: list[SuiteEvent] = [RunStarted(run=run)]
    for each in found:
        told += [FileStarted(file=each.file, at=each.started_at, worker=0), FileFinished(result=each)]
    return [*told, RunFinished(at=run.started_at + timedelta(seconds=1), elapsed_s=1.0)]


def by_recorder(target: Target, found: list[FileResult]) -> float:
    """Record a run; give the seconds that its own thread spent on it."""
    told = events(found)
    began = clock.monotonic()
    recorder = Recorder(lambda: connect(target), warn=_complain)
    for event in told:
        recorder.see(event)
    seen_s = clock.monotonic() - began
    recorder.close()
    return seen_s


def by_rows(connection: Connection, found: list[FileResult]) -> float:
    """Insert the same test lines one by one."""
    began, run_id = clock.monotonic(), UUID(int=0)
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute("create temp table by_rows (like prod_test_schema.test_results) on commit drop")
        for position, each in enumerate(found):
            for line in each.assertions:
                cursor.execute(
                    "insert into by_rows (run_id, file_position, position, number, ok, description,"
                    " elapsed_ms, directive, reason, unplanned, diagnostics, nested, passed)"
                    " values (%s, %s, %s, %s, %s, %s, %s, '', '', false, '{}', '{}', true)",
                    (
                        run_id,
                        position,
                        line.position,
                        line.number,
                        line.ok,
                        line.description,
                        line.elapsed_ms,
                    ),
                )
    return clock.monotonic() - began


def measure(way: str, files: int, work: Callable[[], float], *, rounds: int) -> Cost:
    """Do it a few times and give the medians."""
    taken = []
    for _ in range(rounds):
        wall, cpu = clock.monotonic(), time.process_time()
        seen_s = work()
        taken.append((clock.monotonic() - wall, seen_s, time.process_time() - cpu))
    seconds, seen, cpu_s = (median(column) for column in zip(*taken, strict=True))
    return Cost(way=way, files=files, seconds=seconds, seen_s=seen, cpu_s=cpu_s)


def _complain(sentence: str, remedy: str) -> None:
    raise SystemExit(f"{sentence} {remedy}")


def compare(target: Target, rounds: int) -> list[Cost]:
    """Let both write the same results."""
    costs: list[Cost] = []
    with connect(target) as connection:
        install(connection)
        for files in (1, 100, 1_000):
            found = results(files)
            recorded = partial(by_recorder, target, found)
            costs.append(measure("recorder", files, recorded, rounds=rounds))
            by_hand = partial(by_rows, connection, found)
            costs.append(measure("row by row", files, by_hand, rounds=rounds))
        connection.execute("delete from prod_test_schema.test_runs where name = 'bench'")
    return costs


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("conninfo", nargs="?")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with ExitStack() as around:
        if options.conninfo is None:
            programs = DEBIAN if (DEBIAN / "postgres").exists() else embedded.programs()
            target = around.enter_context(cluster.start(programs)).target
        else:
            target = parse_target(options.conninfo)
        costs = compare(target, options.rounds)
    if options.json:
        print(json.dumps([asdict(each) for each in costs]))
        return
    for each in costs:
        print(
            f"{each.way:>10}, {each.files:>4} files: {each.seconds * 1000:6.0f} ms"
            f" (the run waited {each.seen_s * 1000:.0f} ms; client CPU {each.cpu_s * 1000:.0f} ms)"
        )


if __name__ == "__main__":
    main()
