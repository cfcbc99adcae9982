"""What a file read, wrote and called, from what the session's own statistics count."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pgassay.model.evidence import TouchedRelation
from pgassay.pg.wire import Wire
from pgassay.suite.safety.asking import Rows, text

_COUNTED = "select pg_catalog.current_setting('track_functions') <> 'none'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What was counted so far, by name: scans and rows of tables, calls of functions.

    The counts are not set back with a transaction, but when the server comes to write them down: only what
    was added since the file began is the file's. ``functions`` is ``None`` where calls are not counted.
    """

    relations: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    functions: Mapping[str, int] | None = None


def questions(wire: Wire) -> tuple[str, str, str]:
    """Give the queries that :func:`counts_of` understands the answers to."""
    return _COUNTED, text(wire, "touched"), text(wire, "called")


def counts_of(counted: Rows, touched: Rows, called: Rows) -> Counts:
    """Read the answers."""
    relations = {str(name): tuple(int(each or 0) for each in rest) for name, *rest in touched}
    if counted[0][0] != "t":
        return Counts(relations=relations)
    return Counts(relations=relations, functions={str(name): int(calls or 0) for name, calls in called})


def touched_since(before: Counts, after: Counts) -> tuple[TouchedRelation, ...]:
    """Give the tables that were read or written in between."""
    found = []
    for name, counts in after.relations.items():
        known = before.relations.get(name, (0,) * len(counts))
        scans, inserted, updated, deleted = (now - then for now, then in zip(counts, known, strict=True))
        if scans or inserted or updated or deleted:
            found.append(
                TouchedRelation(name=name, scans=scans, inserted=inserted, updated=updated, deleted=deleted)
            )
    return tuple(found)


def called_since(before: Counts, after: Counts) -> tuple[str, ...] | None:
    """Give the functions that were called in between; ``None`` where calls are not counted."""
    if after.functions is None:
        return None
    known = before.functions or {}
    return tuple(name for name, calls in after.functions.items() if calls != known.get(name, 0))
