"""What a statement does to the transaction, told from its first words."""

import re
from enum import StrEnum


class Control(StrEnum):
    """The kinds of transaction control; everything else is ``NONE``."""

    NONE = ""
    BEGIN = "begin"
    COMMIT = "commit"
    ROLLBACK = "rollback"
    SAVEPOINT = "savepoint"
    RELEASE = "release"
    ROLLBACK_TO = "rollback to"
    PREPARE = "prepare"


_BY_KEYWORD = {
    "BEGIN": Control.BEGIN,
    "START": Control.BEGIN,
    "COMMIT": Control.COMMIT,
    "END": Control.COMMIT,
    "ROLLBACK": Control.ROLLBACK,
    "ABORT": Control.ROLLBACK,
    "SAVEPOINT": Control.SAVEPOINT,
    "RELEASE": Control.RELEASE,
    "PREPARE": Control.PREPARE,
}
_GAP = r"(?:\s|--[^\n\r]*|/\*(?:[^*]|\*(?!/))*\*/)*+"
_HEAD = re.compile(rf"{_GAP}[A-Za-z]+{_GAP}(?:(?:WORK|TRANSACTION)\b{_GAP})?([A-Za-z]*)", re.IGNORECASE)
_SECOND = re.compile(rf"{_GAP}[A-Za-z]+{_GAP}([A-Za-z]*)")
_CHAIN = re.compile(rf"\bAND{_GAP}CHAIN\b", re.IGNORECASE)


def control_of(text: str, *, keyword: str) -> Control:
    """Tell the transaction control of one statement; ``keyword`` is its first word in upper case.

    ``PREPARE name AS …``, ``COMMIT PREPARED`` and ``ROLLBACK PREPARED`` do not touch the current
    transaction: ``NONE``.
    """
    kind = _BY_KEYWORD.get(keyword, Control.NONE)
    if kind in (Control.NONE, Control.BEGIN, Control.SAVEPOINT, Control.RELEASE):
        return kind if keyword != "START" or _word(_SECOND, text) == "TRANSACTION" else Control.NONE
    if kind is Control.PREPARE:
        return kind if _word(_SECOND, text) == "TRANSACTION" else Control.NONE
    following = _word(_HEAD, text)
    if following == "PREPARED":
        return Control.NONE
    return Control.ROLLBACK_TO if following == "TO" and kind is Control.ROLLBACK else kind


def chains(text: str, *, control: Control) -> bool:
    """Tell whether a COMMIT or ROLLBACK opens the next transaction at once (``AND CHAIN``)."""
    return control in (Control.COMMIT, Control.ROLLBACK) and _CHAIN.search(text) is not None


def _word(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.match(text)
    return found[1].upper() if found else ""
