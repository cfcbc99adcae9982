"""Databases that were set aside, as their marks tell."""

from pgassay.model.aside import Aside
from pgassay.pg.connection import Connection, sql
from pgassay.recovery.rollback.databases.ask import ask
from pgassay.recovery.rollback.mark import aside_of, read_mark, write_mark


def asides(connection: Connection, live: str) -> tuple[Aside, ...]:
    """Give the databases that were set aside from a name, the newest first."""
    found = [(name, read_mark(text), size) for name, text, size in ask(connection, "asides")]
    mine = [
        aside_of(mark, name=name, size_bytes=size)
        for name, mark, size in found
        if mark is not None and mark.live == live
    ]
    return tuple(sorted(mine, key=lambda each: each.run.started_at, reverse=True))


def comment_on(database: str, text: str | None) -> sql.Composed:
    """Give the statement that sets the comment of a database."""
    words = sql.SQL("comment on database {} is {}")
    return words.format(sql.Identifier(database), sql.Literal(text))


def note_finished(connection: Connection, aside: Aside) -> None:
    """Write on a database that was set aside that nothing is left to be done."""
    text = write_mark(aside.run, comment=aside.comment, finished=True)
    connection.execute(comment_on(aside.name, text))
