"""Writes all that the store has into one file, and reads such a file into a store.

The file is a ZIP archive with what COPY gives of each table, and a manifest that names the columns. So a
later version of the store, or one on another server, can take it in. Reading adds what is missing and changes
nothing that is there: the same file may be read twice.
"""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from pgassay.model.errors import UsageError
from pgassay.pg.connection import Connection, one_snapshot, sql
from pgassay.store.schema import opened
from pgassay.store.session import Transaction

_FORMAT = "pgassay.store-backup/1"
_MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedTable:
    """A table in a file, its columns in the order of its rows."""

    schema: str
    name: str
    columns: tuple[str, ...]
    rows: int

    @property
    def member(self) -> str:
        """The name of its data in the archive."""
        return f"{self.schema}.{self.name}.copy"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveManifest:
    """What a file has. ``version`` is that of the store's schema."""

    version: int
    tables: tuple[ArchivedTable, ...]
    format: str = _FORMAT


def write_archive(connection: Connection, path: Path) -> ArchiveManifest:
    """Write the store, as it is at one moment, to a new file, which is there as a whole or not at all.

    Raises:
        UsageError: the file exists, or cannot be written.
        Unavailable: the store cannot be read.
    """
    if path.exists():
        raise UsageError(f"{path} exists.", remedy="Give another name, or remove it first.")
    draft = path.with_name(f".{path.name}.part")
    try:
        with (
            zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive,
            one_snapshot(connection),
            opened(connection) as begun,
        ):
            manifest = ArchiveManifest(version=_version(begun), tables=tuple(_write_tables(begun, archive)))
            archive.writestr(_MANIFEST, msgspec.json.encode(manifest))
        draft.replace(path)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}.") from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return manifest


def read_archive(connection: Connection, path: Path) -> tuple[ArchivedTable, ...]:
    """Add what a file has to the store, all of it or nothing; give how many rows were added to each table.

    Raises:
        UsageError: it is no such file, it is damaged, or of a newer version than this store.
        Unavailable: the store cannot be written.
    """
    with _open(path) as archive, opened(connection) as begun:
        manifest = _manifest(archive, path)
        if manifest.version > _version(begun):
            raise UsageError(
                f"{path} is of version {manifest.version} of the store, which is newer than this one.",
                remedy="pip install --upgrade pgassay && pgassay store install",
            )
        known = {(schema, name): columns for schema, name, columns in begun.run("own_tables")}
        given = {(each.schema, each.name): each for each in manifest.tables}
        return tuple(
            _read_table(begun, archive, given[key], columns) for key, columns in known.items() if key in given
        )


def _write_tables(begun: Transaction, archive: zipfile.ZipFile) -> Iterator[ArchivedTable]:
    for schema, name, columns in begun.run("own_tables"):
        table = ArchivedTable(schema=schema, name=name, columns=tuple(columns), rows=0)
        copy = sql.SQL("copy {} ({}) to stdout").format(sql.Identifier(schema, name), _names(table.columns))
        rows = 0
        with (
            archive.open(table.member, "w", force_zip64=True) as out,
            begun.connection.cursor() as cursor,
            cursor.copy(copy) as copying,
        ):
            for piece in copying:
                rows += 1
                out.write(piece)
        yield ArchivedTable(schema=schema, name=name, columns=table.columns, rows=rows)


def _read_table(
    begun: Transaction, archive: zipfile.ZipFile, table: ArchivedTable, known: list[str]
) -> ArchivedTable:
    """Read rows beside the table first, so that those that are there already can be left alone."""
    foreign = sorted(set(table.columns) - set(known))
    if foreign:
        raise UsageError(f"The file has a column {table.name}.{foreign[0]}, which this store has not.")
    place, beside = sql.Identifier(table.schema, table.name), sql.Identifier(f"reading_{table.name}")
    names = _names(table.columns)
    connection = begun.connection
    connection.execute(
        sql.SQL("create temporary table {} on commit drop as select {} from {} limit 0").format(
            beside, names, place
        )
    )
    copy = sql.SQL("copy pg_temp.{} ({}) from stdin").format(beside, names)
    with (
        archive.open(table.member) as data,
        connection.cursor() as cursor,
        cursor.copy(copy) as copying,
    ):
        while piece := data.read(1 << 20):
            copying.write(piece)
    added = connection.execute(
        sql.SQL(
            "insert into {} ({}) overriding system value select {} from pg_temp.{} on conflict do nothing"
        ).format(place, names, names, beside)
    )
    return ArchivedTable(
        schema=table.schema, name=table.name, columns=table.columns, rows=max(added.rowcount, 0)
    )


def _names(columns: tuple[str, ...]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))


def _version(begun: Transaction) -> int:
    ((version,),) = begun.run("installed_version")
    return int(version)


@contextmanager
def _open(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            if not _is_whole(archive):
                raise UsageError(f"{path} is damaged.", remedy="Take another backup.")
            yield archive
    except (zipfile.BadZipFile, OSError) as error:
        words = getattr(error, "strerror", None) or "it is no backup of a store, or not a whole one"
        raise UsageError(f"{path} cannot be read: {words}.") from error


def _is_whole(archive: zipfile.ZipFile) -> bool:
    """Read everything; a byte that is another one may also turn up as data that cannot be unpacked."""
    try:
        return archive.testzip() is None
    except (zlib.error, EOFError, NotImplementedError, RuntimeError):
        return False


def _manifest(archive: zipfile.ZipFile, path: Path) -> ArchiveManifest:
    try:
        manifest = msgspec.json.decode(archive.read(_MANIFEST), type=ArchiveManifest)
    except (KeyError, msgspec.MsgspecError) as error:
        raise UsageError(f"{path} is no backup of a store.") from error
    if manifest.format != _FORMAT:
        raise UsageError(f"{path} has the format {manifest.format}; this pgassay reads {_FORMAT}.")
    return manifest
