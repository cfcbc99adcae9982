"""The list of backups: how old, how large, how far proven, and whether each is still where it was put."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from pgassay.model.backup import Backup, BackupState
from pgassay.model.exits import Exit
from pgassay.report.words import duration, moment, visible


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedBackup:
    """A backup, whether its directory is there, and whether the store knows it."""

    backup: Backup
    there: bool
    stored: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Backups:
    """All backups of a database at a moment."""

    database: str
    at: datetime
    listed: tuple[ListedBackup, ...]

    @property
    def exit(self) -> Exit:
        """The exit code of a list: it says what there is, and judges nothing."""
        return Exit.OK


def backups_text(found: Backups) -> str:
    """Give the list for a person."""
    if not found.listed:
        return f"There is no backup of {visible(found.database)}.\n  pgassay recover backup"
    return "\n".join(_lines(found.listed, found.at))


def size_text(size: int | None) -> str:
    """Spell a size in bytes."""
    if size is None:
        return "–"
    for unit, of in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= of:
            return f"{size / of:.1f} {unit}"
    return f"{size} B"


def _lines(listed: Iterable[ListedBackup], at: datetime) -> Iterator[str]:
    yield f"{'id':<8}  {'made':<23}  {'age':>12}  {'size':>9}  {'state':<11}  tested"
    for each in listed:
        backup = each.backup
        age = duration((at - backup.started_at).total_seconds())
        made, short = moment(backup.started_at), backup.id.hex[:8]
        state = backup.state if each.there or backup.state not in _LOST else "missing"
        tested = moment(backup.tested_at) if backup.tested_at is not None else "never"
        size = size_text(backup.size_bytes)
        yield (f"{short}  {made:<23}  {age:>12}  {size:>9}  {state:<11}  {tested}")
        yield f"          {visible(backup.location)}" + (
            "" if each.stored else "  (the store does not know it)"
        )
        if backup.sentence:
            yield f"          {visible(backup.sentence)}"


_LOST = frozenset({BackupState.CREATED, BackupState.VALIDATED, BackupState.TESTED})
