"""Puts pgTAP into a database, and takes it away again. Everything happens in one transaction.

As an extension where the server offers it, and otherwise as plain objects in a schema of its own,
which needs no superuser and no file on the server: only the right to create a schema.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import psycopg
from psycopg import Connection, errors, sql
from psycopg.rows import TupleRow

from pgassay.model.errors import Refused, Unavailable
from pgassay.pg.connection import reason
from pgassay.pg.query import load, major_version, rows

if TYPE_CHECKING:
    from pgassay.pg.pgtap.source import PgtapSql, Supply


@dataclass(frozen=True, slots=True, kw_only=True)
class Pgtap:
    """pgTAP as a database has it.

    ``how``: it was ``present``, or was just installed as ``extension`` or ``plain`` objects, or is
    ``ephemeral``: then ``sql`` is to be run at the start of a transaction that is rolled back; it also
    puts ``schema`` first on the transaction's search path.
    """

    schema: str
    version: str
    how: Literal["present", "extension", "plain", "ephemeral"]
    sql: str | None = None


def find(connection: Connection[TupleRow]) -> Pgtap | None:
    """Look for pgTAP in any schema that the role may use, as extension or as plain objects."""
    for schema, version in _query(connection, "find_pgtap"):
        return Pgtap(schema=schema, version=version or "", how="present")
    return None


def ensure(
    connection: Connection[TupleRow],
    *,
    how: str = "auto",
    schema: str = "pgtap",
    source: Path | None = None,
    supply: "Supply | None" = None,
) -> Pgtap:
    """See to it that a database has pgTAP; leave one that is there as it is.

    ``how`` is ``auto`` (as an extension if the server offers it and lets us, else plain),
    ``extension``, ``plain`` or ``ephemeral`` (nothing is installed). ``connection`` is in autocommit
    mode. ``source`` is a file or a directory with pgTAP's SQL.

    Raises:
        Unavailable: pgTAP cannot be had, or the role may not install it.
    """
    if how not in {"auto", "extension", "plain", "ephemeral"}:
        raise ValueError(how)
    found = find(connection)
    if found is not None:
        return found
    from pgassay.pg.pgtap.source import sql_text  # rarely needed: with it come all the ways to fetch it

    if how == "ephemeral":
        return _ephemeral(schema, sql_text(source, supply))
    if how == "extension" or (how == "auto" and _offered(connection)):
        try:
            return _install(connection, schema)
        except (psycopg.DatabaseError, Unavailable) as error:
            if how == "extension":
                raise _not_installed(connection, error) from error
    try:
        return _install(connection, schema, sql_text(source, supply))
    except psycopg.DatabaseError as error:
        raise _not_installed(connection, error) from error


def uninstall(connection: Connection[TupleRow], pgtap: Pgtap) -> None:
    """Take away what :func:`ensure` installed; what was present before stays.

    Raises:
        Refused: other objects of the database depend on it, or the schema is not pgassay's.
        Unavailable: the server does not let us.
    """
    if pgtap.how not in {"extension", "plain"}:
        return
    schema = sql.Identifier(pgtap.schema)
    try:
        with connection.transaction():
            if pgtap.how == "extension":
                connection.execute("drop extension pgtap")
            ours = any(row[0] for row in _query(connection, "schema_state", schema=pgtap.schema))
            if pgtap.how == "plain":
                _check_droppable(connection, pgtap.schema, ours=ours)
            if ours:
                connection.execute(sql.SQL("drop schema {} cascade").format(schema))
    except errors.DependentObjectsStillExist as error:
        raise Refused(f"pgTAP stays: {reason(str(error))}") from error
    except psycopg.DatabaseError as error:
        raise Unavailable(f"pgTAP cannot be removed: {reason(str(error))}") from error


def _install(connection: Connection[TupleRow], schema: str, script: "PgtapSql | None" = None) -> Pgtap:
    """Install the script as plain objects, or, without one, the extension."""
    with connection.transaction():
        _query(connection, "lock_pgtap")
        found = find(connection)  # another run may have been faster
        if found is not None:
            return found
        made = _make_schema(connection, schema, plain=script is not None)
        if script is None:
            version = _offered(connection) or ""
            connection.execute(sql.SQL("create extension pgtap schema {}").format(sql.Identifier(schema)))
        else:
            version = script.version
            connection.execute(_SETTINGS.format(sql.Identifier(schema)))
            connection.execute(script.text.encode())
        if made:
            _open(connection, schema, version)
    return Pgtap(schema=schema, version=version, how="extension" if script is None else "plain")


# Bodies are not checked while loading: it halves the time, and the text is that of a release.
_SETTINGS = sql.SQL(
    "set local search_path to {}; set local check_function_bodies to off;"
    " set local client_min_messages to warning"
)


def _make_schema(connection: Connection[TupleRow], schema: str, *, plain: bool) -> bool:
    for _, objects in _query(connection, "schema_state", schema=schema):
        if plain and objects:
            raise Unavailable(
                f"pgTAP needs a schema of its own, and {schema} has other objects in it.",
                remedy="Choose another name for it: set pgtap_schema.",
            )
        return False
    connection.execute(sql.SQL("create schema {}").format(sql.Identifier(schema)))
    return True


def _open(connection: Connection[TupleRow], schema: str, version: str) -> None:
    """Let every role call pgTAP, since the roles under test do; note on the schema whose it is."""
    name = sql.Identifier(schema)
    connection.execute(sql.SQL("grant usage on schema {} to public").format(name))
    if any(count for (count,) in _query(connection, "closed_functions", schema=schema)):
        connection.execute(sql.SQL("grant execute on all functions in schema {} to public").format(name))
    note = sql.Literal(f"pgTAP {version}, put here by pgassay")
    connection.execute(sql.SQL("comment on schema {} is {}").format(name, note))


def _ephemeral(schema: str, script: "PgtapSql") -> Pgtap:
    text = sql.SQL(
        "create schema {name}; grant usage on schema {name} to public;"
        " set local check_function_bodies to off; do $$ begin perform pg_catalog.set_config("
        "'search_path', {quoted} || ', ' || pg_catalog.current_setting('search_path'), true); end $$;"
    ).format(name=sql.Identifier(schema), quoted=sql.Literal(sql.Identifier(schema).as_string()))
    after = "\nset local check_function_bodies to on;"
    return Pgtap(
        schema=schema,
        version=script.version,
        how="ephemeral",
        sql=f"{text.as_string()}\n{script.text}{after}",
    )


def _check_droppable(connection: Connection[TupleRow], schema: str, *, ours: bool) -> None:
    if not ours:
        raise Refused(f"The schema {schema} was not made by pgassay; drop pgTAP's objects in it yourself.")
    dependents = [name for (name,) in _query(connection, "outside_dependents", schema=schema)]
    if dependents:
        raise Refused(f"pgTAP stays, since this depends on it: {', '.join(dependents)}.")


def _offered(connection: Connection[TupleRow]) -> str | None:
    return next((version for (version,) in _query(connection, "pgtap_available")), None)


def _not_installed(connection: Connection[TupleRow], error: Exception) -> Unavailable:
    if isinstance(error, Unavailable):
        return error
    if isinstance(error, errors.InsufficientPrivilege):
        database, role = (sql.Identifier(str(n)) for n in (connection.info.dbname, connection.info.user))
        grant = sql.SQL("grant create on database {} to {}").format(database, role).as_string()
        return Unavailable(
            f"The role {connection.info.user} may not install pgTAP here: {reason(str(error))}.",
            remedy=f"{grant}; or let a superuser run: create extension pgtap",
        )
    return Unavailable(f"pgTAP cannot be installed: {reason(str(error)).rstrip('.')}.")


def _query(connection: Connection[TupleRow], name: str, **values: object) -> list[TupleRow]:
    return rows(connection, load("pgassay.pg", name, major=major_version(connection)), **values)
