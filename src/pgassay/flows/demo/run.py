"""The whole story on an embedded server: a CRM is built, tested and reported on, and nothing stays."""

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pgassay
from pgassay.config.load import load
from pgassay.config.settings import Settings
from pgassay.flows.around import Around
from pgassay.flows.demo.story import AFTER_TESTS, BEFORE_TESTS, Act, Scene
from pgassay.flows.ready import readiness
from pgassay.flows.test.choose import Wish
from pgassay.flows.test.job import Job
from pgassay.flows.test.run import run_tests
from pgassay.model.errors import PgassayError
from pgassay.model.readiness import Readiness
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
_LIKE_PRODUCTION = {"autovacuum": "on", "wal_level": "replica", "archive_mode": "off"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoWish:
    """``scale`` is the size of the seed (1 is small), ``report`` where the HTML page goes."""

    scale: int = 1
    jobs: int = 2
    report: Path = Path("pgassay-demo.html")
    silent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What came of the story: the run of tests, and whether the CRM may go to production."""

    run: RunRecord
    readiness: Readiness


def run_demo(wish: DemoWish, around: Around) -> Told:
    """Tell the story. What it needs comes and goes with it; only the report stays.

    Raises:
        Unavailable: there is no embedded server, or pgTAP cannot be had.
    """
    teller = _Teller(around, silent=wish.silent)
    with ExitStack() as stack:
        place = _near(HOME)
        backups = Path(stack.enter_context(TemporaryDirectory(prefix="pgassay-demo-")))
        with teller.step("Start an embedded PostgreSQL"):
            server = stack.enter_context(embedded.start(durable=True, settings=_LIKE_PRODUCTION))
        with teller.step("Build the CRM by all its migrations but the last, and fill it"):
            target = build_crm(server.target, place, scale=wish.scale, unfinished=True)
        with teller.step("Bring in pgTAP, and tables to remember everything in"):
            _equip(target)
        scene = Scene(target=target.conninfo, settings=_settings(place, wish, backups), around=around)
        teller.play(BEFORE_TESTS, scene)
        job = Job(
            wish=Wish(all_categories=True), target=target.conninfo, name="pgassay demo", silent=wish.silent
        )
        record = run_tests(job, scene.settings, around)
        teller.play(AFTER_TESTS, scene)
        told = Told(run=record, readiness=readiness(scene.settings, target=target.conninfo))
    teller.note(f"The report is in {wish.report}")
    return told


def build_crm(server: Target, place: Path, *, scale: int, unfinished: bool = False) -> Target:
    """Create the database, and play what makes it a CRM; if ``unfinished``, the last migration is left."""
    with connect(server, application="pgassay demo") as connection:
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(_DATABASE)))
    target = server.with_database(_DATABASE)
    scripts = (
        *sorted((place / "bootstrap").glob("*.sql")),
        *sorted((place / "migrations").glob("*.up.sql"))[: -1 if unfinished else None],
        place / "seed.sql",
    )
    load_scripts(target, scripts, {"scale": str(scale)})
    return target


def _equip(target: Target) -> None:
    with connect(target, application="pgassay demo") as connection:
        ensure(connection)
        install(connection)


def _settings(place: Path, wish: DemoWish, backups: Path) -> Settings:
    """Give the settings of the example's own pgassay.toml, with our report, and a place for backups."""
    flags = {
        "suite.jobs": wish.jobs,
        "report.formats": () if wish.silent else (f"html:{wish.report}",),
        "recovery.directory": str(backups),
    }
    return load(cwd=Path.cwd(), environ={}, config_file=place / "pgassay.toml", flags=flags)


def _near(place: Path) -> Path:
    """Spell a path as a person here would."""
    return Path(os.path.relpath(place)) if place.is_relative_to(Path.cwd()) else place


class _Teller:
    """Says on the error stream what happens, so that standard output is the result's alone."""

    def __init__(self, around: Around, *, silent: bool) -> None:
        self._around = around
        self._silent = silent

    def play(self, acts: Iterable[Act], scene: Scene) -> None:
        """Play acts one after the other; what one of them cannot do is said, and the story goes on."""
        for act in acts:
            started = monotonic()
            try:
                said = act.play(scene)
            except PgassayError as error:
                said = error.sentence
            self.note(f"{act.title} ({duration(monotonic() - started)}): {said}")

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        started = monotonic()
        yield
        self.note(f"{title} ({duration(monotonic() - started)})")

    def note(self, line: str) -> None:
        if not self._silent:
            self._around.stderr.write(f"{line}\n")
            self._around.stderr.flush()
