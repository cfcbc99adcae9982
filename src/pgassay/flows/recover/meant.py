"""Finds the backup that a user means: by an id, by its directory, or as the newest that can be used."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pgassay.config.settings import Settings
from pgassay.model.backup import Backup
from pgassay.model.errors import Unavailable, UsageError
from pgassay.pg.connection import Connection
from pgassay.recovery.directory import backups_directory
from pgassay.recovery.manifest import NAME, read
from pgassay.recovery.verify import Kept
from pgassay.store.recovery import USABLE, backups


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """The backup that is meant: as it lies there, and as the store knows it, if it does."""

    kept: Kept
    backup: Backup | None


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
