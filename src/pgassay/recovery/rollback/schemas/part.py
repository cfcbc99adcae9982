"""The part of a backup that is in some schemas: what its manifest says of these, and of nothing else."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from pgassay.model.backup import LargeObjects, Manifest
from pgassay.model.fingerprint import Entry
from pgassay.recovery.rollback.schemas.names import schema_of, unquoted

_OF_THE_DATABASE = frozenset(
    {"event trigger", "extension", "foreign server", "language", "publication", "setting"}
)
_FUTURE = re.compile(r'for (?P<role>.+) in (?P<schema>"(?:[^"]|"")*"|\S+) on [a-z ]+$')
_COMMENT = re.compile(r"(?ms)^comment: (.*)\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaThen:
    """A schema as it was when the backup was made."""

    name: str
    owner: str
    comment: str | None


def part_of(manifest: Manifest, schemas: Collection[str]) -> Manifest:
    """Give the manifest of a backup that holds only these schemas."""
    return replace(
        manifest,
        tables=tuple(each for each in manifest.tables if schema_of(each.name) in schemas),
        sequences=tuple(each for each in manifest.sequences if schema_of(each.name) in schemas),
        inventory=tuple(entries_in(manifest.inventory, schemas)),
        large_objects=LargeObjects(count=0, hash="0"),
    )


def entries_in(entries: Iterable[Entry], schemas: Collection[str]) -> Iterator[Entry]:
    """Give the objects that are in these schemas, and the schemas themselves."""
    for each in entries:
        if each.kind in _OF_THE_DATABASE:
            continue
        if each.kind == "default privileges":
            future = _FUTURE.fullmatch(each.name)
            if future is not None and unquoted(future["schema"]) in schemas:
                yield each
        elif each.kind == "cast":
            if any(schema_of(type_) in schemas for type_ in each.name.split(" as ")):
                yield each
        elif schema_of(each.name) in schemas:
            yield each


def schemas_then(manifest: Manifest) -> Iterator[SchemaThen]:
    """Give the schemas that the backup holds."""
    for each in manifest.inventory:
        if each.kind == "schema":
            comment = _COMMENT.search(each.text)
            yield SchemaThen(
                name=unquoted(each.name),
                owner=each.text.partition("\n")[0].removeprefix("owner: "),
                comment=comment[1] if comment is not None else None,
            )


def promising_roles(entries: Iterable[Entry]) -> Iterator[tuple[str, Entry]]:
    """Give the roles that default privileges are of, each with what says so."""
    for each in entries:
        if each.kind == "default privileges" and (future := _FUTURE.fullmatch(each.name)) is not None:
            yield future["role"], each
