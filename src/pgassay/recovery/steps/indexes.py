"""Whether every restored index is one that the server uses. They are new, so they agree with their tables."""

from pgassay.model.recovery import RecoveryStep, StepResult
from pgassay.pg.connection import Connection
from pgassay.recovery.ask import ask
from pgassay.recovery.course import Verdict

_VERDICT = Verdict(step=RecoveryStep.INDEXES)


def check_indexes(connection: Connection) -> StepResult:
    """Look for invalid ones."""
    invalid = [name for (name,) in ask(connection, "invalid_indexes")]
    if invalid:
        return _VERDICT.broken(f"{len(invalid)} indexes are invalid: {', '.join(invalid[:5])}.")
    return _VERDICT.holds("Every index is valid.")
