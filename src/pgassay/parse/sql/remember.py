"""What a plain statement of the file leaves in the file's memory."""

from collections.abc import Callable

from pgassay.parse.sql.grammar import Node, kind, unwrap
from pgassay.parse.sql.memory import Memory, Name, ObjectKind
from pgassay.parse.sql.nodes import dotted, enum_name


def remember(node: Node, memory: Memory) -> None:
    """Take note of what a statement made, or of what becomes of what was made."""
    note = _NOTES.get(kind(node))
    if note:
        note(node, memory)


def _transaction(node: Node, memory: Memory) -> None:
    what = enum_name(node, "kind").removeprefix("TRANS_STMT_")
    if what in ("ROLLBACK", "COMMIT"):
        memory.rollback()
    elif what == "SAVEPOINT":
        memory.savepoint(node.savepoint_name)
    elif what == "RELEASE":
        memory.release(node.savepoint_name)
    elif what == "ROLLBACK_TO":
        memory.back_to(node.savepoint_name)


def _relation(node: Node, memory: Memory) -> None:
    memory.make(Name(ObjectKind.RELATION, node.schemaname, node.relname))


def _table(node: Node, memory: Memory) -> None:
    if not node.if_not_exists:
        _relation(node.relation, memory)


def _table_as(node: Node, memory: Memory) -> None:
    if not node.if_not_exists:
        _relation(node.into.rel, memory)


def _select(node: Node, memory: Memory) -> None:
    if node.HasField("into_clause"):
        _relation(node.into_clause.rel, memory)


def _view(node: Node, memory: Memory) -> None:
    if not node.replace:
        _relation(node.view, memory)


def _index(node: Node, memory: Memory) -> None:
    if node.idxname and not node.if_not_exists:
        memory.make(Name(ObjectKind.RELATION, node.relation.schemaname, node.idxname))


def _sequence(node: Node, memory: Memory) -> None:
    if not node.if_not_exists:
        _relation(node.sequence, memory)


def _schema(node: Node, memory: Memory) -> None:
    if node.if_not_exists:
        return
    memory.make(Name(ObjectKind.SCHEMA, "", node.schemaname or node.authrole.rolename))
    for each in node.schema_elts:
        remember(unwrap(each), memory)


def _composite(node: Node, memory: Memory) -> None:
    memory.make(Name(ObjectKind.TYPE, node.typevar.schemaname, node.typevar.relname))


def _type(field: str) -> Callable[[Node, Memory], None]:
    def note(node: Node, memory: Memory) -> None:
        memory.make(Name(ObjectKind.TYPE, *dotted(getattr(node, field))))

    return note


def _function(node: Node, memory: Memory) -> None:
    if not node.replace:
        memory.make(Name(ObjectKind.OTHER, *dotted(node.funcname)))


_NOTES: dict[str, Callable[[Node, Memory], None]] = {
    "TransactionStmt": _transaction,
    "CreateStmt": _table,
    "CreateTableAsStmt": _table_as,
    "SelectStmt": _select,
    "ViewStmt": _view,
    "IndexStmt": _index,
    "CreateSeqStmt": _sequence,
    "CreateSchemaStmt": _schema,
    "CompositeTypeStmt": _composite,
    "CreateEnumStmt": _type("type_name"),
    "CreateRangeStmt": _type("type_name"),
    "CreateDomainStmt": _type("domainname"),
    "CreateFunctionStmt": _function,
}
