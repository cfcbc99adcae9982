"""What safety costs: the same files with and without ``--production-safe``, in turn, on one server.

    python bench/safety.py [--json] [--rounds N] [--jobs N] [--only small_files,one_large_file]

The suites are those of ``bench/suite.py`` that run whole in a safe run. The figures are medians over the
rounds, the ratio is the median of the rounds' own ratios; the goal is a safe run of at most 1.5 times the
time of an unsafe one. ``--profile FILE`` writes a profile of the client's work in one safe run instead.
"""

import argparse
import cProfile
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

from pgassay.pg import cluster, embedded
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect
from pgassay.pg.pgtap import ensure
from suite import DEBIAN, Measured, Suite, measured, one_large_file, ratio, run, small_files

_SAFE = ("--production-safe", "--pause", "0")


@contextmanager
def suites(server: Server) -> Iterator[dict[str, Suite]]:
    """Make the files, and a database with pgTAP and one without."""
    with TemporaryDirectory(prefix="pgassay-bench") as name:
        folder = Path(name)
        with connect(server.target) as connection:
            connection.execute("create database bench")
            connection.execute("create database bare")
        target, bare = server.target.with_database("bench"), server.target.with_database("bare")
        with connect(target) as connection:
            ensure(connection, schema="public")
        small, large = small_files(folder / "small"), one_large_file(folder / "large")
        yield {
            "small_files": Suite("80 small files", small, target),
            "ephemeral": Suite("80 small files, ephemeral pgTAP", small, bare),
            "one_large_file": Suite("5,000 assertions in one file", large, target),
        }


def words(suite: Suite, jobs: int, *options: str) -> list[str]:
    """Give the words of a command that runs a suite and records nothing."""
    pgtap = ("--pgtap", "ephemeral") if suite.target.conninfo.find("bare") >= 0 else ()
    return [
        *("--target", suite.target.conninfo, "-q", "test", "--no-store", "-j", str(jobs)),
        *(*pgtap, *options),
        *(str(file) for file in suite.files),
    ]


def compare(server: Server, suite: Suite, *, jobs: int, rounds: int) -> dict[str, Measured]:
    """Let both run the suite once a round, in turn; a first round does not count."""
    results = {"unsafe": Measured(), "safe": Measured()}
    for number in range(rounds + 1):
        for name, options in (("unsafe", ()), ("safe", _SAFE)):
            with measured(server, results[name] if number else Measured()):
                run([sys.executable, "-m", "pgassay", *words(suite, jobs, *options)])
    return results


def figures(results: dict[str, Measured]) -> dict[str, float | None]:
    """Give the medians, in seconds, and the ratio."""
    found: dict[str, float | None] = {}
    for name, each in results.items():
        for what in ("wall", "client_cpu", "server_cpu"):
            found[f"{name}_{what}_s"] = round(each.median(what), 3)
    return {**found, "ratio": ratio(results, "wall", of="safe", to="unsafe")}


def profile(suite: Suite, into: Path, *, jobs: int) -> None:
    """Profile one safe run, all of its threads."""
    from pgassay.cli.main import main as pgassay

    profiles: list[cProfile.Profile] = []
    whole = Thread.run

    def profiled(self: Thread) -> None:
        own = cProfile.Profile()
        profiles.append(own)
        own.runcall(whole, self)

    def once() -> None:
        sys.argv = ["pgassay", *words(suite, jobs, *_SAFE)]
        with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):
            try:
                pgassay()
            except SystemExit as left:
                assert not left.code, left.code

    Thread.run = profiled  # type: ignore[method-assign]
    _into(once, into, profiles)


def _into(work: Callable[[], None], into: Path, others: list[cProfile.Profile]) -> None:
    import pstats

    own = cProfile.Profile()
    own.runcall(work)
    gathered = pstats.Stats(own)
    for each in others:
        each.create_stats()
        gathered.add(each)
    gathered.dump_stats(into)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--only", default="small_files,one_large_file,ephemeral")
    parser.add_argument("--profile", type=Path)
    arguments = parser.parse_args()
    programs = DEBIAN if (DEBIAN / "postgres").exists() else embedded.programs()
    document: dict[str, object] = {}
    with cluster.start(programs) as server, suites(server) as made:
        for name in arguments.only.split(","):
            if arguments.profile:
                profile(made[name], arguments.profile, jobs=arguments.jobs)
                continue
            results = compare(server, made[name], jobs=arguments.jobs, rounds=arguments.rounds)
            document[name] = found = figures(results)
            if not arguments.json:
                print(f"{made[name].name}, -j{arguments.jobs}")
                print("  " + ", ".join(f"{key} {value}" for key, value in found.items()), flush=True)
    if arguments.json:
        print(json.dumps({**document, "server": server.version}, indent=2))


if __name__ == "__main__":
    main()
