"""What can be seen of a server's archive of WAL, on which a point-in-time recovery depends."""

from dataclasses import dataclass

from pgassay.model.recovery import RecoveryStep, StepResult
from pgassay.pg.connection import Connection
from pgassay.recovery.ask import ask
from pgassay.recovery.course import Verdict

_VERDICT = Verdict(step=RecoveryStep.ARCHIVING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Archiving:
    """What was seen. ``lag_s``: how long ago the last segment was archived; ``None`` where none was."""

    result: StepResult
    lag_s: float | None = None


def is_archiving(connection: Connection) -> bool:
    """Whether the server archives its WAL itself."""
    ((_, mode, *_),) = ask(connection, "archiving")
    return bool(mode != "off")


def see_archiving(connection: Connection) -> Archiving:
    """Look. What is in the archive cannot be seen from here, and neither whether it can be read."""
    ((level, mode, timeout, archived, failed, last, last_failed, lag_s),) = ask(connection, "archiving")
    settings = f"wal_level {level}, archive_mode {mode}, archive_timeout {timeout}"
    if mode == "off":
        return Archiving(
            result=_VERDICT.not_verified(
                f"The target archives no WAL ({settings}): there is no point in time to recover to, unless "
                "its platform keeps the WAL by other means."
            )
        )
    if last is None:
        return Archiving(result=_VERDICT.not_verified(f"No WAL was archived yet ({settings})."))
    if last_failed is not None and last_failed > last:
        return Archiving(
            result=_VERDICT.broken(f"Archiving fails since {last_failed:%Y-%m-%d %H:%M} UTC ({settings})."),
            lag_s=lag_s,
        )
    sentence = (
        f"{archived} segments were archived, {failed} failures, the last {lag_s:.0f} s ago ({settings})."
    )
    return Archiving(result=_VERDICT.holds(sentence), lag_s=lag_s)
