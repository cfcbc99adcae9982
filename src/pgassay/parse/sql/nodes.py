"""Names and lists as the trees have them."""

from collections.abc import Iterable, Iterator

from pgassay.parse.sql.grammar import Node, kind, unwrap


def strings(nodes: Iterable[Node]) -> list[str]:
    """Give the texts of a list of strings; what is no string is left out."""
    return [each.sval for each in map(unwrap, nodes) if kind(each) == "String"]


def last_name(nodes: Iterable[Node]) -> str:
    """Give the last part of a qualified name, empty where there is none."""
    return (strings(nodes) or [""])[-1]


def dotted(nodes: Iterable[Node]) -> tuple[str, str]:
    """Give the schema, perhaps empty, and the name."""
    names = strings(nodes)
    return (names[-2] if len(names) > 1 else "", names[-1] if names else "")


def options(nodes: Iterable[Node]) -> Iterator[tuple[str, Node]]:
    """Give the name and the value of each option in a list of them; a value may be an empty message."""
    for each in map(unwrap, nodes):
        if kind(each) == "DefElem":
            yield each.defname, unwrap(each.arg)


def option_text(node: Node) -> str:
    """Give the text of an option's value: of a string, or of the first one in a list."""
    node = unwrap(node)
    if kind(node) == "List":
        return option_text(node.items[0]) if node.items else ""
    if kind(node) == "String":
        return str(node.sval)
    return ""


def enum_name(node: Node, field: str) -> str:
    """Give the name that the server has for a field's value, such as ``OBJECT_TABLE``."""
    values = node.DESCRIPTOR.fields_by_name[field].enum_type.values_by_number
    return str(values[getattr(node, field)].name)
