"""A copy of a database on a server of our own: nothing of it touches the server that it comes from.

It is read by pg_dump, in one snapshot. Roles are made without passwords, with their memberships; what an
extension needs must be installed with the server's programs.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import psycopg
from psycopg import Connection, sql
from psycopg.rows import TupleRow

from pgassay.pg import embedded
from pgassay.pg.attributes import copy_settings
from pgassay.pg.connection import connect
from pgassay.pg.query import load, major_version, rows
from pgassay.pg.target import Target
from pgassay.pg.template import transfer

_APPLICATION = "pgassay copy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A copy; ``lacking`` has a sentence for each thing that it could not take over."""

    target: Target
    lacking: tuple[str, ...] = ()


@contextmanager
def embedded_copy(source: Target, *, data: bool = True) -> Iterator[Copy]:
    """Copy a database to the embedded server, with its ``data`` or only its schema, until the block is left.

    Raises:
        Unavailable: there is no embedded server, the source cannot be read as a whole, or it cannot be
            restored there, for an extension that the embedded server lacks, for example.
    """
    with embedded.start() as server, connect(source, application=_APPLICATION) as reading:
        database = reading.info.dbname
        with connect(server.target, application=_APPLICATION) as writing:
            _make_roles(reading, writing)
            if database != "postgres":
                create = sql.SQL("create database {} template template0 encoding 'UTF8'")
                writing.execute(create.format(sql.Identifier(database)))
            lacking = copy_settings(reading, writing, database)
        target = server.target.with_database(database)
        transfer(source, target, major=major_version(reading), data=data)
        yield Copy(target=target, lacking=lacking)


def _make_roles(source: Connection[TupleRow], server: Connection[TupleRow]) -> None:
    """Make the source's roles. What is there already, or is not known to this version, is passed over."""
    for _, statement in rows(source, load("pgassay.pg", "server_roles", major=major_version(source))):
        with suppress(psycopg.DatabaseError):
            server.execute(statement.encode())
