"""The store that goes with a target, for flows that need it, and what a target is called there."""

from collections.abc import Iterator
from contextlib import contextmanager

from pgassay.config.settings import Settings
from pgassay.model.errors import UsageError
from pgassay.pg.connection import Connection, connect


@contextmanager
def store_of(settings: Settings, target: str | None) -> Iterator[Connection]:
    """Connect to the store of a target.

    Raises:
        UsageError: nothing is remembered.
        Unavailable: the store cannot be reached.
    """
    place = settings.store_target(settings.target(target))
    if place is None:
        raise UsageError(
            "Nothing is remembered, because [store] enabled is false.", remedy="Leave --no-store out."
        )
    with connect(place, application="pgassay store") as connection:
        yield connection


def database_of(connection: Connection) -> str:
    """Give what a target is remembered by: server and database, whoever logs in."""
    info = connection.info
    return f"{info.host}:{info.port}/{info.dbname}"


def name_in_store(settings: Settings, target: str | None) -> str | None:
    """Give what tells a target from others in its store; ``None`` where the store is in the target itself."""
    about = settings.target(target)
    place = settings.store_target(about)
    return None if place is None or place.is_same_database(about) else about.shown
