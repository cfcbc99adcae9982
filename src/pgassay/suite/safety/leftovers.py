"""Ends what a file began, and asks what is left of it."""

from dataclasses import dataclass

from pgassay.pg.reply import Transaction
from pgassay.pg.wire import Wire
from pgassay.suite.safety import surface
from pgassay.suite.safety.asking import Unseen, ask_patiently, text
from pgassay.suite.safety.surface import Surface, surface_of
from pgassay.suite.safety.transaction import Opened
from pgassay.suite.session import quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What is left after the end: the transaction's status, and what the session still holds."""

    status: str = ""
    advisory: int = 0
    prepared: int = 0
    unseen: str = ""


def look_outside(wire: Wire, opened: Opened, before: Surface) -> tuple[Outside, Surface]:
    """Roll back, and ask what is left, and what others can see."""
    back = f"{opened.undoing}; " if wire.transaction is not Transaction.IDLE else ""
    held = _of_file(wire, "held", opened)
    try:
        left, *seen = ask_patiently(wire, f"{back}{held}", *surface.questions(wire, before))
        after = surface_of(wire, before, *seen)
    except Unseen as error:
        return Outside(unseen=str(error)), Surface(unseen=str(error))
    ((advisory, prepared, status),) = left
    return Outside(status=status or "", advisory=int(advisory or 0), prepared=int(prepared or 0)), after


def end_lost(wire: Wire, opened: Opened) -> None:
    """End a file's own session, where its connection was lost and the server has not noticed yet.

    Until then what it locked is locked. ``wire`` is another session's; where its role may not do that, the
    server comes to notice by itself.
    """
    wire.run(_of_file(wire, "end_lost", opened))


def forget_prepared(wire: Wire, opened: Opened) -> None:
    """Remove the statements that a file has prepared, which no rollback does, from a session of a pooler."""
    commands = wire.run(text(wire, "prepared_since").replace("$1", quoted(opened.began)))[-1].rows
    if commands:
        wire.run("; ".join(str(command) for (command,) in commands))


def _of_file(wire: Wire, name: str, opened: Opened) -> str:
    """Give a query about a file's session and its transaction, in this order."""
    return text(wire, name).replace("$1", f"'{opened.pid}'").replace("$2", f"'{int(opened.transaction)}'")
