"""What a database says of itself, and whether a role sees all of it."""

from pgassay.model.backup import DatabaseSetting, Source
from pgassay.model.errors import Refused
from pgassay.pg.connection import Connection, sql
from pgassay.pg.query import load, major_version, rows
from pgassay.recovery.ask import ask

_MOST = 5


def read_source(connection: Connection) -> Source:
    """Read what the database of a connection is."""
    ((name, oid, version, role, encoding, provider, collate, ctype, locale, icu, size),) = ask(
        connection, "source"
    )
    return Source(
        name=name,
        oid=oid,
        system=system_identifier(connection),
        server_version=version,
        major=major_version(connection),
        role=role,
        encoding=encoding,
        provider=provider,
        collate=collate,
        ctype=ctype,
        locale=locale,
        icu=icu,
        size_bytes=size,
    )


def system_identifier(connection: Connection) -> str:
    """Give the server's system identifier; empty where the role may not read it."""
    try:
        with connection.transaction():
            ((found,),) = ask(connection, "system_identifier")
    except Connection.Error:
        return ""
    return str(found)


def read_roles(connection: Connection) -> tuple[str, ...]:
    """Give statements that make the server's roles, without passwords."""
    query = load("pgassay.pg", "server_roles", major=major_version(connection))
    return tuple(statement for _, statement in rows(connection, query))


def read_settings(connection: Connection) -> tuple[DatabaseSetting, ...]:
    """Give the settings that come with the database."""
    query = load("pgassay.pg", "database_settings", major=major_version(connection))
    found = rows(connection, query, source=connection.info.dbname)
    return tuple(DatabaseSetting(name=name, value=value, role=role) for name, value, role in found)


def demand_sight(connection: Connection) -> None:
    """Refuse a role that does not see every row: its backup would lack some without a word.

    Raises:
        Refused: there are tables that it may not read, or that policies hide rows of.
    """
    found = ask(connection, "hidden")
    if not found:
        return
    hidden = [name for name, why in found if why == "policies"]
    role = sql.Identifier(connection.info.user).as_string()
    names = ", ".join((hidden or [name for name, _ in found])[:_MOST])
    if hidden:
        raise Refused(
            f"The role {role} does not see all rows of {names}, since policies hold for it; a backup would "
            "lack the others.",
            remedy=f"alter role {role} bypassrls; or connect as the owner of the tables.",
        )
    raise Refused(
        f"The role {role} may not read {len(found)} tables and sequences that a backup needs: {names}.",
        remedy=f"grant pg_read_all_data to {role}; and: alter role {role} bypassrls;",
    )
