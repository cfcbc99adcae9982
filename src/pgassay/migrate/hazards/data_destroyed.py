"""What is dropped or emptied takes its data along, and CASCADE takes more than is written."""

from collections.abc import Iterator

from pgassay.migrate.hazard import Case, Hazard, commands, shown
from pgassay.model.migration_plan import HazardFound
from pgassay.parse.sql.grammar import Node, kind, unwrap
from pgassay.parse.sql.nodes import enum_name, strings

_HOLDS_DATA = {"OBJECT_TABLE": "table", "OBJECT_SCHEMA": "schema", "OBJECT_MATVIEW": "materialized view"}


def _judge(node: Node, case: Case) -> Iterator[HazardFound]:
    match kind(node):
        case "TruncateStmt":
            for relation in map(unwrap, node.relations):
                if case.existed(relation):
                    yield case.danger(f"Every row of {shown(relation)} is gone for good.")
        case "DropStmt":
            yield from _dropped(node, case)
        case "AlterTableStmt" if case.existed(node.relation):
            for command, _ in commands(node, "AT_DropColumn"):
                yield case.danger(f"The values of {shown(node.relation)}.{command.name} are gone.")


def _dropped(node: Node, case: Case) -> Iterator[HazardFound]:
    what = enum_name(node, "remove_type")
    names = ", ".join(".".join(_parts(each)) for each in node.objects)
    if what in _HOLDS_DATA:
        yield case.danger(f"The {_HOLDS_DATA[what]} {names} is gone, with what it holds.")
    if enum_name(node, "behavior") == "DROP_CASCADE":
        yield case.danger(
            f"CASCADE takes along whatever depends on {names}, without a word.",
            "Drop by name what is to go; without CASCADE, what was forgotten stops the migration.",
        )


def _parts(node: Node) -> list[str]:
    found = unwrap(node)
    return strings(found.items) if kind(found) == "List" else [getattr(found, "sval", "")]


HAZARD = Hazard(title="data destroyed", kinds=("TruncateStmt", "DropStmt", "AlterTableStmt"), judge=_judge)
