"""Install the store, say how it stands, save it, and let what is old go."""

from datetime import timedelta
from pathlib import Path
from threading import Event

from pgassay.config.settings import Settings
from pgassay.model.errors import UsageError
from pgassay.pg.clock import now
from pgassay.pg.connection import Connection, connect
from pgassay.store import schema
from pgassay.store.archive import ArchivedTable, ArchiveManifest, read_archive, write_archive
from pgassay.store.prune import Pruned, prune
from pgassay.store.schema import SchemaStatus


def install_store(settings: Settings, *, target: str | None) -> SchemaStatus:
    """Install the store where it is missing, or bring it up to date, its functions and settings included.

    Raises:
        UsageError: the checks that the functions are made of make no sense.
        Unavailable: the database cannot be reached, or the role may not.
    """
    from pgassay.flows.checks.functions import answers_for, keep_functions

    with _open(settings, target) as connection:
        status = schema.install(connection)
        if answers_for(settings, settings.target(target)):
            keep_functions(connection, settings)
        return status


def store_status(settings: Settings, *, target: str | None) -> SchemaStatus:
    """Say which version of the store is installed.

    Raises:
        Unavailable: the database cannot be reached.
    """
    with _open(settings, target) as connection:
        return schema.status(connection)


def back_store_up(path: Path, settings: Settings, *, target: str | None) -> ArchiveManifest:
    """Write all that the store has to a new file.

    Raises:
        UsageError: the file exists, or cannot be written.
        Unavailable: the store cannot be read, or is not installed.
    """
    with _open(settings, target) as connection:
        return write_archive(connection, path)


def restore_store(path: Path, settings: Settings, *, target: str | None) -> tuple[ArchivedTable, ...]:
    """Install the store where it is missing, and add what a file has; give what was added.

    Raises:
        UsageError: it is no such file, or of a newer version.
        Unavailable: the database cannot be reached, or the role may not.
    """
    with _open(settings, target) as connection:
        schema.install(connection)
        return read_archive(connection, path)


def prune_store(settings: Settings, *, target: str | None, dry: bool, stop: Event) -> Pruned:
    """Let go what is older than it is to be kept, or only count it; once ``stop`` is set, go no further.

    Raises:
        UsageError: it is not said how long things are kept.
        Unavailable: the store cannot be reached or written, or is not installed.
    """
    keep_s = settings.store.keep_s
    if keep_s is None:
        raise UsageError(
            "It is not said how long what is recorded is kept.",
            remedy="pgassay store prune --older-than 90d; or for good: [store] keep in pgassay.toml.",
        )
    with _open(settings, target) as connection:
        before, at_least = now() - timedelta(seconds=keep_s), settings.ready.tests_at_least
        return prune(connection, before, at_least=at_least, dry=dry, ended=stop.is_set)


def _open(settings: Settings, target: str | None) -> Connection:
    place = settings.store_target(settings.target(target))
    if place is None:
        raise UsageError("There is no store, because [store] enabled is false.")
    return connect(place, application="pgassay store")
