"""Whether pg_restore can read the whole archive."""

from pathlib import Path

from pgassay.model.backup import Manifest
from pgassay.model.recovery import RecoveryStep, StepResult
from pgassay.recovery.course import Verdict
from pgassay.recovery.directory import ARCHIVE
from pgassay.recovery.tools.program import Limits
from pgassay.recovery.tools.restore import Archive, read_whole

_VERDICT = Verdict(step=RecoveryStep.ARCHIVE)


def archive_of(directory: Path, manifest: Manifest) -> Archive:
    """Give the archive of a backup."""
    return Archive(directory=directory / ARCHIVE, tool=manifest.tool)


def check_archive(archive: Archive, limits: Limits) -> StepResult:
    """Read it.

    Raises:
        ProgramFailed: it cannot be read.
        Stopped, OutOfTime: it was ended.
    """
    read_whole(archive, limits)
    return _VERDICT.holds("pg_restore read it to its end.")
