"""A copy of a database on a server of our own: nothing of it touches the server that it comes from.

It is read by pg_dump, in one snapshot. The server is one of the source's version where its programs are
installed, and else the next newer one, the embedded one included. Roles are made without passwords, with
their memberships. What the server of our own does not have, an extension for example, is left out and said.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass

import psycopg
from psycopg import Connection, sql
from psycopg.rows import TupleRow

from pgassay.pg import cluster
from pgassay.pg.attributes import copy_settings
from pgassay.pg.connection import connect
from pgassay.pg.program import find_program
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
def copy_elsewhere(source: Target, *, data: bool = True) -> Iterator[Copy]:
    """Copy a database to a server of our own, with its ``data`` or only its schema, until the block is left.

    Raises:
        Unavailable: there is no server of that version or newer, or the source cannot be read as a whole.
    """
    with ExitStack() as opened:
        reading = opened.enter_context(connect(source, application=_APPLICATION))
        major, database = major_version(reading), reading.info.dbname
        programs = find_program("postgres", at_least=major).parent
        server = opened.enter_context(cluster.start(programs, settings={"wal_level": "logical"}))
        with connect(server.target, application=_APPLICATION) as writing:
            _make_roles(reading, writing)
            if database != "postgres":
                create = sql.SQL("create database {} template template0 encoding 'UTF8'")
                writing.execute(create.format(sql.Identifier(database)))
            lacking = copy_settings(reading, writing, database)
        target = server.target.with_database(database)
        refused = transfer(source, target, major=major, data=data, strict=False)
        yield Copy(
            target=target, lacking=(*lacking, *(f"The copy lacks something: {each}." for each in refused))
        )


def _make_roles(source: Connection[TupleRow], server: Connection[TupleRow]) -> None:
    """Make the source's roles. What is there already, or is not known to this version, is passed over."""
    for _, statement in rows(source, load("pgassay.pg", "server_roles", major=major_version(source))):
        with suppress(psycopg.DatabaseError):
            server.execute(statement.encode())
