"""Gives a restored database what comes with it and is not in the archive: its settings, and statistics."""

from pgassay.model.backup import Manifest
from pgassay.model.recovery import RecoveryStep, StepResult
from pgassay.pg.clone import maker
from pgassay.pg.connection import connect
from pgassay.recovery.course import Verdict
from pgassay.recovery.steps.database import apply_settings
from pgassay.recovery.steps.place import Place

_VERDICT = Verdict(step=RecoveryStep.ANALYZE)


def analyze(manifest: Manifest, place: Place) -> StepResult:
    """Apply the settings, then analyze; queries would be planned blindly before that."""
    refused = apply_settings(place.target, place.target.database, manifest.settings)
    with connect(place.target, application=maker()) as connection:
        # The settings that came with it may leave statements little time; this takes what it takes.
        connection.execute("set statement_timeout = 0; set lock_timeout = 0")
        connection.execute("analyze")
    if refused:
        return _VERDICT.not_verified(refused[0], *refused[1:])
    return _VERDICT.holds(f"Statistics are there, and {len(manifest.settings)} settings.")
