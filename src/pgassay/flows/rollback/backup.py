"""Finds the backup that is to take the place of a database: one that is tested, and whose files are whole."""

from pathlib import Path

from pgassay.flows.rollback.work import Scene
from pgassay.model.backup import Backup, BackupState
from pgassay.model.errors import Refused, UsageError
from pgassay.model.finding import Finding
from pgassay.model.rollback import RollbackResult, RollbackStep
from pgassay.pg.connection import connect
from pgassay.recovery.manifest import read
from pgassay.recovery.source import system_identifier
from pgassay.recovery.steps.files import check_files
from pgassay.recovery.verify import Kept
from pgassay.store.recovery import backups

_PROVE = "pgassay recover drill"


def whole_backup(scene: Scene, word: str) -> tuple[Kept, RollbackResult]:
    """Give the backup that is to be restored: the newest tested one, or one by the start of its id.

    Raises:
        Refused: there is none, it is not tested, or not every file of it is as it was.
        UsageError: no id begins so, or several do.
    """
    backup = _tested_backup(scene, word)
    shown = backup.id.hex[:8]
    directory = Path(backup.location)
    if not directory.is_dir():
        raise Refused(f"The backup {shown} is not at {directory} any more.", remedy="pgassay recover list")
    try:
        manifest, _ = read(directory)
    except UsageError as error:
        raise Refused(error.sentence, remedy=f"pgassay recover verify {shown}") from error
    system = system_identifier(scene.ground.connection)
    if system and manifest.source.system and system != manifest.source.system:
        raise Refused(
            f"The backup {shown} is of another server than the one that is reached now.",
            remedy="pgassay recover list",
        )
    kept = Kept(directory=directory, manifest=manifest, known_sha256=backup.manifest_sha256)
    found = check_files(directory, manifest, known_sha256=backup.manifest_sha256)
    if found.finding is not Finding.HOLDS:
        raise Refused(
            f"The backup {shown} is not whole: {found.sentence}",
            remedy=f"Another tested one: pgassay rollback run --backup ID; a new one: {_PROVE}",
        )
    result = RollbackResult(step=RollbackStep.BACKUP, finding=found.finding, sentence=found.sentence)
    return kept, result


def _tested_backup(scene: Scene, word: str) -> Backup:
    with connect(scene.store, application="pgassay store") as store:
        known = backups(store, scene.database)
    tested = [each for each in known if each.state is BackupState.TESTED]
    if not word:
        if not tested:
            more = f"; of {len(known)} that are known none is tested" if known else ""
            raise Refused(f"There is no tested backup of {scene.ground.live}{more}.", remedy=_PROVE)
        return tested[0]
    fitting = [each for each in known if each.id.hex.startswith(word.lower().replace("-", ""))]
    if len(fitting) != 1:
        count = len(fitting) or "no"
        raise UsageError(f"{count} backups begin with {word!r}.", remedy="pgassay recover list")
    if fitting[0] not in tested:
        raise Refused(f"The backup {word} is {fitting[0].state}, and not tested.", remedy=f"{_PROVE} {word}")
    return fitting[0]
