"""Creates the empty database that a backup is restored into, such that a later run knows whose it is.

Its name ends in the signature of this process and its comment says more: :func:`pgassay.pg.clone.sweep`
finds and drops it, once we are dead.
"""

from uuid import UUID

from pgassay.model.backup import DatabaseSetting, Source
from pgassay.model.errors import Unavailable
from pgassay.pg.attributes import set_on_database
from pgassay.pg.clock import now
from pgassay.pg.clone import maker
from pgassay.pg.connection import Connection, connect, reason, sql
from pgassay.pg.ownership import mark, write_mark
from pgassay.pg.query import major_version
from pgassay.pg.target import Target


def create_database(server: Target, name: str, source: Source, *, run: UUID) -> str:
    """Create it; sorting as the source does, if the server can. Give what it lacks in that, as a sentence.

    Raises:
        Unavailable: the role may not create databases, or the server does not let us.
    """
    with connect(server, application=maker()) as connection:
        refused = ""
        for number, kind in enumerate(_kinds(source, major_version(connection))):
            create = sql.SQL("create database {} template template0 encoding {} {}")
            words = create.format(sql.Identifier(name), sql.Literal(source.encoding), kind)
            try:
                connection.execute(words)
            except Connection.Error as error:
                refused = reason(str(error))
                continue
            _note(connection, name, run)
            return f"It does not sort as {source.name} does: {source.collate} is not known here." * (
                number > 0
            )
    raise Unavailable(
        f"No database can be made to restore into: {refused}",
        remedy="Give the role createdb there, or leave [recovery] server unset.",
    )


def apply_settings(server: Target, name: str, settings: tuple[DatabaseSetting, ...]) -> tuple[str, ...]:
    """Give a database the settings that came with the source; give a sentence for each that it refused."""
    with connect(server, application=maker()) as connection:
        found = [
            (each, set_on_database(connection, name, name=each.name, value=each.value, role=each.role))
            for each in settings
        ]
    return tuple(f"The setting {each.name} was refused: {why}." for each, why in found if why)


def _note(connection: Connection, name: str, run: UUID) -> None:
    text = sql.Literal(write_mark(mark(run.hex, now=now())))
    connection.execute(sql.SQL("comment on database {} is {}").format(sql.Identifier(name), text))


def _kinds(source: Source, major: int) -> tuple[sql.Composable, ...]:
    """Give ways to sort, from that of the source to the one that every server knows."""
    plain = sql.SQL("lc_collate {} lc_ctype {}")
    same = plain.format(sql.Literal(source.collate), sql.Literal(source.ctype))
    if source.provider == "builtin" and major >= 17:
        wanted = sql.SQL("{} locale_provider builtin builtin_locale {}")
        same = wanted.format(same, sql.Literal(source.locale))
    elif source.provider == "icu" and major >= 15:
        same = sql.SQL("{} locale_provider icu icu_locale {}").format(same, sql.Literal(source.locale))
    elif major >= 15:
        same = sql.SQL("{} locale_provider libc").format(same)
    unicode = plain.format(sql.Literal("C.UTF-8"), sql.Literal("C.UTF-8"))
    c = plain.format(sql.Literal("C"), sql.Literal("C"))
    libc = sql.SQL(" locale_provider libc") if major >= 15 else sql.SQL("")
    others = (unicode, c) if source.encoding == "UTF8" else (c,)
    return (same, *(sql.SQL("{}{}").format(each, libc) for each in others))
