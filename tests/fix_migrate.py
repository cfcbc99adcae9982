"""Migrations for tests: as texts that are rehearsed on a connection, and as files beside a database.

``site`` is a folder and a database on the newest server, ``sites`` on each, ``live_site`` one of production.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from io import StringIO
from pathlib import Path
from threading import Event
from uuid import UUID

import pytest

from fix_server import fresh_database
from pgassay.config.settings import NamedTarget, Settings, TargetSettings
from pgassay.flows.around import Around
from pgassay.flows.migrate.adopt import adopt_migrations
from pgassay.flows.migrate.apply import apply_migration, roll_back
from pgassay.flows.migrate.ground import MigrateWish
from pgassay.flows.migrate.rehearse import rehearse
from pgassay.flows.migrate.status import migration_status
from pgassay.migrate.course import Means
from pgassay.migrate.rehearse import Rehearsal, RehearsalOrder
from pgassay.migrate.script import read_script
from pgassay.migrate.settings import MigrateSettings
from pgassay.model.consent import Consent
from pgassay.model.events.migrate import (
    BatchCommitted,
    Compared,
    MigrationEvent,
    MigrationFinished,
    StatementFinished,
)
from pgassay.model.fingerprint import Fingerprint
from pgassay.model.migrate import MigrationRun, Operation, StatementResult
from pgassay.model.migration import Migration, ScriptFile
from pgassay.model.rehearsal import Comparison
from pgassay.pg.catalog.fingerprint import fingerprint
from pgassay.pg.clock import now
from pgassay.pg.cluster import Server
from pgassay.pg.connection import Connection, connect
from pgassay.pg.patience import Patience
from pgassay.pg.target import Target
from pgassay.report.migration.record import MigrationRecord
from pgassay.report.migration.standing import Status
from pgassay.store.schema import install

_ID = UUID("0193a000-0000-7000-8000-000000000000")


def script_file(text: str, *, path: str = "001_change.sql") -> ScriptFile:
    """Give a file that was never on a disk."""
    return ScriptFile(path=path, sha256=sha256(text.encode()).hexdigest(), text=text)


def migration(up: str, down: str | None = None) -> Migration:
    """Give a migration of two texts."""
    back = script_file(down, path="001_change.down.sql") if down is not None else None
    return Migration(version="001", name="change", up=script_file(up), down=back)


def means(connection: Connection, *, tries: int = 1, observed: bool = False) -> Means:
    """Give what it takes to send a script, without patience and without chance."""
    return Means(
        connection=connection,
        patience=Patience(tries=tries, lock_timeout_s=0.1),
        patience_alone=Patience(tries=1, lock_timeout_s=0.0),
        stop=Event(),
        chance=lambda: 0.0,
        observed=observed,
    )


def rehearsed(
    connection: Connection, subject: Migration, *, irreversible: str = "", with_data: bool = True
) -> list[MigrationEvent]:
    """Rehearse on the very database of a connection, and give what happened."""
    run = MigrationRun(
        id=_ID,
        operation=Operation.REHEARSE,
        migration=subject,
        target="a copy",
        database=connection.info.dbname,
        started_at=now(),
        irreversible=irreversible,
    )
    order = RehearsalOrder(
        run=run,
        up=read_script(subject.up),
        down=read_script(subject.down) if subject.down is not None else None,
        target=fingerprint(connection),
        with_data=with_data,
    )
    return list(Rehearsal(order, means(connection, observed=True)).events())


def end(events: list[MigrationEvent]) -> MigrationFinished:
    """Give the last event, which has to be the end."""
    assert isinstance(events[-1], MigrationFinished)
    return events[-1]


def comparisons(events: list[MigrationEvent]) -> list[Comparison]:
    """Give what was held together."""
    return [each.comparison for each in events if isinstance(each, Compared)]


def statements(events: list[MigrationEvent], phase: str) -> list[StatementResult]:
    """Give the statements of a phase."""
    finished = (each.statement for each in events if isinstance(each, StatementFinished))
    return [each for each in finished if each.phase == phase]


def commits(events: list[MigrationEvent]) -> list[int]:
    """Give the numbers of the parts that were committed."""
    return [each.number for each in events if isinstance(each, BatchCommitted)]


def put(directory: Path) -> Callable[[str, str], Path]:
    """Give what writes a file into a directory."""

    def write(name: str, text: str) -> Path:
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    return write


@dataclass(frozen=True, kw_only=True)
class Site:
    """A folder of migrations and the database that they are for; operations run in this process.

    Checks and tests are left out unless ``settings`` say otherwise: others test those.
    """

    folder: Path
    target: Target
    settings: Settings
    said: StringIO = field(default_factory=StringIO)

    def put(self, name: str, text: str) -> Path:
        """Write a file of migrations."""
        return put(self.folder)(name, text)

    def pair(self, label: str, up: str, down: str | None = None) -> Path:
        """Write a migration and, perhaps, its rollback."""
        if down is not None:
            self.put(f"{label}.rollback.sql", down)
        return self.put(f"{label}.sql", up)

    def around(self, stop: Event | None = None) -> Around:
        """Give a process that collects what is said to a person."""
        return Around(environ={}, stdout=self.said, stderr=self.said, stop=stop or Event())

    def wish(self, file: str | Path = "", **words: object) -> MigrateWish:
        """Wish for something, with a yes to all questions."""
        plain = MigrateWish(file=str(file), target=self.target.name, consent=Consent(given=True))
        return replace(plain, **words)  # type: ignore[arg-type]

    def apply(self, file: str | Path = "", **words: object) -> MigrationRecord:
        """Apply one."""
        return apply_migration(self.wish(file, **words), self.settings, self.around())

    def rollback(self, file: str | Path = "", **words: object) -> MigrationRecord:
        """Roll one back."""
        return roll_back(self.wish(file, **words), self.settings, self.around())

    def rehearse(self, file: str | Path = "", **words: object) -> MigrationRecord:
        """Rehearse one, which has to be the only one."""
        (record,) = rehearse(self.wish(file, **words), self.settings, self.around())
        return record

    def adopt(self, file: str | Path = "", **words: object) -> tuple[MigrationRecord, ...]:
        """Adopt those up to one."""
        return adopt_migrations(self.wish(file, **words), self.settings, self.around())

    def status(self) -> Status:
        """Say where all stand."""
        return migration_status(self.wish(), self.settings, self.around())

    def standings(self) -> list[tuple[str, str]]:
        """Say where each stands."""
        return [(each.version, each.standing.value) for each in self.status().migrations]

    def changed(self, **words: object) -> "Site":
        """Give the same place with other settings of migrations."""
        migrate = replace(self.settings.migrate, **words)  # type: ignore[arg-type]
        return replace(self, settings=replace(self.settings, migrate=migrate))

    def catalogs(self) -> Fingerprint:
        """Give the database's catalogs."""
        with connect(self.target) as connection:
            return fingerprint(connection)

    def ask(self, query: str) -> list[tuple[object, ...]]:
        """Ask the database."""
        with connect(self.target) as connection:
            return [tuple(row) for row in connection.execute(query.encode())]

    def command(self, statement: str) -> None:
        """Change the database for good."""
        with connect(self.target) as connection:
            connection.execute(statement.encode())


@contextmanager
def site_on(target: Target, folder: Path, *, production: bool = False) -> Iterator[Site]:
    """Make a place for migrations of a database."""
    folder.mkdir(parents=True, exist_ok=True)
    named = Target(name="site", conninfo=target.conninfo, production=production)
    known = NamedTarget(name="site", settings=TargetSettings(url=target.conninfo, production=production))
    migrate = MigrateSettings(paths=(str(folder),), validate_before=(), validate_after=(), tests=())
    with connect(target) as connection:
        install(connection)
    yield Site(folder=folder, target=named, settings=Settings(migrate=migrate, targets=(known,)))


@pytest.fixture
def site(server18: Server, tmp_path: Path) -> Iterator[Site]:
    """An empty place on the newest server."""
    with fresh_database(server18) as target, site_on(target, tmp_path / "migrations") as made:
        yield made


@pytest.fixture
def sites(database: Target, tmp_path: Path) -> Iterator[Site]:
    """An empty place on each server."""
    with site_on(database, tmp_path / "migrations") as made:
        yield made


@pytest.fixture
def live_site(database: Target, tmp_path: Path) -> Iterator[Site]:
    """An empty place on each server, whose database is production."""
    with site_on(database, tmp_path / "migrations", production=True) as made:
        yield made
