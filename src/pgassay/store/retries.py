"""Has notices tried again that were given up: at the same receiver or, if that is gone, at its channel.

Whoever has a notice never gets it again: what arrived is left alone, and each receiver has one letter.
"""

from collections.abc import Sequence
from uuid import UUID

from pgassay.model.errors import UsageError
from pgassay.model.notice import Address
from pgassay.pg.connection import Connection
from pgassay.store.identify import HOW_TO_NAME, identify
from pgassay.store.schema import opened
from pgassay.store.session import Row, Transaction

_HOW_TO_LIST = "pgassay notify list"


def retry(
    connection: Connection, text: str | None, receivers: Sequence[Address], *, actor: str | None
) -> tuple[UUID, ...]:
    """Make letters due again: the one that ``text``, its id or a start of it, names; ``None``: all of them.

    ``receivers`` are those that are configured. Gives the letters that are due now; those that are given up
    and whose channel has no receiver stay as they are.

    Raises:
        UsageError: there is no such letter, it was not given up, or its channel has no receiver.
        Unavailable: the store cannot be written.
    """
    with opened(connection) as begun:
        if text is None:
            rows = begun.run("given_up_letters", id=None)
            return tuple(each for row in rows for each in _again(begun, row, receivers, actor) or ())
        remedies = (HOW_TO_NAME, _HOW_TO_LIST)
        identity = identify(begun, text, "letters_between", noun="notice", remedies=remedies)
        found = begun.run("given_up_letters", id=identity)
        if not found:
            raise UsageError(f"The notice {text!r} is not given up.", remedy=_HOW_TO_LIST)
        again = _again(begun, found[0], receivers, actor)
        if again is None:
            raise UsageError(
                f"Nobody is told by {found[0][2]}: no receiver is configured there.",
                remedy="pgassay config --explain",
            )
        return again


def _again(
    begun: Transaction, row: Row, receivers: Sequence[Address], actor: str | None
) -> tuple[UUID, ...] | None:
    """Make one due again, or post it to who is there now; ``None`` where nobody is."""
    identity, key, channel, receiver, notice = row
    there = [each.digest for each in receivers if each.channel == channel]
    if receiver in there:
        begun.run("retry_letter", id=identity, actor=actor)
        return (identity,)
    if not there:
        return None
    begun.run("replace_letter", id=identity, actor=actor)
    posted = (
        begun.run("post_letter", key=key, channel=channel, receiver=each, notice=notice) for each in there
    )
    return tuple(made for found in posted for (made,) in found)
