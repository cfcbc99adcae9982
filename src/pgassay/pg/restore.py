"""The one error of a restore that means nothing: pg_restore sets what an older server does not know."""

from pathlib import Path

from pgassay.pg.program import major_of

_KNOWN_SINCE = 17
_NOT_KNOWN = "transaction_timeout"
"""The server says the rest of it in its own language."""


def forgiven(pg_restore: Path, *, into: int) -> str:
    """Give a word in the line of that error, where a server of the version ``into`` says it, or nothing.

    ``--exit-on-error`` would end such a restore at its first line; nothing that is restored hangs on it.
    """
    restoring = major_of(pg_restore)
    return _NOT_KNOWN if into < _KNOWN_SINCE and (restoring is None or restoring >= _KNOWN_SINCE) else ""
