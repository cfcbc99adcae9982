"""Backups: where one comes from, what it holds, and how far it was proven."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pgassay.model.fingerprint import Entry


class BackupState(StrEnum):
    """How far a backup was proven."""

    RUNNING = "running"
    CREATED = "created"
    VALIDATED = "validated"
    TESTED = "tested"
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableContent:
    """What a table held: ``kind`` is PostgreSQL's relkind, ``method`` how its rows were hashed.

    A materialized view is derived: what it holds may differ once it is computed anew.
    """

    name: str
    kind: str
    rows: int
    method: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SequenceState:
    """A sequence right after the snapshot; ``last`` is ``None`` where it never gave a value.

    ``taken``: its next value was in a column that it feeds already, since somebody puts values there himself.
    """

    name: str
    last: int | None
    increment: int
    cycles: bool = False
    taken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LargeObjects:
    """How many there were, and a hash of them all; ``None`` where the role may not read them."""

    count: int = 0
    hash: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseSetting:
    """A setting that comes with the database, for everybody or for one role."""

    name: str
    value: str
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSum:
    """A file of a backup, by its path in it; ``size`` in bytes."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a backup comes from: the server and the database, as they say it themselves.

    ``system`` is the system identifier, which two servers never share unless one is a copy of the other; it
    is empty where the role may not read it. ``icu``: something in it sorts by ICU.
    """

    name: str
    oid: int
    system: str
    server_version: str
    major: int
    role: str
    encoding: str
    provider: str
    collate: str
    ctype: str
    locale: str | None
    icu: bool
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup holds, as it was seen in the very snapshot that was dumped.

    ``roles`` are statements that make the server's roles. ``tool`` is the major version of pg_dump.
    """

    id: UUID
    source: Source
    taken_at: datetime
    lsn: str
    tool: int
    tables: tuple[TableContent, ...]
    sequences: tuple[SequenceState, ...]
    large_objects: LargeObjects
    inventory: tuple[Entry, ...]
    roles: tuple[str, ...]
    settings: tuple[DatabaseSetting, ...]
    files: tuple[FileSum, ...] = ()
    format: int = 1

    @property
    def rows(self) -> int:
        """The rows of all tables."""
        return sum(each.rows for each in self.tables)

    @property
    def size_bytes(self) -> int:
        """The size of all files."""
        return sum(each.size for each in self.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup as the store knows it. ``location`` is its directory; ``database`` is server and name."""

    id: UUID
    target: str
    database: str
    server_version: str
    location: str
    started_at: datetime
    state: BackupState
    finished_at: datetime | None = None
    tested_at: datetime | None = None
    size_bytes: int | None = None
    tables: int | None = None
    rows: int | None = None
    manifest_sha256: str | None = None
    sentence: str = ""
