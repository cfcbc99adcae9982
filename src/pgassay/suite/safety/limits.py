"""What bounds a file's transaction on the server, and whether the file left that as it was."""

from dataclasses import dataclass

from pgassay.suite.safety.settings import SafetySettings

_IDLE_MS = 10_000
IDLE_SESSION_MS = 60_000
"""After this time the server ends a session of ours that does nothing: its client may be gone unnoticed."""
_STATEMENT_GRACE_MS = 2_000
"""We end a file ourselves when its time is up; the server does it a little later, in case that we cannot."""
_TRANSACTION_GRACE_MS = 30_000
_LONGEST_MS = 2_000_000_000
_TRANSACTION_TIMEOUT_SINCE = 170_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The settings of the server, by name, and their values in milliseconds."""

    values: tuple[tuple[str, int], ...]

    @property
    def options(self) -> str:
        """Give them as options of a connection: so RESET falls back to them, and not to no limit at all."""
        return " ".join(f"-c {name}={value}" for name, value in self.values)

    @property
    def statement(self) -> str:
        """Give the statement that sets them for the current transaction."""
        calls = ", ".join(f"pg_catalog.set_config('{name}', '{value}', true)" for name, value in self.values)
        return f"select {calls}"

    @property
    def question(self) -> str:
        """Give the query for their values in the current transaction, in milliseconds."""
        asked = ", ".join(
            "(extract(epoch from pg_catalog.current_setting"
            f"('{name}')::pg_catalog.interval) * 1000)::pg_catalog.int8"
            for name, _ in self.values
        )
        return f"select {asked}"

    def lifted(self, answer: tuple[str | None, ...]) -> tuple[str, ...]:
        """Name those that, as the question was answered, are not as tight any more as they were set."""
        found = zip(self.values, answer, strict=True)
        return tuple(name for (name, limit), value in found if not 0 < int(value or 0) <= limit)


def limits_for(settings: SafetySettings, *, timeout_s: float | None, version: int) -> Limits:
    """Give the limits of one file on a server of that version; ``timeout_s`` is the file's own time."""
    whole_ms = _LONGEST_MS if timeout_s is None else min(_LONGEST_MS, max(1, int(timeout_s * 1000)))
    values = [
        ("lock_timeout", settings.lock_timeout_ms),
        ("statement_timeout", min(_LONGEST_MS, whole_ms + _STATEMENT_GRACE_MS)),
        ("idle_in_transaction_session_timeout", _IDLE_MS),
        ("idle_session_timeout", IDLE_SESSION_MS),
    ]
    if version >= _TRANSACTION_TIMEOUT_SINCE:
        values.append(("transaction_timeout", min(_LONGEST_MS, whole_ms + _TRANSACTION_GRACE_MS)))
    return Limits(values=tuple(values))
