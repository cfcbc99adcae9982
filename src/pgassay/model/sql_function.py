"""A function in SQL that pgassay makes of something else, and keeps in a database."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SqlFunction:
    """``definition`` creates or replaces the function ``schema.name``, which takes no arguments.

    ``comment`` says what it is, to whoever finds it in the database.
    """

    schema: str
    name: str
    definition: str
    comment: str
