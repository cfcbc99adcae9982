"""What outside of schemas was bound to them in the backup, and is not there any more.

A bad release that drops a function takes the triggers with it that call it, on tables of others too. The
function comes back with its schema, and the trigger does not. It is said, with the archive's own statement,
rather than made again: who does not own the table could not take it away for an undo.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from pgassay.model.backup import Manifest
from pgassay.model.fingerprint import Entry
from pgassay.pg.catalog.fingerprint import fingerprint
from pgassay.pg.connection import Connection
from pgassay.recovery.rollback.schemas.listing import lines_of
from pgassay.recovery.rollback.schemas.names import identifiers

_KINDS = {"trigger": "TRIGGER", "policy": "POLICY"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A trigger or a policy on a table outside. ``lines`` are the archive's, of its table of contents."""

    what: str
    lines: tuple[str, ...]


def missing(
    connection: Connection, manifest: Manifest, listed: str, schemas: Collection[str]
) -> Iterator[Missing]:
    """Give the triggers and policies of the backup that are gone, and were bound to these schemas."""
    bound = [each for each in manifest.inventory if _is_bound(each, schemas)]
    if not bound:
        return
    entries = fingerprint(connection, ignored=()).entries
    there = {(each.kind, each.name) for each in entries}
    tables = {identifiers(each.name) for each in entries if each.kind == "table"}
    for each in bound:
        schema, table, name = identifiers(each.name)
        if (each.kind, each.name) not in there and (schema, table) in tables:
            lines = lines_of(listed, f"{_KINDS[each.kind]} {schema} {table} {name} ")
            yield Missing(what=f"{each.kind} {name} on {schema}.{table}", lines=tuple(lines))


def _is_bound(each: Entry, schemas: Collection[str]) -> bool:
    if each.kind not in _KINDS or identifiers(each.name)[0] in schemas:
        return False
    return any(re.search(rf'(?<![\w"])"?{re.escape(name)}"?\.', each.text) for name in schemas)
