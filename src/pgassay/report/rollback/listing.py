"""What was done to a database, and what is kept aside of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from pgassay.model.aside import Aside
from pgassay.model.rollback import LastRollback, RollbackWay
from pgassay.report.words import duration, moment, visible


@dataclass(frozen=True, slots=True, kw_only=True)
class Rollbacks:
    """Operations on a database, and what was set aside by them; the newest first.

    ``known`` is whether a store could be asked for the operations.
    """

    database: str
    operations: tuple[LastRollback, ...]
    asides: tuple[Aside, ...]
    known: bool = True


def rollbacks_text(found: Rollbacks) -> str:
    """Give the list for a person."""
    return "\n".join(_lines(found))


def _lines(found: Rollbacks) -> Iterator[str]:
    if not found.operations and not found.asides:
        name = visible(found.database)
        yield f"{name} was never rolled back." if found.known else f"Nothing is kept aside of {name}."
        return
    for each in found.operations:
        yield f"{str(each.id)[:8]}  {moment(each.started_at)}  {each.operation:<4}  {each.status}"
        yield f"          reason: {visible(each.reason)}"
        if each.outage_s is not None:
            yield f"          {_outage(each)} {duration(each.outage_s)}"
        if each.sentence:
            yield f"          {visible(each.sentence)}"
        elif each.status == "interrupted":
            yield f"          at the step {each.step or 'start'}"
    for number, aside in enumerate(found.asides):
        size = f"{aside.size_bytes / 1e6:,.1f} MB" if aside.size_bytes is not None else "of unknown size"
        what = "pgassay rollback undo puts it back" if number == 0 else "kept from an earlier operation"
        yield f"aside: {visible(aside.name)}, {size}; {what}"
        yield from (f"          when nobody needs it any more: {each}" for each in _drops(aside))


def _outage(each: LastRollback) -> str:
    if each.way is RollbackWay.DATABASE:
        return "nobody could get in for"
    return f"inside of the database, {visible(', '.join(each.schemas))}; nobody waited for longer than"


def _drops(aside: Aside) -> Iterator[str]:
    if aside.run.way is RollbackWay.DATABASE:
        yield f"drop database {_quoted(aside.name)}"
    yield from (f"drop schema {_quoted(each.name)} cascade" for each in aside.schemas)


def _quoted(name: str) -> str:
    doubled = visible(name).replace('"', '""')
    return f'"{doubled}"'
