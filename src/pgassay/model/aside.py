"""What a rollback set aside: a database, or schemas with what is to be given back to them."""

from dataclasses import dataclass

from pgassay.model.rollback import RollbackRun


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedTable:
    """A table of a schema as a publication has it; ``table`` is empty where it has the schema as a whole."""

    publication: str
    table: str = ""
    columns: tuple[str, ...] = ()
    where: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignKey:
    """A foreign key, by its names."""

    schema: str
    table: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AsideSchema:
    """A schema that was set aside from the name ``live``; an empty one where there was none (``absent``).

    ``comment`` is the one that it had. ``published`` is what was published of it, ``unvalidated`` are the
    foreign keys of the schema that took its place that are to be validated once others may go on.
    """

    live: str
    name: str
    size_bytes: int | None = None
    comment: str | None = None
    absent: bool = False
    published: tuple[PublishedTable, ...] = ()
    unvalidated: tuple[ForeignKey, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """What was set aside by an operation: a database, or ``schemas`` of it.

    ``finished``: what follows a swap was done, too.
    """

    name: str
    size_bytes: int | None
    run: RollbackRun
    comment: str | None
    finished: bool
    schemas: tuple[AsideSchema, ...] = ()
