"""Where a rollback is done from: another database of the same server, where there is one."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pgassay.model.errors import Refused, Unavailable
from pgassay.pg.connection import Connection, connect
from pgassay.pg.target import Target
from pgassay.recovery.rollback.ask import ask

APPLICATION = "pgassay rollback"
_USUAL = ("postgres", "template1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A connection to another database than ``live``, which nobody else rolls back meanwhile."""

    server: Target
    connection: Connection
    live: str


@contextmanager
def ground(target: Target, live: str) -> Iterator[Ground]:
    """Take hold of the database ``live``, from another one of its server.

    Raises:
        Refused: another pgassay has it.
        Unavailable: the server cannot be reached.
    """
    server = _elsewhere(target, live)
    with connect(server, application=APPLICATION) as connection:
        ((taken,),) = ask(connection, "take_turn", live=live)
        if not taken:
            raise Refused(
                f"Another pgassay is rolling the database {live} back at this moment.",
                remedy="Wait until it has ended: pgassay rollback list",
            )
        yield Ground(server=server, connection=connection, live=live)


def _elsewhere(target: Target, live: str) -> Target:
    problem: Unavailable | None = None
    for name in _USUAL:
        if name == live:
            continue
        other = target.with_database(name)
        try:
            connect(other, application=APPLICATION).close()
        except Unavailable as error:
            problem = error
            continue
        return other
    raise problem or Unavailable("There is no other database to work from.")
