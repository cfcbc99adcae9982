"""Clones a database of a server into another, and drops clones; those of dead runs, too.

A clone is named for its run and its owner, and marked with more about them right after it was made: whatever
happens to pgassay, the next run knows whose it was. Copying needs that nobody else is connected to the
source; :mod:`pgassay.pg.template` is for sources in use.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString, cast
from uuid import UUID

import psycopg
from psycopg import Connection, errors, sql
from psycopg.rows import TupleRow

from pgassay.model.errors import Unavailable
from pgassay.pg.attributes import copy_attributes
from pgassay.pg.clock import now
from pgassay.pg.connection import connect, reason
from pgassay.pg.ownership import is_abandoned, is_orphan, mark, read_mark, signature, write_mark
from pgassay.pg.query import load, major_version, rows
from pgassay.pg.target import Target

_PATIENCE_MS = 10_000
_DROP = sql.SQL("drop database if exists {} with (force)")


class SourceInUse(Unavailable):
    """The database cannot be copied as it is while others are connected to it."""


class MayNotCopy(Unavailable):
    """The role may create databases, but not copy this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clone:
    """A cloned database; ``lacking`` has a sentence for each attribute that could not be copied."""

    target: Target
    lacking: tuple[str, ...] = ()


def clone_name(run: UUID, suffix: str) -> str:
    """Give the name of a run's clone: ``pgassay_1f0c22ab_w1`` for the suffix ``w1``, and our signature."""
    return f"pgassay_{run.hex[:8]}_{suffix}_{signature()}"


def maker() -> str:
    """Give the name of a session that works on a clone: a later run ends it, once we are dead."""
    return f"pgassay clone {signature()}"


def clone_database(server: Target, source: str, name: str, *, run: UUID, ours: bool = False) -> Clone:
    """Copy a database, attributes included. ``server`` is any database of the server, the source too.

    ``ours``: nobody else uses the source, so whoever is connected to it has just left. The server waits for
    the end of such sessions, five seconds long.

    Raises:
        SourceInUse: others are connected to the source.
        MayNotCopy: the role does not own the source, and it is no template.
        Unavailable: the role may not create databases, or the server does not let us.
    """
    with connect(server, application=maker()) as connection:
        facts = _facts(connection, source)
        if facts.others and not ours:
            raise _in_use(source, facts.others)
        if facts.copy_method is not None:
            connection.execute("select set_config('file_copy_method', %s, false)", [facts.copy_method])
        create = sql.SQL("create database {} template {}{}")
        words = create.format(sql.Identifier(name), sql.Identifier(source), facts.strategy)
        _create(connection, words, name, source=facts, run=run)
        return Clone(target=server.with_database(name), lacking=copy_attributes(connection, source, name))


def create_like(server: Target, source: str, name: str, *, run: UUID) -> Clone:
    """Create an empty database of the same kind and with the same attributes as the source.

    Raises:
        Unavailable: the role may not create databases, or the server does not let us.
    """
    with connect(server, application=maker()) as connection:
        facts = _facts(connection, source)
        create = sql.SQL("create database {} template template0 {}")
        words = create.format(sql.Identifier(name), facts.creation)
        _create(connection, words, name, source=facts, run=run)
        return Clone(target=server.with_database(name), lacking=copy_attributes(connection, source, name))


def drop_database(server: Target, name: str) -> None:
    """Drop a clone if it is there, whoever is connected to it.

    Raises:
        Unavailable: the server does not let us.
    """
    with connect(server, application=maker()) as connection:
        try:
            connection.execute(_DROP.format(sql.Identifier(name)))
        except psycopg.DatabaseError as error:
            raise Unavailable(f"Cannot drop the database {name}: {reason(str(error))}") from error


def sweep(server: Target, *, moment: datetime | None = None) -> tuple[str, ...]:
    """Drop the clones of runs that are dead; give their names. Others' databases are never touched.

    A clone that this role may not drop is left alone.
    """
    moment = moment or now()
    dropped: list[str] = []
    with connect(server, application=maker()) as connection:
        _stop_orphans(connection)
        found = rows(connection, load("pgassay.pg", "clones", major=major_version(connection)))
        for name, text, sessions in found:
            owner = read_mark(text or "")
            abandoned = (
                is_orphan(name) if owner is None else is_abandoned(owner, sessions=sessions, now=moment)
            )
            if not abandoned:
                continue
            try:
                connection.execute(_DROP.format(sql.Identifier(name)))
            except psycopg.DatabaseError:
                continue
            dropped.append(name)
    return tuple(dropped)


def _stop_orphans(connection: Connection[TupleRow]) -> None:
    """End the sessions of dead processes: one may still be copying a database for nobody."""
    major = major_version(connection)
    makers = rows(connection, load("pgassay.pg", "clone_makers", major=major))
    if orphans := [session for session, name in makers if is_orphan(name)]:
        end = load("pgassay.pg", "end_sessions", major=major)
        rows(connection, end, sessions=orphans, patience_ms=_PATIENCE_MS)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    name: str
    comment: str | None
    creation: sql.SQL
    strategy: sql.SQL
    copy_method: str | None
    others: int


def _facts(connection: Connection[TupleRow], source: str) -> _Facts:
    query = load("pgassay.pg", "clone_source", major=major_version(connection))
    for *_, comment, creation, strategy, copy_method, others in rows(connection, query, source=source):
        marked = read_mark(comment or "")
        return _Facts(
            name=source,
            comment=marked.comment if marked is not None else comment,
            # The server wrote these two, quoting what is in them.
            creation=sql.SQL(cast(LiteralString, creation)),
            strategy=sql.SQL(cast(LiteralString, strategy)),
            copy_method=copy_method,
            others=others,
        )
    raise Unavailable(f"There is no database {source}.")


def _create(
    connection: Connection[TupleRow], create: sql.Composed, name: str, *, source: _Facts, run: UUID
) -> None:
    text = sql.Literal(write_mark(mark(run.hex, now=now(), comment=source.comment)))
    note = sql.SQL("comment on database {} is {}").format(sql.Identifier(name), text)
    try:
        with connection.pipeline() as pipeline:
            connection.execute(create)
            pipeline.sync()
            connection.execute(note)
    except errors.ObjectInUse as error:
        raise _in_use(source.name, 0) from error
    except errors.InsufficientPrivilege as error:
        raise _not_allowed(connection, source.name, error) from error
    except psycopg.DatabaseError as error:
        raise Unavailable(f"Cannot clone the database {source.name}: {reason(str(error))}") from error


def _in_use(source: str, sessions: int) -> SourceInUse:
    who = f"{sessions} other session{'s are' if sessions != 1 else ' is'}" if sessions else "others are"
    return SourceInUse(
        f"The database {source} cannot be cloned as it is, since {who} connected to it.",
        remedy="Close these connections, or clone a template that pg_dump makes of it.",
    )


def _not_allowed(connection: Connection[TupleRow], source: str, error: Exception) -> Unavailable:
    if "permission denied to copy" in str(error):
        return MayNotCopy(f"The role {connection.info.user} may not copy the database {source}.")
    role = sql.Identifier(connection.info.user).as_string()
    return Unavailable(
        f"The role {connection.info.user} may not create databases, which clones are.",
        remedy=f"alter role {role} createdb; or run with --isolation shared",
    )
