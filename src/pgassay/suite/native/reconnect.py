"""``\\c``: what its arguments mean, seen from the session that is being left."""

from collections.abc import Callable

from pgassay.model.errors import UsageError
from pgassay.pg.target import Target, parse_target
from pgassay.pg.wire import Wire
from pgassay.suite.session import Session

_PLACES = ("dbname", "user", "host", "port")
_SAME = "-"


def opener(session: Session, wire: Wire) -> Callable[[tuple[str, ...]], Wire]:
    """Give the function that opens the session which ``\\c`` with some arguments asks for."""

    def open_wire(arguments: tuple[str, ...]) -> Wire:
        return session.connect(_meant(arguments, wire.target))

    return open_wire


def _meant(arguments: tuple[str, ...], current: Target) -> Target:
    """Read database, user, host and port, each ``-`` or left out for the current one, or a conninfo."""
    if len(arguments) == 1 and ("=" in arguments[0] or "://" in arguments[0]):
        return parse_target(arguments[0], name=current.name, production=current.production)
    if len(arguments) > len(_PLACES):
        raise UsageError("\\connect takes a database, a user, a host and a port.")
    changes = {
        place: value for place, value in zip(_PLACES, arguments, strict=False) if value and value != _SAME
    }
    return current.changed(changes)
