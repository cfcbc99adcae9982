"""How soon a command answers: pgassay beside psql, pg_prove, and what no Python program can do without.

    python bench/start.py [--json] [--rounds N] [--server 15|18]

Every command is a process of its own, and all of them have their turn in each round, so that what slows the
machine slows all. Figures are medians: the CPU time of the process and of what it started, and the time that
passed. ``factor`` is the median of a round's own ratios of CPU time to that of the bare interpreter. The
project has one target, whose store is installed and empty, and one test file. Modules are compiled before, as
an installation does.

The floors are what a command cannot go below: the interpreter; the library of the command line; psycopg; and
a connection over it that asks one question.
"""

import argparse
import json
import resource
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from pgassay.pg import cluster, embedded
from pgassay.pg.clock import monotonic
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect
from pgassay.pg.process import Surroundings
from pgassay.pg.process import run as run_program
from suite import DEBIAN, PG_PROVE, place

BARE = "python -c pass"
_PATIENCE_S = 300.0
_PSQL = DEBIAN / "psql"
_ASK = "import sys, psycopg; psycopg.connect(sys.argv[1]).execute('select 1').fetchall()"
_TEST = "select plan(1);\nselect pass('it starts');\nselect * from finish();\n"
_COMMANDS = (
    "--version",
    "--help",
    "test --help",
    "config",
    "checks list",
    "alerts list",
    "--json alerts list",
    "ready",
    "health",
    "test --list one.sql",
    "test one.sql",
)


@dataclass(frozen=True)
class Scene:
    """A folder with a project, and the environment that commands are given there."""

    folder: Path
    environment: Mapping[str, str | None]


@dataclass
class Measured:
    """What one command took, round by round, in seconds; how its first run ended."""

    status: int = 0
    cpu_s: list[float] = field(default_factory=list)
    wall_s: list[float] = field(default_factory=list)

    def figures(self, bare: "Measured") -> dict[str, float | int]:
        """Give the medians, in milliseconds."""
        factors = [mine / its for mine, its in zip(self.cpu_s, bare.cpu_s, strict=True)]
        return {
            "cpu_ms": round(median(self.cpu_s) * 1000),
            "wall_ms": round(median(self.wall_s) * 1000),
            "factor": round(median(factors), 1),
            "exit": self.status,
        }


def contenders(server: Server) -> dict[str, list[str]]:
    """Give what is measured, by what it is called: the floors, what is used instead, and pgassay."""
    python = [sys.executable]
    found = {
        BARE: [*python, "-c", "pass"],
        "import typer": [*python, "-c", "import typer"],
        "import psycopg": [*python, "-c", "import psycopg"],
        "psycopg: select 1": [*python, "-c", _ASK, server.target.conninfo],
    }
    if _PSQL.exists():
        found["psql -c 'select 1'"] = [str(_PSQL), *place(server.target), "-XAtc", "select 1"]
    if PG_PROVE is not None:
        found["pg_prove --version"] = [PG_PROVE, "--version"]
    return found | {f"pgassay {each}": [*python, "-m", "pgassay", *each.split()] for each in _COMMANDS}


def once(words: list[str], scene: Scene, found: Measured) -> None:
    """Run a command to its end, and note what it took."""
    before, began = _spent_by_children(), monotonic()
    done = run_program(
        words, Surroundings(directory=scene.folder, environment=scene.environment), timeout_s=_PATIENCE_S
    )
    found.wall_s.append(monotonic() - began)
    found.cpu_s.append(_spent_by_children() - before)
    found.status = done.status


def _spent_by_children() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


@contextmanager
def project(server: Server) -> Iterator[Scene]:
    """Lay a project out, and install the store of its target; Python may keep what it compiles."""
    with TemporaryDirectory(prefix="pgassay-bench") as where:
        folder = Path(where)
        (folder / "one.sql").write_text(_TEST)
        target = server.target.with_database("live")
        (folder / "pgassay.toml").write_text(f'[targets.default]\nurl = "{target.conninfo}"\n')
        with connect(server.target) as connection:
            connection.execute("create database live")
        scene = Scene(folder, {"PYTHONDONTWRITEBYTECODE": None, "PYTHONPYCACHEPREFIX": str(folder / "cache")})
        run_program(
            [sys.executable, "-m", "pgassay", "store", "install"],
            Surroundings(directory=folder, environment=scene.environment),
        )
        yield scene


def measure(server: Server, rounds: int) -> dict[str, dict[str, float | int]]:
    """Give the figures of every contender; a first round does not count."""
    asked = contenders(server)
    with project(server) as scene:
        found = {name: Measured() for name in asked}
        for words in asked.values():
            once(words, scene, Measured())
        for _ in range(rounds):
            for name, words in asked.items():
                once(words, scene, found[name])
    return {name: each.figures(found[BARE]) for name, each in found.items()}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--server", choices=("15", "18"), default="18")
    options = parser.parse_args()
    with cluster.start(DEBIAN) if options.server == "15" else embedded.start() as server:
        found = measure(server, options.rounds)
    if options.json:
        print(json.dumps({"server": options.server, "commands": found}, indent=2))
        return
    width = max(len(name) for name in found)
    print(f"{'':{width}}  {'CPU ms':>7} {'wall ms':>8} {'factor':>7}  exit")
    for name, each in found.items():
        print(
            f"{name:{width}}  {each['cpu_ms']:>7} {each['wall_ms']:>8} {each['factor']:>7.1f}  {each['exit']}"
        )


if __name__ == "__main__":
    main()
