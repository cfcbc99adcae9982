"""Which migration a person means: the one that was named, or what is next, or what was last."""

from pgassay.flows.migrate.ground import MigrateWish
from pgassay.migrate.discover import discover, find, need_directory
from pgassay.migrate.format import Format
from pgassay.migrate.history import read_history, read_progress
from pgassay.migrate.settings import MigrateSettings
from pgassay.model.errors import NothingToRun
from pgassay.model.migrate import Operation
from pgassay.model.migration import Applied, Migration
from pgassay.pg.connection import Connection


def meant(
    operation: Operation,
    wish: MigrateWish,
    settings: MigrateSettings,
    connection: Connection,
    *,
    interrupted: str = "",
) -> tuple[Migration, Format]:
    """Give the migration that an operation is about; ``interrupted`` is the version of a killed one like it.

    Raises:
        UsageError: there is none of that name.
        NothingToRun: nothing is pending, or nothing is applied.
    """
    text = wish.file or _halfway(connection) or interrupted or _unnamed(operation, settings, connection)
    return find(text, wish.rollback_file, paths=settings.paths, wanted=settings.format)


def pending(settings: MigrateSettings, connection: Connection) -> tuple[Migration, ...]:
    """Give the migrations that were not applied, in their order.

    Raises:
        NothingToRun: there is no directory of migrations.
    """
    directory, form = need_directory(settings.paths, wanted=settings.format)
    applied = {each.version for each in read_history(connection, form)}
    return tuple(each for each in discover(directory, form) if each.version not in applied)


def _halfway(connection: Connection) -> str:
    return next((each.version for each in read_progress(connection)), "")


def _unnamed(operation: Operation, settings: MigrateSettings, connection: Connection) -> str:
    if operation is Operation.APPLY:
        waiting = pending(settings, connection)
        if not waiting:
            raise NothingToRun("No migration is pending.", remedy="pgassay migrate status")
        return waiting[0].version
    _, form = need_directory(settings.paths, wanted=settings.format)
    applied = read_history(connection, form)
    if not applied:
        raise NothingToRun("No migration is applied.", remedy="pgassay migrate status")
    return max(applied, key=_age).version


def _age(row: Applied) -> tuple[float, int]:
    """Sort by when it was applied, where that is known, and by version."""
    return (row.at.timestamp() if row.at is not None else 0.0, int(row.version))
