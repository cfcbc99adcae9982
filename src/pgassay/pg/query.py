"""Named SQL: ``.sql`` files that run unchanged in psql, with parameters written ``:'name'``.

A file may begin with a header of ``-- key: value`` lines. ``since`` and ``until`` limit it to server
versions (majors, both inclusive); a query that differs by version is several files, ``name.sql`` and
``name.VARIANT.sql``, whose limits say which holds. Parameters travel bound (``$1``), never spliced in;
in contrast to psycopg's own, they do not clash with the ``%`` of ``format()``.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from psycopg import Connection, RawCursor
from psycopg.rows import TupleRow

_HEADER = re.compile(r"--\s*(\w+):\s*(.*?)\s*$")
_TOKEN = re.compile(r"--[^\n]*|/\*.*?\*/|\$\$.*?\$\$|:'(?P<name>\w+)'|'(?:[^']|'')*'|\"[^\"]*\"", re.DOTALL)
_ALL = range(0, 1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One query: ``text`` has ``$1`` … for ``parameters``, in order; ``header`` is what its file says."""

    name: str
    text: str
    parameters: tuple[str, ...]
    header: Mapping[str, str] = field(default_factory=dict)

    @property
    def versions(self) -> range:
        """The majors that it is for."""
        since = int(self.header.get("since", _ALL.start))
        return range(since, int(self.header.get("until", _ALL.stop)) + 1)


def parse_query(text: str, *, name: str) -> Query:
    """Read one file's text."""
    header: dict[str, str] = {}
    for line in text.splitlines():
        match = _HEADER.match(line)
        if match is None:
            break
        header[match[1]] = match[2]
    names: list[str] = []

    def bind(token: "re.Match[str]") -> str:
        found = token["name"]
        if found is None:
            return token[0]
        if found not in names:
            names.append(found)
        return f"${names.index(found) + 1}"

    body = _TOKEN.sub(bind, text).strip().removesuffix(";")
    return Query(name=name, text=body, parameters=tuple(names), header=header)


@cache
def load(package: str, name: str, *, major: int) -> Query:
    """Give the query of that name, for that server, from a package's folder ``sql``.

    Raises:
        LookupError: no file, or more than one, is for that version. That is a bug, not a user's error.
    """
    found = [
        query
        for path in files(package).joinpath("sql").iterdir()
        if path.name.endswith(".sql") and path.name.split(".")[0] == name
        for query in [parse_query(path.read_text("utf-8"), name=name)]
        if major in query.versions
    ]
    if len(found) != 1:
        raise LookupError(f"{len(found)} files of {package} hold the query {name!r} for PostgreSQL {major}")
    return found[0]


def rows(connection: Connection[TupleRow], query: Query, **values: object) -> list[TupleRow]:
    """Run a query with a value for each of its parameters; give its rows, none for a command."""
    cursor = RawCursor(connection)
    cursor.execute(query.text.encode(), [values[name] for name in query.parameters] or None)
    return cursor.fetchall() if cursor.description is not None else []


def rows_of_each(
    connection: Connection[TupleRow], queries: Iterable[tuple[Query, Mapping[str, object]]]
) -> list[list[TupleRow]]:
    """Run several queries as one transaction in one round trip; give the rows of each."""
    cursors = []
    with connection.pipeline(), connection.transaction():
        for query, values in queries:
            cursors.append(cursor := RawCursor(connection))
            cursor.execute(query.text.encode(), [values[name] for name in query.parameters] or None)
        return [cursor.fetchall() for cursor in cursors]


def major_version(connection: Connection[TupleRow]) -> int:
    """Give the server's major version."""
    return connection.info.server_version // 10_000
