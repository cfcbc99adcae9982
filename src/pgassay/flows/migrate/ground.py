"""What every operation with a migration needs: the wish, the session that holds the target, the memory."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event
from uuid import uuid4

from pgassay.config.settings import Settings
from pgassay.flows.around import Around
from pgassay.flows.hearers import tell_all
from pgassay.migrate import history
from pgassay.migrate.course import Means
from pgassay.migrate.history import Progress
from pgassay.migrate.hold import hold
from pgassay.migrate.script import Script, read_script
from pgassay.model.consent import Consent
from pgassay.model.errors import Unavailable
from pgassay.model.events.migrate import MigrationEvent
from pgassay.model.migrate import MigrationRun, Operation
from pgassay.model.migration import Applied, Migration
from pgassay.pg.clock import now
from pgassay.pg.connection import Connection, connect
from pgassay.pg.lasting import need_session
from pgassay.pg.patience import limit
from pgassay.pg.target import Target
from pgassay.report.migration.live import Live
from pgassay.report.migration.record import MigrationCollector, MigrationRecord
from pgassay.report.reporter import Verbosity
from pgassay.store.migration_log import MigrationLog
from pgassay.store.migration_runs import LastRun
from pgassay.store.schema import install, status

APPLICATION = "pgassay migrate"
Listener = Callable[[MigrationEvent], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrateWish:
    """What the user asked for. ``file`` is a path, a version or an id, empty for what is next or was last.

    ``place`` is where a rehearsal is to be: ``clone``, ``embedded``, or empty for what fits the target.
    ``everything`` is to be adopted, not only what is up to ``file``; ``unverified`` is why that is right
    though some of it is not there.
    ``listeners`` hear each event when it was written down.
    """

    file: str = ""
    rollback_file: str | None = None
    target: str | None = None
    irreversible: str = ""
    unrehearsed: str = ""
    everything: bool = False
    unverified: str = ""
    place: str = ""
    with_data: bool = True
    silent: bool = False
    consent: Consent = Consent()
    listeners: tuple[Listener, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scripts:
    """Both files of a migration, as they were read."""

    migration: Migration
    up: Script
    down: Script | None


def read_scripts(migration: Migration) -> Scripts:
    """Read both files."""
    down = read_script(migration.down) if migration.down is not None else None
    return Scripts(migration=migration, up=read_script(migration.up), down=down)


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Where an operation takes place: the target, what it is remembered by, and a copy of it in words."""

    target: Target
    database: str
    place: str = ""


def new_run(operation: Operation, migration: Migration, where: Where, wish: MigrateWish) -> MigrationRun:
    """Begin an operation: give it an id and a moment."""
    return MigrationRun(
        id=uuid4(),
        operation=operation,
        migration=migration,
        target=where.target.shown,
        database=where.database,
        started_at=now(),
        place=where.place,
        irreversible=wish.irreversible,
        unrehearsed=wish.unrehearsed,
    )


def held(target: Target, settings: Settings) -> Connection:
    """Connect to a target such that nobody else migrates it until the connection is closed.

    Raises:
        Refused: somebody does.
        Unavailable: it cannot be reached, or a pooler keeps no session.
    """
    connection = connect(target, application=APPLICATION)
    try:
        need_session(connection, subject="A migration")
        limit(connection, settings.migrate.patience)
        hold(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def means(connection: Connection, settings: Settings, *, stop: Event, observed: bool = False) -> Means:
    """Give what it takes to send a script."""
    return Means(
        connection=connection,
        patience=settings.migrate.patience,
        patience_alone=settings.migrate.patience_alone,
        stop=stop,
        chance=random.random,
        observed=observed,
    )


@contextmanager
def remembered(settings: Settings, target: Target, around: Around) -> Iterator[Connection | None]:
    """Open the store that goes with a target, up to date; ``None`` where nothing is remembered.

    Raises:
        Unavailable: the target is production and has no store, or the store cannot be reached.
    """
    place = settings.store_target(target)
    if place is None:
        if target.production:
            raise Unavailable(
                "What is done to production is written down, and [store] enabled is false.",
                remedy="Leave --no-store out.",
            )
        around.warn("Nothing of this is remembered, because [store] enabled is false.")
        yield None
        return
    with connect(place, application="pgassay store") as connection:
        if place.production and status(connection).installed is None:
            raise Unavailable(
                "What is done to production is written down, and it has no store yet.",
                remedy=f"pgassay --target {place.name} store install",
            )
        install(connection)
        yield connection


def tell(
    events: Iterator[MigrationEvent], wish: MigrateWish, around: Around, store: Connection | None
) -> MigrationRecord:
    """Read events to their end: each is written down first, then shown, then heard by whoever listens."""
    log = MigrationLog(store, around.warn) if store is not None else None
    live = Live(around.stderr, quiet=wish.silent or around.report.verbosity is Verbosity.QUIET)
    collector = MigrationCollector()
    written = (log.see,) if log is not None else ()
    tell_all(events, *written, collector.see, live.see, *wish.listeners)
    return collector.record()


def interruption(run: LastRun, applied: Applied | None, halfway: Progress | None) -> str:
    """Say at which step an operation was interrupted, and where that left the target."""
    if halfway is not None:
        left = f"part {halfway.parts} of its file is committed, and what follows is not"
    elif (applied is not None) is (run.operation is Operation.APPLY):
        left = "the target is as after it; what should have been looked at behind it was not"
    else:
        left = "the target is as before it"
    return (
        f"The {run.operation} of {run.migration_id} on {run.started_at:%Y-%m-%d %H:%M} UTC was interrupted "
        f"at the step {run.step}: {left}."
    )


def ways_on(last: LastRun, row: Applied | None, progress: Progress | None) -> str:
    """Give the commands that are not refused behind an interruption."""
    if progress is not None:
        return progress.ways_on
    if row is None:
        return f"pgassay migrate apply {last.version}"
    return history.ways_on(last.version, last.operation)
