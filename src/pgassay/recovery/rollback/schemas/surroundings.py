"""What is bound to schemas, and whether it could be bound to what takes their place.

It is read before anything is asked, and again in the transaction itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pgassay.model.events.rollback import RollbackWarned
from pgassay.model.rollback import RollbackResult, RollbackStep
from pgassay.pg.connection import Connection
from pgassay.recovery.rollback.course import Says
from pgassay.recovery.rollback.schemas.ask import ask
from pgassay.recovery.rollback.schemas.names import quoted
from pgassay.recovery.rollback.schemas.pinned import (
    Extension,
    demand_movable,
    pinned_by,
    read_extensions,
)
from pgassay.recovery.rollback.schemas.published import Published, demand_published, read_published
from pgassay.recovery.rollback.schemas.reference import Reference
from pgassay.recovery.rollback.schemas.references import demand_references, read_references


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What is bound to schemas: what depends on them from outside, what is published, extensions in them.

    ``pinned`` are the schemas that stay in their places, each with an extension that keeps it there.
    """

    references: tuple[Reference, ...]
    published: tuple[Published, ...]
    extensions: tuple[Extension, ...]
    foreign_keys: tuple[tuple[str, str], ...]
    subscribed: tuple[tuple[str, int], ...]
    pinned: Mapping[str, Extension]


def surroundings(connection: Connection, schemas: Sequence[str]) -> Surroundings:
    """Read what is bound to these schemas. The session's search path has to be empty.

    Raises:
        Refused: something of it could not be bound to what takes their place.
    """
    me = quoted(connection.info.user)
    extensions = tuple(read_extensions(connection, schemas))
    pinned = pinned_by(extensions)
    for name, because in pinned.items():
        demand_movable(connection, name, because)
    references = read_references(connection, schemas)
    demand_references(connection, references)
    published = read_published(connection, schemas)
    # A schema that stays in its place goes on being published as one.
    demand_published([each for each in published if each.table.table or each.schema not in pinned], me)
    outwards = ask(connection, "foreign_keys_outwards", schemas=list(schemas))
    subscribed = ask(connection, "subscribed", schemas=list(schemas))
    return Surroundings(
        references=references,
        published=published,
        extensions=extensions,
        foreign_keys=tuple((table, refers_to) for table, refers_to in outwards),
        subscribed=tuple((name, count) for name, count in subscribed),
        pinned=pinned,
    )


def waits_of(around: Surroundings) -> tuple[str, ...]:
    """Say which schemas keep their users waiting, and why."""
    return tuple(
        f"The extension {each.name} keeps {name} in its place ({each.why}): what is in it is moved out, and "
        "who uses that waits while the backup is restored."
        for name, each in around.pinned.items()
    )


def warnings_of(around: Surroundings) -> Iterator[RollbackWarned]:
    """Say what stays bound to what is set aside, who has to wait, and what that means."""
    yield from (RollbackWarned(sentence=each) for each in waits_of(around))
    if around.foreign_keys:
        tables = ", ".join(sorted({refers_to for _, refers_to in around.foreign_keys}))
        yield RollbackWarned(
            sentence=f"{len(around.foreign_keys)} foreign keys of what is set aside go on referring to "
            f"{tables}: who deletes rows there deletes what refers to them aside, too, or is refused for it."
        )
    for name, count in around.subscribed:
        yield RollbackWarned(
            sentence=f"The subscription {name} replicates into {count} tables that are set aside.",
            remedy=f"alter subscription {name} refresh publication;",
        )


def bound(around: Surroundings, names: Sequence[str]) -> RollbackResult:
    """Say what is bound to the schemas."""
    found = (*(each.what for each in around.references), *(each.what for each in around.published))
    return Says(step=RollbackStep.REFERENCES).holds(
        f"{len(found)} things outside are bound to {', '.join(names)}, and can be bound anew.", *found
    )
