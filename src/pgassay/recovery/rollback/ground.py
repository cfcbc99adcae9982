"""Where a rollback is done from: another database of the same server, where there is one."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pgassay.model.errors import Refused, Unavailable
from pgassay.pg.connection import Connection, connect
from pgassay.pg.lasting import need_session
from pgassay.pg.target import Target
from pgassay.pg.turn import take_turn
from pgassay.recovery.rollback.ask import ask

APPLICATION = "pgassay rollback"
_USUAL = ("postgres", "template1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A connection to the server of ``live``, which nobody else rolls back meanwhile.

    It is to another database, unless there is none that this role gets into (``elsewhere`` is false).
    """

    server: Target
    connection: Connection
    live: str
    elsewhere: bool = True


@contextmanager
def ground(target: Target, live: str) -> Iterator[Ground]:
    """Take hold of the database ``live``, from another one of its server where that is possible.

    Raises:
        Refused: another pgassay has it.
        Unavailable: the server cannot be reached, or a pooler keeps no session.
    """
    server = _elsewhere(target, live)
    with connect(server, application=APPLICATION) as connection:
        need_session(connection, subject="A rollback")
        if not take_turn(lambda: bool(ask(connection, "take_turn", live=live)[0][0])):
            raise Refused(
                f"Another pgassay is rolling the database {live} back at this moment.",
                remedy="Wait until it has ended: pgassay rollback list",
            )
        yield Ground(server=server, connection=connection, live=live, elsewhere=server is not target)


def _elsewhere(target: Target, live: str) -> Target:
    for name in _USUAL:
        if name == live:
            continue
        other = target.with_database(name)
        try:
            connect(other, application=APPLICATION).close()
        except Unavailable:
            continue
        return other
    return target
