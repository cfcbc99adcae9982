"""Finds the one thing that a person means by its id, or by a start of it."""

import re
from uuid import UUID

from pgassay.model.errors import UsageError
from pgassay.store.session import Transaction

HOW_TO_NAME = "Give its id, or at least the first four digits of it."
_ID_START = re.compile("[0-9a-f]{4,32}")


def identify(begun: Transaction, text: str, between: str, *, noun: str, remedies: tuple[str, str]) -> UUID:
    """Give the id that begins so; ``between`` names the query for ids from ``low`` to ``high``.

    ``remedies`` say what to do about a text that is no start of an id, and about one that nothing has.

    Raises:
        UsageError: the text is no start of an id, or nothing, or more than one thing, has such an id.
    """
    digits = text.strip().lower().replace("-", "")
    if not _ID_START.fullmatch(digits):
        article = "an" if noun[0] in "aeiou" else "a"
        raise UsageError(f"{text!r} does not name {article} {noun}.", remedy=remedies[0])
    low, high = UUID(digits.ljust(32, "0")), UUID(digits.ljust(32, "f"))
    found: list[UUID] = [identity for (identity,) in begun.run(between, low=low, high=high)]
    return only(found, text, noun=noun, remedy=remedies[1])


def only(found: list[UUID], text: str, *, noun: str, remedy: str) -> UUID:
    """Give the only one that was found.

    Raises:
        UsageError: it is none, or more than one.
    """
    if not found:
        raise UsageError(f"No {noun} {text!r} is recorded.", remedy=remedy)
    if len(found) > 1:
        shown = ", ".join(str(each) for each in found[:2])
        raise UsageError(f"Several {noun}s are called {text!r}: {shown}, …", remedy="Give more of the id.")
    return found[0]
