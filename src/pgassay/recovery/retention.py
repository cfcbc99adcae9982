"""Which backups are let go. Values in, values out."""

from collections.abc import Sequence

from pgassay.model.backup import Backup, BackupState

_THERE = frozenset({BackupState.CREATED, BackupState.VALIDATED, BackupState.TESTED})


def expired(backups: Sequence[Backup], *, keep: int) -> tuple[Backup, ...]:
    """Give those beyond the newest ``keep`` (0: none), but never the newest that was tested.

    ``backups`` are those of one database, the newest first.
    """
    if keep == 0:
        return ()
    there = [each for each in backups if each.state in _THERE]
    tested = next((each for each in there if each.state is BackupState.TESTED), None)
    return tuple(each for each in there[keep:] if each is not tested)
