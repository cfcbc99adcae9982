"""Which tables of a database the statements of a migration name, by the parser.

What a function or a DO block does is not seen: its body is a string.
"""

from collections.abc import Iterable, Iterator

from pgassay.migrate.script import read_script
from pgassay.model.fingerprint import Fingerprint
from pgassay.model.migration import ScriptFile
from pgassay.parse.mentions import split_name
from pgassay.parse.sql.grammar import Node, kind, unwrap, walk
from pgassay.parse.sql.nodes import enum_name, strings

_Name = tuple[str, str]
"""Schema, empty where none is written, and name."""


def concerned_tables(file: ScriptFile, catalogs: Iterable[Fingerprint]) -> tuple[str, ...]:
    """Give the tables that are there, before or after, and that a statement names, as the server prints them.

    A name without a schema means the only table of that name; where there are several, none.
    """
    known = {
        _split(entry.name): entry.name for each in catalogs for entry in each.entries if entry.kind == "table"
    }
    found = {table for name in _named(file) if (table := _meant(name, known)) is not None}
    return tuple(sorted(found))


def _named(file: ScriptFile) -> Iterator[_Name]:
    for statement in read_script(file).statements:
        for root in statement.nodes:
            nodes = tuple(walk(root))
            own = {("", node.ctename) for node in nodes if kind(node) == "CommonTableExpr"}
            yield from (name for node in nodes for name in _names(node) if name not in own)


def _names(node: Node) -> Iterator[_Name]:
    match kind(node):
        case "RangeVar":
            yield node.schemaname, node.relname
        case "DropStmt" if enum_name(node, "remove_type") == "OBJECT_TABLE":
            for each in map(unwrap, node.objects):
                parts = strings(each.items)
                yield (parts[-2] if len(parts) > 1 else "", parts[-1])


def _meant(name: _Name, known: dict[_Name, str]) -> str | None:
    if name[0]:
        return known.get(name)
    alike = [printed for (_, table), printed in known.items() if table == name[1]]
    return alike[0] if len(alike) == 1 else None


def _split(printed: str) -> _Name:
    schema, name = split_name(printed)
    return schema, name
