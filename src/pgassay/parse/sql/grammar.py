"""PostgreSQL's own parser, behind a door: text in, syntax trees out.

The library takes a quarter of a second to load, so it is loaded with the first text. Its trees are
protobuf messages, named and shaped as the server's own nodes; ``walk`` goes over them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, TypeAlias

Node: TypeAlias = Any
"""A node of a syntax tree: a protobuf message of the library's schema."""


class Unreadable(ValueError):
    """The text is none that the parser knows; the message says why, in its words."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a text; ``start`` and ``end`` are offsets into its UTF-8 bytes."""

    text: str
    start: int
    end: int

    @property
    def word(self) -> str:
        """The token in lower case where it is a bare word, otherwise as it is."""
        return self.text.lower() if self.text[:1].isalpha() else self.text


def statements(text: str) -> tuple[Node, ...]:
    """Give the trees of all statements in a text. Raises Unreadable."""
    return tuple(unwrap(each.stmt) for each in _call("parse", text).stmts)


def parses(text: str) -> bool:
    """Tell whether a text can be read."""
    try:
        statements(text)
    except Unreadable:
        return False
    return True


def expression(text: str) -> Node:
    """Give the tree of an expression. Raises Unreadable."""
    found = statements(f"SELECT {text}")
    if len(found) != 1 or kind(found[0]) != "SelectStmt" or len(found[0].target_list) != 1:
        raise Unreadable("not one expression")
    return unwrap(found[0].target_list[0].res_target.val)


def tokens(text: str) -> tuple[Token, ...]:
    """Give the tokens of a text, without comments. Raises Unreadable."""
    data = text.encode()
    found = (
        Token(data[each.start : each.end].decode(), each.start, each.end)
        for each in _call("scan", text).tokens
    )
    return tuple(each for each in found if not each.text.startswith(("--", "/*")))


def kind(node: Node) -> str:
    """Give the name of a node's type, such as ``SelectStmt``."""
    return type(node).__name__


def unwrap(node: Node) -> Node:
    """Take a node out of the wrapper that lists and fields of any type have."""
    if kind(node) == "Node":
        which = node.WhichOneof("node")
        return getattr(node, which) if which else node
    return node


def walk(node: Node) -> Iterator[Node]:
    """Give a node and all nodes below it, each before those below it, but no wrappers and no constants."""
    stack, shapes = [node], _SHAPES
    while stack:
        current = stack.pop()
        if type(current).__name__ == "Node":
            which = current.WhichOneof("node")
            current = getattr(current, which) if which else None
            if which is None or type(current).__name__ in _LEAVES:
                continue
        yield current
        for _, value in reversed(current.ListFields()):
            shape = shapes.get(type(value)) or _shape(value)
            if shape == "node":
                stack.append(value)
            elif shape == "nodes":
                stack.extend(reversed(value))


_LEAVES = frozenset({"A_Const", "String", "Integer", "Float", "Boolean", "BitString", "A_Star", "Alias"})
_SHAPES: dict[type, str] = {}
"""What values of a type are to ``walk``, filled as they are met: it goes over every node there is."""


def _shape(value: object) -> str:
    is_list = hasattr(value, "add") and hasattr(value, "extend")
    is_node = hasattr(value, "ListFields") and kind(value) not in _LEAVES
    _SHAPES[type(value)] = shape = "node" if is_node else "nodes" if is_list else "other"
    return shape


def _call(function: str, text: str) -> Node:
    if "\0" in text:
        raise Unreadable("there is a NUL character")
    library = import_module("postgast")
    run: Callable[[str], Node] = getattr(library, function)
    try:
        return run(text)
    except UnicodeEncodeError:
        raise Unreadable("there is a character that is none") from None
    except library.PgQueryError as error:
        raise Unreadable(error.message) from None
    except _decode_error():
        return _deep(run, text)


def _deep(run: Callable[[str], Node], text: str) -> Node:
    """Try again with the limit lifted that protobuf sets to the depth of a message."""
    try:
        lift = import_module("google._upb._message").SetAllowOversizeProtos
    except (ImportError, AttributeError):
        raise Unreadable("it is nested too deeply") from None
    lift(True)
    try:
        return run(text)
    except _decode_error():
        raise Unreadable("it is nested too deeply") from None
    finally:
        lift(False)


@cache
def _decode_error() -> type[Exception]:
    error = import_module("google.protobuf.message").DecodeError
    assert isinstance(error, type) and issubclass(error, Exception)
    return error
