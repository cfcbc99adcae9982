"""Pairs of plain files: ``NNN_name.sql`` and ``NNN_name.rollback.sql``, or ``.up.sql`` and ``.down.sql``.

A rollback may also have the migration's own name in a folder ``rollback``. The history is a table of pgassay.
"""

import re
from pathlib import Path

from pgassay.migrate.format import Format

_NAME = re.compile(r"([0-9]+)[_-](.+?)(?:\.up)?\.sql")
_BACK = (".down", ".rollback", ".undo", ".revert")


def _read(name: str) -> tuple[str, str] | None:
    found = _NAME.fullmatch(name)
    return (found[1], found[2]) if found and not found[2].endswith(_BACK) else None


def _rollbacks(path: Path) -> tuple[Path, ...]:
    stem = path.name.removesuffix(".sql").removesuffix(".up")
    beside = (path.with_name(f"{stem}{word}.sql") for word in _BACK)
    folders = (path.parent / "rollback", path.parent / "rollbacks", path.parent.parent / "rollback")
    return (*beside, *(folder / path.name for folder in folders))


def _claims(directory: Path) -> bool:
    return True


FORMAT = Format(
    name="plain",
    read=_read,
    rollbacks=_rollbacks,
    claims=_claims,
    expected="NNN_name.sql, as in 001_add_phone.sql",
    table="pgassay_migrations.history",
)
