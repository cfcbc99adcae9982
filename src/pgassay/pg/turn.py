"""Takes turns: an operation that must be alone asks for a lock that the session keeps until it ends."""

from collections.abc import Callable

from pgassay.pg.clock import monotonic, pause

_MOMENT_S = 3.0
_GLANCE_S = 0.05


def take_turn(ask: Callable[[], bool]) -> bool:
    """Ask for a lock until it is had; give up after a moment, because somebody else really has it.

    Who has just ended keeps its locks until the server has noticed that the connection is closed.
    """
    patience = monotonic() + _MOMENT_S
    while not ask():
        if monotonic() >= patience:
            return False
        pause(_GLANCE_S)
    return True
