"""Reads how large a database is, and which of its tables are the largest."""

import json

from pgassay.model.sizes import RelationSize, Sizes
from pgassay.pg.connection import Connection
from pgassay.pg.query import Query, load, major_version, rows


def sizes_query(major: int) -> Query:
    """Give the query, for whoever asks it over another kind of connection; one row, for :func:`sizes_of`."""
    return load("pgassay.pg", "sizes", major=major)


def sizes_of(size_bytes: str, largest: str) -> Sizes:
    """Read the row that the query gives."""
    relations = (
        RelationSize(name=each["name"], size_bytes=each["size_bytes"]) for each in json.loads(largest)
    )
    return Sizes(size_bytes=int(size_bytes), largest=tuple(relations))


def read_sizes(connection: Connection) -> Sizes:
    """Ask a server."""
    ((size_bytes, largest),) = rows(connection, sizes_query(major_version(connection)))
    return sizes_of(size_bytes, largest)
