"""Names as the server prints them: which schema something is in, and a name with its quotes and without."""

import re
from collections.abc import Mapping

from pgassay.pg.connection import sql

NAME = r'(?:"(?:[^"]|"")*"|[^\s.("]+)'
"""What matches one identifier, quoted or not, as the server prints it."""

_IDENTIFIER = re.compile(r'"(?:[^"]|"")*"|[^."(\s]+')


def schema_of(qualified: str) -> str:
    """Give the first identifier of a qualified name, unquoted: ``shop`` for ``shop.orders``."""
    found = _IDENTIFIER.match(qualified)
    return unquoted(found[0]) if found is not None else ""


def identifiers(qualified: str) -> tuple[str, ...]:
    """Give all identifiers of a qualified name, unquoted."""
    return tuple(unquoted(each) for each in _IDENTIFIER.findall(qualified))


def plain(qualified: str, *, renamed: Mapping[str, str]) -> str:
    """Give a name with its schema unquoted, and called otherwise where that is ``renamed``."""
    found = _IDENTIFIER.match(qualified)
    if found is None:
        return qualified
    schema = unquoted(found[0])
    return f"{renamed.get(schema, schema)}{qualified[found.end() :]}"


def unquoted(identifier: str) -> str:
    """Give a name as it is."""
    if identifier.startswith('"'):
        return identifier[1:-1].replace('""', '"')
    return identifier


def quoted(name: str) -> str:
    """Give a name as a statement has to have it."""
    return sql.Identifier(name).as_string()
