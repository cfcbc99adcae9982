"""Keeps how large databases were, once an hour at most."""

from datetime import datetime

from pgassay.model.sizes import RelationSize, Sizes, SizeSample
from pgassay.pg.connection import Connection
from pgassay.store.schema import opened
from pgassay.store.values import cleaner, from_json, to_json


def note_sizes(connection: Connection, database: str, sizes: Sizes, *, at: datetime) -> None:
    """Note how large a database is; what is noted in that hour already stays.

    Raises:
        Unavailable: the store is not installed, or cannot be written.
    """
    clean = cleaner(connection.info.parameter_status("server_encoding") or "")
    with opened(connection) as begun:
        begun.run(
            "note_sizes",
            database=clean(database),
            at=at,
            size_bytes=sizes.size_bytes,
            largest=to_json(sizes.largest, clean),
        )


def first_noted(connection: Connection, database: str) -> datetime | None:
    """Say since when it is noted how large a database is; ``None`` where it never was.

    Raises:
        Unavailable: the store is not installed, or cannot be read.
    """
    clean = cleaner(connection.info.parameter_status("server_encoding") or "")
    with opened(connection) as begun:
        ((at,),) = begun.run("first_size", database=clean(database))
    assert at is None or isinstance(at, datetime)
    return at


def past_sizes(connection: Connection, database: str, *, since: datetime) -> tuple[SizeSample, ...]:
    """Give how large a database was, the oldest first.

    Raises:
        Unavailable: the store is not installed, or cannot be read.
    """
    clean = cleaner(connection.info.parameter_status("server_encoding") or "")
    with opened(connection) as begun:
        rows = begun.run("past_sizes", database=clean(database), since=since)
    return tuple(
        SizeSample(
            at=at,
            sizes=Sizes(size_bytes=size_bytes, largest=from_json(largest, tuple[RelationSize, ...])),
        )
        for at, size_bytes, largest in rows
    )
