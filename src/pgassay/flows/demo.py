"""The whole story on an embedded server: a CRM is built, tested and reported on, and nothing stays."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pgassay
from pgassay.config.load import load
from pgassay.config.settings import Settings
from pgassay.flows.around import Around
from pgassay.flows.choose import Wish
from pgassay.flows.test import Job, run_tests
from pgassay.pg import embedded
from pgassay.pg.clock import monotonic
from pgassay.pg.connection import connect, sql
from pgassay.pg.pgtap import ensure
from pgassay.pg.target import Target
from pgassay.report.record import RunRecord
from pgassay.report.words import duration
from pgassay.store.schema import install
from pgassay.suite.load import load_scripts

HOME = Path(pgassay.__file__).parent / "demo"
"""The example: bootstrap, migrations, seed, tests."""
_DATABASE = "crm"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoWish:
    """``scale`` is the size of the seed (1 is small), ``report`` where the HTML page goes."""

    scale: int = 1
    jobs: int = 2
    report: Path = Path("pgassay-demo.html")
    silent: bool = False


def run_demo(wish: DemoWish, around: Around) -> RunRecord:
    """Tell the story. What it needs comes and goes with it; only the report stays.

    Raises:
        Unavailable: there is no embedded server, or pgTAP cannot be had.
    """
    teller = _Teller(around, silent=wish.silent)
    with ExitStack() as stack:
        place = _near(HOME)
        with teller.step("Start an embedded PostgreSQL"):
            server = stack.enter_context(embedded.start())
        with teller.step("Build the CRM by its migrations, and fill it"):
            target = build_crm(server.target, place, scale=wish.scale)
        with teller.step("Bring in pgTAP, and tables to remember the runs in"):
            _equip(target)
        settings = _settings(place, target, wish)
        job = Job(
            wish=Wish(all_categories=True), target=target.conninfo, name="pgassay demo", silent=wish.silent
        )
        record = run_tests(job, settings, around)
    teller.note(f"The report is in {wish.report}")
    return record


def build_crm(server: Target, place: Path, *, scale: int) -> Target:
    """Create the database, and play what makes it a CRM."""
    with connect(server, application="pgassay demo") as connection:
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(_DATABASE)))
    target = server.with_database(_DATABASE)
    scripts = (
        *sorted((place / "bootstrap").glob("*.sql")),
        *sorted((place / "migrations").glob("*.up.sql")),
        place / "seed.sql",
    )
    load_scripts(target, scripts, {"scale": str(scale)})
    return target


def _equip(target: Target) -> None:
    with connect(target, application="pgassay demo") as connection:
        ensure(connection)
        install(connection)


def _settings(place: Path, target: Target, wish: DemoWish) -> Settings:
    """Give the settings of the example's own pgassay.toml, on our server and with our report."""
    flags = {"suite.jobs": wish.jobs, "report.formats": () if wish.silent else (f"html:{wish.report}",)}
    return load(cwd=Path.cwd(), environ={}, config_file=place / "pgassay.toml", flags=flags)


def _near(place: Path) -> Path:
    """Spell a path as a person here would."""
    return Path(os.path.relpath(place)) if place.is_relative_to(Path.cwd()) else place


class _Teller:
    """Says on the error stream what happens, so that standard output is the result's alone."""

    def __init__(self, around: Around, *, silent: bool) -> None:
        self._around = around
        self._silent = silent

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        started = monotonic()
        yield
        self.note(f"{title} ({duration(monotonic() - started)})")

    def note(self, line: str) -> None:
        if not self._silent:
            self._around.stderr.write(f"{line}\n")
            self._around.stderr.flush()
