"""Supabase's format: ``supabase/migrations/DIGITS_name.sql``, and the history that its own tool reads, too.

Supabase knows no rollback, and takes every file of that folder whose name fits for a migration; so rollback
files are in a folder of their own.
"""

import re
from pathlib import Path

from pgassay.migrate.format import Format

_NAME = re.compile(r"([0-9]+)_(.*)\.sql")


def _read(name: str) -> tuple[str, str] | None:
    found = _NAME.fullmatch(name)
    return (found[1], found[2]) if found else None


def _rollbacks(path: Path) -> tuple[Path, ...]:
    beside = (path.parent.parent / folder for folder in ("rollbacks", "rollback"))
    below = (path.parent / folder for folder in ("rollbacks", "rollback"))
    return tuple(folder / path.name for folder in (*beside, *below))


def _claims(directory: Path) -> bool:
    return directory.absolute().parts[-2:] == ("supabase", "migrations")


FORMAT = Format(
    name="supabase",
    read=_read,
    rollbacks=_rollbacks,
    claims=_claims,
    expected="DIGITS_name.sql, as in 20261127101500_add_phone.sql",
    table="supabase_migrations.schema_migrations",
    repair="supabase migration repair --status applied VERSION",
)
