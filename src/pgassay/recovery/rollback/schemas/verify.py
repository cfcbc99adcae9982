"""Holds what was played into schemas against the manifest, in the transaction that it is in."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from threading import Event

from pgassay.model.backup import Manifest
from pgassay.model.fingerprint import Entry
from pgassay.model.recovery import StepResult
from pgassay.pg.catalog.fingerprint import fingerprint
from pgassay.pg.connection import Connection
from pgassay.pg.query import major_version
from pgassay.pg.target import Target
from pgassay.recovery.ask import ask as ask_of_recovery
from pgassay.recovery.contents import contents_here
from pgassay.recovery.rollback.schemas.ask import ask, execute
from pgassay.recovery.rollback.schemas.names import NAME, schema_of
from pgassay.recovery.rollback.schemas.part import entries_in, promising_roles
from pgassay.recovery.rollback.schemas.session import milliseconds
from pgassay.recovery.steps.content import judge_content
from pgassay.recovery.steps.inventory import compare_inventory
from pgassay.recovery.steps.place import Place
from pgassay.recovery.steps.sequences import check_sequences

_REFERS = re.compile(rf"(?m)^definition: FOREIGN KEY .*? REFERENCES (?P<table>{NAME}\.{NAME})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What is held against what. ``manifest`` is the part of these schemas.

    ``roles`` are those whose default privileges were set.
    """

    connection: Connection
    manifest: Manifest
    schemas: Collection[str]
    roles: Collection[str]
    target: Target
    stop: Event


def analyze(connection: Connection, schemas: Collection[str]) -> int:
    """Gather statistics of everything in these schemas; say of how many tables."""
    names = [name for (name,) in ask(connection, "analyzed", schemas=list(schemas))]
    if names:
        execute(connection, f"analyze {', '.join(names)}")
    return len(names)


def content(held: Held, *, lock_timeout_s: float) -> StepResult:
    """Count and hash every table.

    Raises:
        Unavailable: a table cannot be read.
        Stopped: the user asked for an end.
    """
    ask_of_recovery(held.connection, "session", lock_timeout=milliseconds(lock_timeout_s))
    methods = {each.name: each.method for each in held.manifest.tables}
    found = contents_here(
        held.connection,
        methods=methods,
        wanted=lambda name: schema_of(name) in held.schemas,
        stop=held.stop,
    )
    return judge_content(held.manifest, found, held.manifest.large_objects)


def inventory(held: Held) -> StepResult:
    """Compare every object. Foreign keys to tables outside are made in the end, and not looked at here."""
    ignored = tuple(name for (name,) in ask(held.connection, "other_schemas", schemas=list(held.schemas)))
    there = entries_in(fingerprint(held.connection, ignored=ignored).entries, held.schemas)
    place = Place(
        target=held.target,
        major=major_version(held.connection),
        own=False,
        superuser=True,
        said=held.target.shown,
    )
    then = replace(held.manifest, inventory=tuple(_looked_at(held.manifest.inventory, held)))
    return compare_inventory(then, tuple(_looked_at(there, held)), place)


def sequences(held: Held) -> StepResult:
    """Look where the sequences stand."""
    return check_sequences(held.connection, held.manifest, lambda name: schema_of(name) in held.schemas)


def referred_to(held: Held) -> tuple[str, ...]:
    """Give the tables outside that foreign keys of the backup refer to, as the server prints them."""
    constraints = (each.text for each in held.manifest.inventory if each.kind == "constraint")
    found = {refers["table"] for text in constraints if (refers := _REFERS.search(text)) is not None}
    return tuple(sorted(each for each in found if schema_of(each) not in held.schemas))


def _looked_at(entries: Iterable[Entry], held: Held) -> Iterator[Entry]:
    found = tuple(entries)
    left_out = {each for role, each in promising_roles(found) if role not in held.roles}
    for each in found:
        refers = _REFERS.search(each.text) if each.kind == "constraint" else None
        outside = refers is not None and schema_of(refers["table"]) not in held.schemas
        if not outside and each not in left_out:
            yield each
