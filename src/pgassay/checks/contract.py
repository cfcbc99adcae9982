"""A check as the engine holds it: what is known of it, how it asks, and the examples that prove it."""

from dataclasses import dataclass

from pgassay.model.check import CheckInfo
from pgassay.parse.check_file import CheckExample
from pgassay.pg.query import Query


@dataclass(frozen=True, slots=True, kw_only=True)
class SqlCheck:
    """A check that asks by one query. ``text`` is its whole file.

    ``query.text`` has the parameters as ``$1`` …; ``query_line`` is the line of the file where it starts.
    """

    info: CheckInfo
    query: Query
    query_line: int
    examples: tuple[CheckExample, ...]
    without_examples: str
    text: str


Check = SqlCheck
