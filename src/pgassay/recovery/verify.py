"""Verifies a backup without restoring it: its files, and that the archive can be read."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pgassay.model.backup import BackupState, Manifest
from pgassay.model.events.recovery import RecoveryEvent, RecoveryFinished, RecoveryStarted
from pgassay.model.finding import Finding
from pgassay.model.recovery import Outcome, RecoveryRun, RecoveryStep
from pgassay.pg.clock import monotonic, now
from pgassay.recovery.contents import Stopped
from pgassay.recovery.course import step
from pgassay.recovery.steps.archive import archive_of, check_archive
from pgassay.recovery.steps.files import check_files
from pgassay.recovery.tools.program import Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A backup in its directory; ``known_sha256`` is what the store remembers of its manifest."""

    directory: Path
    manifest: Manifest
    known_sha256: str | None = None


def verify(run: RecoveryRun, kept: Kept, limits: Limits) -> Iterator[RecoveryEvent]:
    """Verify it, up to the first thing that is wrong."""
    started = monotonic()
    yield RecoveryStarted(run=run)
    outcome, sentence = Outcome.PASSED, "Its files are whole, and the archive can be read."
    try:
        for which, work in (
            (
                RecoveryStep.FILES,
                lambda: check_files(kept.directory, kept.manifest, known_sha256=kept.known_sha256),
            ),
            (
                RecoveryStep.ARCHIVE,
                lambda: check_archive(archive_of(kept.directory, kept.manifest), limits),
            ),
        ):
            result = yield from step(which, work)
            if result.finding is not Finding.HOLDS:
                outcome, sentence = OUTCOMES[result.finding], result.sentence
                break
    except Stopped:
        outcome, sentence = Outcome.INTERRUPTED, "It was stopped."
    yield RecoveryFinished(
        outcome=outcome,
        sentence=sentence,
        at=now(),
        elapsed_s=monotonic() - started,
        standing=_STANDING.get(outcome),
    )


OUTCOMES = {
    Finding.HOLDS: Outcome.PASSED,
    Finding.BROKEN: Outcome.FAILED,
    Finding.NOT_VERIFIED: Outcome.NOT_VERIFIED,
}
_STANDING = {Outcome.PASSED: BackupState.VALIDATED, Outcome.FAILED: BackupState.FAILED}
