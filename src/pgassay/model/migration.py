"""Migrations: their files, and where each stands on a target."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

_LONGEST_NAME = 63


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptFile:
    """A file of SQL as it was read. ``sha256`` is of its bytes."""

    path: str
    sha256: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """A migration: a file, its place in the order of all, and perhaps the file that takes it back."""

    version: str
    name: str
    up: ScriptFile
    down: ScriptFile | None = None

    @property
    def label(self) -> str:
        """The version and the name, as the file has them."""
        return f"{self.version}_{self.name}" if self.name else self.version

    @property
    def id(self) -> str:
        """A name for this very content, fit for a restore point: label and the start of the SHA-256."""
        word = re.sub(r"[^A-Za-z0-9_]+", "_", self.label)
        return f"{word[: _LONGEST_NAME - 9]}_{self.up.sha256[:8]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """A row of the history that the target itself keeps. What a format does not keep is ``None``.

    ``adopted`` says what could be verified of one that was applied by other means.
    """

    version: str
    name: str
    statements: tuple[str, ...] | None = None
    sha256: str | None = None
    at: datetime | None = None
    adopted: str | None = None


class Standing(StrEnum):
    """Where a migration stands on a target."""

    APPLIED = "applied"
    ADOPTED = "adopted"
    PENDING = "pending"
    CHANGED = "changed after it was applied"
    MISSING = "applied, but its file is missing"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrationStanding:
    """Where one migration stands. ``note`` completes it with a sentence where there is more to say."""

    version: str
    name: str
    standing: Standing
    note: str = ""
    at: datetime | None = None
    reversible: bool | None = None
    rehearsed: datetime | None = None
