"""What every operation of a recovery needs: the wish, the memory, the backup that is meant, tidiness."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from pgassay.config.settings import Settings
from pgassay.flows.around import Around
from pgassay.model.errors import PgassayError, Unavailable, UsageError
from pgassay.model.events.recovery import BackupMade, RecoveryEvent
from pgassay.model.recovery import Backup, BackupState
from pgassay.pg.clock import now
from pgassay.pg.clone import sweep
from pgassay.pg.connection import Connection, connect
from pgassay.pg.scratch import sweep_scratch
from pgassay.pg.target import Target
from pgassay.recovery.directory import backups_directory, sweep_partial
from pgassay.recovery.manifest import NAME, read
from pgassay.recovery.tools.program import Limits
from pgassay.recovery.verify import Kept
from pgassay.report.recovery.live import RecoveryLive
from pgassay.report.recovery.record import RecoveryCollector, RecoveryRecord
from pgassay.report.reporter import Verbosity
from pgassay.store.functions import configure
from pgassay.store.recovery import USABLE, adopt, backups
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """The backup that is meant: as it lies there, and as the store knows it, if it does."""

    kept: Kept
    backup: Backup | None


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


def tidy(settings: Settings, target: Target, store: Connection | None) -> None:
    """Remove what killed operations left: directories, servers, databases; and set the store right."""
    sweep_partial(backups_directory(settings.recovery.directory))
    with suppress(PgassayError):
        sweep_scratch()
    for server in (target, _server(settings)):
        if server is not None:
            with suppress(PgassayError, Connection.Error):
                sweep(server)
    if store is not None:
        _adopt(store)


def tell(
    events: Iterator[RecoveryEvent],
    wish: RecoverWish,
    settings: Settings,
    around: Around,
    store: Connection | None,
) -> RecoveryRecord:
    """Read events to their end: each is written down first, then shown, then heard by whoever listens."""
    chosen = settings.recovery
    objectives = Objectives(rto_s=chosen.rto_s, rpo_s=chosen.rpo_s)
    log = RecoveryLog(store, around.warn, objectives) if store is not None else None
    live = RecoveryLive(around.stderr, quiet=wish.silent or around.report.verbosity is Verbosity.QUIET)
    collector = RecoveryCollector()
    for event in events:
        if log is not None:
            log.see(event)
        collector.see(event)
        live.see(event)
        for listener in wish.listeners:
            listener(event)
    return collector.record()


def find_backup(
    word: str, settings: Settings, store: Connection | None, *, database: str | None
) -> Meant | None:
    """Find the backup that a word means; ``None`` where the newest is meant and there is none.

    Raises:
        UsageError: there is no such backup, or what lies there is none.
        Unavailable: it is not where it was put.
    """
    known = backups(store) if store is not None else ()
    if word and Path(word).is_dir():
        manifest, _ = read(Path(word).absolute())
        backup = next((each for each in known if each.id == manifest.id), None)
        return _meant(Path(word).absolute(), backup)
    if not word:
        mine = (each for each in known if database is None or each.database == database)
        there = (each for each in mine if each.state in USABLE and (Path(each.location) / NAME).is_file())
        newest = next(there, None)
        return _meant(Path(newest.location), newest) if newest is not None else None
    return _by_id(word.lower(), settings, known)


def _by_id(word: str, settings: Settings, known: tuple[Backup, ...]) -> Meant:
    fitting = [each for each in known if each.id.hex.startswith(word) or str(each.id).startswith(word)]
    if len(fitting) > 1:
        raise UsageError(f"{len(fitting)} backups begin with {word!r}.", remedy="pgassay recover list")
    if fitting:
        place = Path(fitting[0].location)
        if not place.is_dir():
            raise Unavailable(
                f"The backup {fitting[0].id.hex[:8]} is not at {place} any more.",
                remedy="pgassay recover backup",
            )
        return _meant(place, fitting[0])
    for place in unknown_backups(settings, frozenset()):
        if place.name.endswith(f"-{word[:8]}"):
            return _meant(place, None)
    raise UsageError(f"There is no backup {word!r}.", remedy="pgassay recover list")


def unknown_backups(settings: Settings, known: frozenset[str]) -> Iterator[Path]:
    """Give the directories with backups whose location the store does not know, the newest first."""
    directory = backups_directory(settings.recovery.directory)
    if not directory.is_dir():
        return
    found = [each for each in directory.iterdir() if not each.name.startswith(".")]
    for each in sorted(found, key=lambda path: path.stat().st_mtime, reverse=True):
        if str(each) not in known and (each / NAME).is_file():
            yield each


def _meant(directory: Path, backup: Backup | None) -> Meant:
    manifest, _ = read(directory)
    known = backup.manifest_sha256 if backup is not None else None
    return Meant(kept=Kept(directory=directory, manifest=manifest, known_sha256=known), backup=backup)


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
