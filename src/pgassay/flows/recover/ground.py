"""What every operation of a recovery needs: the wish, the memory, and a tidy ground."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path

from pgassay.config.settings import Settings
from pgassay.flows.around import Around
from pgassay.flows.hearers import tell_all
from pgassay.flows.recover.incident import with_incident
from pgassay.flows.retention import prune_daily
from pgassay.model.backup import BackupState
from pgassay.model.errors import PgassayError, Unavailable, UsageError
from pgassay.model.events.recovery import BackupMade, RecoveryEvent
from pgassay.pg.clock import now
from pgassay.pg.clone import sweep
from pgassay.pg.connection import Connection, connect
from pgassay.pg.scratch import sweep_scratch
from pgassay.pg.target import Target
from pgassay.recovery.directory import backups_directory, sweep_partial
from pgassay.recovery.manifest import read
from pgassay.recovery.tools.program import Limits
from pgassay.report.recovery.live import RecoveryLive
from pgassay.report.recovery.record import RecoveryCollector, RecoveryRecord
from pgassay.report.reporter import Verbosity
from pgassay.report.words import moment
from pgassay.store.functions import configure
from pgassay.store.recovery import adopt, backups, mark_interrupted
from pgassay.store.recovery_log import Objectives, RecoveryLog
from pgassay.store.schema import install, status

APPLICATION = "pgassay recover"
_PREFIX = "recovery."
Listener = Callable[[RecoveryEvent], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverWish:
    """What the user asked for. ``backup`` is an id, the start of one, a directory, or empty for the newest.

    ``fresh`` makes a backup first; ``listeners`` hear each event when it was written down.
    """

    backup: str = ""
    target: str | None = None
    fresh: bool = False
    tests: bool = True
    silent: bool = False
    listeners: tuple[Listener, ...] = ()


def limits(settings: Settings, around: Around) -> Limits:
    """Give how long programs may run, and what ends them."""
    return Limits(stop=around.stop, timeout_s=settings.recovery.timeout_s)


@contextmanager
def remembered(settings: Settings, target: Target, around: Around) -> Iterator[Connection | None]:
    """Open the store that goes with a target, up to date; ``None``, with a warning, where there is none.

    A recovery must go on when the target is lost, and with it, perhaps, the store.
    """
    with ExitStack() as opened:
        try:
            connection = _open_store(settings, target, opened)
            if connection is None:
                around.warn("Nothing of this is remembered: there is no store.", "pgassay store install")
        except Unavailable as error:
            around.warn(f"Nothing of this is remembered: {error.sentence}", error.remedy)
            connection = None
        yield connection


def _open_store(settings: Settings, target: Target, opened: ExitStack) -> Connection | None:
    place = settings.store_target(target)
    if place is None:
        return None
    connection = opened.enter_context(connect(place, application="pgassay store"))
    if place.production and status(connection).installed is None:
        return None
    install(connection)
    chosen = settings.recovery
    objectives = {"rto": chosen.rto_s, "rpo": chosen.rpo_s}
    values = {
        f"{_PREFIX}{name}": json.dumps(value) for name, value in objectives.items() if value is not None
    }
    configure(connection, values, prefix=_PREFIX)
    return connection


def tidy(settings: Settings, target: Target, store: Connection | None, around: Around) -> None:
    """Remove what killed operations left: directories, servers, databases; and say so."""
    sweep_partial(backups_directory(settings.recovery.directory))
    with suppress(PgassayError):
        sweep_scratch()
    for server in (target, _server(settings)):
        if server is not None:
            with suppress(PgassayError, Connection.Error):
                sweep(server)
    if store is None:
        return
    for each in mark_interrupted(store):
        around.warn(
            f"The {each.operation} of {each.database} on {moment(each.started_at)} was interrupted: "
            f"{each.sentence} What it left is cleared up.",
            f"pgassay recover {each.operation}",
        )
    _adopt(store)


def tell(
    events: Iterator[RecoveryEvent],
    wish: RecoverWish,
    settings: Settings,
    around: Around,
    store: Connection | None,
) -> RecoveryRecord:
    """Read events to their end: each is written down first, then shown, then heard by whoever listens.

    What fails on production is an incident, if anything is remembered.
    """
    chosen = settings.recovery
    objectives = Objectives(rto_s=chosen.rto_s, rpo_s=chosen.rpo_s)
    log = RecoveryLog(store, around.warn, objectives) if store is not None else None
    live = RecoveryLive(around.stderr, quiet=wish.silent or around.report.verbosity is Verbosity.QUIET)
    collector = RecoveryCollector()
    written = (log.see,) if log is not None else ()
    tell_all(events, *written, collector.see, live.see, *wish.listeners)
    record = collector.record()
    if store is None:
        return record
    record = with_incident(record, settings.target(wish.target), settings, store, around)
    prune_daily(lambda: nullcontext(store), settings, around.warn)
    return record


def _server(settings: Settings) -> Target | None:
    return settings.target(settings.recovery.server) if settings.recovery.server is not None else None


def _adopt(store: Connection) -> None:
    """Take backups back that were killed when they had their name already, and were not written down so."""
    for each in backups(store):
        if each.state is not BackupState.INTERRUPTED:
            continue
        with suppress(UsageError):
            manifest, sha256 = read(Path(each.location))
            if manifest.id == each.id:
                adopt(
                    store,
                    BackupMade(
                        id=each.id,
                        manifest=manifest,
                        location=each.location,
                        manifest_sha256=sha256,
                        at=now(),
                    ),
                )
