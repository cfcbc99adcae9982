"""Copies what belongs to a database but lies outside it, which CREATE DATABASE … TEMPLATE leaves behind.

That is: settings (of the database, and of roles in it), grants, the connection limit, the owner.
What this role may not copy is reported, not passed over: a lost setting can turn a test red, or green.
"""

import re
from collections.abc import Iterator

import psycopg
from psycopg import Connection, sql
from psycopg.rows import TupleRow

from pgassay.pg.connection import reason
from pgassay.pg.query import load, major_version, rows

_LISTS = frozenset(
    {
        "local_preload_libraries",
        "search_path",
        "session_preload_libraries",
        "shared_preload_libraries",
        "temp_tablespaces",
        "unix_socket_directories",
    }
)
"""Settings that hold a list of names: written as one word, the whole list would become one name."""

_PRIVILEGES = {
    "connect": sql.SQL("connect"),
    "create": sql.SQL("create"),
    "temporary": sql.SQL("temporary"),
}
_NAME = re.compile(r'"((?:[^"]|"")*)"|([^\s,"]+)')


def copy_attributes(connection: Connection[TupleRow], source: str, name: str) -> tuple[str, ...]:
    """Copy them from one database of the server to another; give a sentence for each that cannot be."""
    failures: list[str] = []
    for what, statement in _statements(connection, source, name):
        try:
            connection.execute(statement)
        except psycopg.DatabaseError as error:
            failures.append(f"The clone lacks {what} of {source}: {reason(str(error)).rstrip('.')}.")
    return tuple(failures)


def copy_settings(
    source: Connection[TupleRow], server: Connection[TupleRow], database: str
) -> tuple[str, ...]:
    """Copy a database's settings to one of the same name on another server; give what could not be copied."""
    failures: list[str] = []
    for setting, value, role in _query(source, "database_settings", database):
        try:
            server.execute(_setting(sql.Identifier(database), setting, value, role))
        except psycopg.DatabaseError as error:
            failures.append(f"The copy lacks the setting {setting}: {reason(str(error)).rstrip('.')}.")
    return tuple(failures)


def set_on_database(
    connection: Connection[TupleRow], database: str, *, name: str, value: str, role: str | None
) -> str:
    """Set what comes with a database, for everybody or one role; give why it could not be set, if so."""
    try:
        connection.execute(_setting(sql.Identifier(database), name, value, role))
    except psycopg.DatabaseError as error:
        return reason(str(error)).rstrip(".")
    return ""


def _statements(
    connection: Connection[TupleRow], source: str, name: str
) -> Iterator[tuple[str, sql.Composed]]:
    target = sql.Identifier(name)
    for setting, value, role in _query(connection, "database_settings", source):
        yield f"the setting {setting}", _setting(target, setting, value, role)
    for _, owner, limit, restricted, *_ in _query(connection, "clone_source", source):
        if restricted:
            yield "the grants", sql.SQL("revoke all on database {} from public").format(target)
        for grantee, privilege, grantable in _query(connection, "database_grants", source):
            yield f"a grant to {grantee or 'public'}", _grant(target, privilege, grantee, grantable=grantable)
        if limit != -1:
            limited = sql.SQL("alter database {} connection limit {}")
            yield "the connection limit", limited.format(target, sql.Literal(limit))
        if owner != connection.info.user:  # last: what is not ours any more we may not change
            owned = sql.SQL("alter database {} owner to {}")
            yield "the owner", owned.format(target, sql.Identifier(owner))


def _query(connection: Connection[TupleRow], name: str, source: str) -> list[TupleRow]:
    return rows(connection, load("pgassay.pg", name, major=major_version(connection)), source=source)


def _setting(database: sql.Identifier, name: str, value: str, role: str | None) -> sql.Composed:
    of = sql.SQL("database {}").format(database)
    if role is not None:
        of = sql.SQL("role {} in database {}").format(sql.Identifier(role), database)
    words = names_in(value) if name in _LISTS else [value]
    values = sql.SQL(", ").join(map(sql.Literal, words or [""]))
    return sql.SQL("alter {} set {} to {}").format(of, sql.Identifier(*name.split(".")), values)


def _grant(database: sql.Identifier, privilege: str, grantee: str | None, *, grantable: bool) -> sql.Composed:
    to = sql.SQL("public") if grantee is None else sql.Identifier(grantee)
    option = sql.SQL(" with grant option") if grantable else sql.SQL("")
    return sql.SQL("grant {} on database {} to {}{}").format(_PRIVILEGES[privilege], database, to, option)


def names_in(text: str) -> list[str]:
    """Give the names of a list setting's text, such as ``"$user", public``."""
    return [plain or quoted.replace('""', '"') for quoted, plain in _NAME.findall(text)]
