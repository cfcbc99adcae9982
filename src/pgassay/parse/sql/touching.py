"""Tells which relations, types and operators a node touches, and what for."""

from collections.abc import Callable, Iterator

from pgassay.parse.sql.case import Case
from pgassay.parse.sql.finding import Finding
from pgassay.parse.sql.grammar import Node, kind, unwrap
from pgassay.parse.sql.nodes import dotted, enum_name, last_name
from pgassay.parse.sql.touch import Occasion, Touch, TouchKind

_PLANS = ("plan", "no_plan")
_PLAN_MAKES = ("CREATE SEQUENCE", "CREATE TABLE", "CREATE INDEX", "GRANT")


def touched(node: Node, case: Case) -> tuple[Finding, ...]:
    """Take note of what a node touches, for ``reach`` to follow; there is nothing to say of it yet."""
    if case.known.attached is not None:
        for touch in _READERS[kind(node)](node):
            case.touch(touch)
    return ()


def note_command(root: Node, case: Case) -> None:
    """Take note of a statement that event triggers may see."""
    name = kind(root)
    if case.known.attached is not None and _is_command(root, name):
        case.touch(Touch(kind=TouchKind.COMMAND, name=_tag(root, name)))


def note_plan(name: str, case: Case) -> None:
    """Take note of the objects that pgTAP's plan makes."""
    if name in _PLANS:
        for tag in _PLAN_MAKES:
            case.touch(Touch(kind=TouchKind.COMMAND, name=tag))


def _relation(node: Node, occasion: Occasion, columns: frozenset[str] | None = None) -> Touch:
    return Touch(
        kind=TouchKind.RELATION,
        schema=node.schemaname,
        name=node.relname,
        occasion=occasion,
        columns=columns,
    )


def _insert(node: Node) -> Iterator[Touch]:
    yield _relation(node.relation, Occasion.INSERT)
    if node.HasField("on_conflict_clause"):
        yield _relation(node.relation, Occasion.UPDATE, _columns(node.on_conflict_clause))


def _update(node: Node) -> Iterator[Touch]:
    yield _relation(node.relation, Occasion.UPDATE, _columns(node))


def _columns(node: Node) -> frozenset[str]:
    return frozenset(unwrap(each).name for each in node.target_list)


def _delete(node: Node) -> Iterator[Touch]:
    yield _relation(node.relation, Occasion.DELETE)


def _merge(node: Node) -> Iterator[Touch]:
    for occasion in (Occasion.INSERT, Occasion.UPDATE, Occasion.DELETE):
        yield _relation(node.relation, occasion)


def _copy(node: Node) -> Iterator[Touch]:
    if node.is_from and node.HasField("relation"):
        yield _relation(node.relation, Occasion.INSERT)


def _truncate(node: Node) -> Iterator[Touch]:
    for each in map(unwrap, node.relations):
        yield _relation(each, Occasion.TRUNCATE)


def _refresh(node: Node) -> Iterator[Touch]:
    yield _relation(node.relation, Occasion.REFRESH)


def _like(node: Node) -> Iterator[Touch]:
    yield _relation(node.relation, Occasion.COPY_SHAPE)


def _create(node: Node) -> Iterator[Touch]:
    for each in map(unwrap, node.inh_relations):
        yield _relation(each, Occasion.COPY_SHAPE)


def _read(node: Node) -> Iterator[Touch]:
    # Also where the relation is written to: what restricts it to rows is read then, too.
    yield _relation(node, Occasion.READ)


def _type(node: Node) -> Iterator[Touch]:
    schema, name = dotted(node.names)
    if name:
        yield Touch(kind=TouchKind.TYPE, schema=schema, name=name)


def _operator(node: Node) -> Iterator[Touch]:
    yield Touch(kind=TouchKind.OPERATOR, name=last_name(node.name))


def _subquery(node: Node) -> Iterator[Touch]:
    if node.oper_name:
        yield Touch(kind=TouchKind.OPERATOR, name=last_name(node.oper_name))


def _sort(node: Node) -> Iterator[Touch]:
    if node.use_op:
        yield Touch(kind=TouchKind.OPERATOR, name=last_name(node.use_op))


_READERS: dict[str, Callable[[Node], Iterator[Touch]]] = {
    "InsertStmt": _insert,
    "UpdateStmt": _update,
    "DeleteStmt": _delete,
    "MergeStmt": _merge,
    "CopyStmt": _copy,
    "TruncateStmt": _truncate,
    "RefreshMatViewStmt": _refresh,
    "TableLikeClause": _like,
    "CreateStmt": _create,
    "RangeVar": _read,
    "TypeName": _type,
    "A_Expr": _operator,
    "SubLink": _subquery,
    "SortBy": _sort,
}
TOUCHING = frozenset(_READERS)
"""The types of nodes that touch anything."""


_TAGS = {
    "CreateStmt": "CREATE TABLE",
    "ViewStmt": "CREATE VIEW",
    "IndexStmt": "CREATE INDEX",
    "CreateSeqStmt": "CREATE SEQUENCE",
    "CreateSchemaStmt": "CREATE SCHEMA",
    "CreateTrigStmt": "CREATE TRIGGER",
    "CreateExtensionStmt": "CREATE EXTENSION",
    "CreatePolicyStmt": "CREATE POLICY",
    "CreateEnumStmt": "CREATE TYPE",
    "CompositeTypeStmt": "CREATE TYPE",
    "CreateRangeStmt": "CREATE TYPE",
    "CreateDomainStmt": "CREATE DOMAIN",
    "RuleStmt": "CREATE RULE",
}
_DROPPED = frozenset({
    "TABLE", "VIEW", "INDEX", "SEQUENCE", "SCHEMA", "TYPE", "DOMAIN", "FUNCTION", "TRIGGER",
})  # fmt: skip
_OTHER_COMMANDS = ("Create", "Alter", "Drop", "Rename", "Grant", "Comment", "Define", "SecLabel", "Import")
_NO_EVENTS = frozenset({
    "CreatedbStmt", "DropdbStmt", "CreateRoleStmt", "AlterRoleStmt", "DropRoleStmt", "GrantRoleStmt",
    "AlterSystemStmt", "AlterDatabaseStmt", "CreateTableSpaceStmt", "DropTableSpaceStmt",
})  # fmt: skip


def _is_command(root: Node, name: str) -> bool:
    if name == "SelectStmt":
        return bool(root.HasField("into_clause"))
    return name in _TAGS or (name.startswith(_OTHER_COMMANDS) and name not in _NO_EVENTS)


def _tag(root: Node, name: str) -> str:
    """Give the tag of a command; an empty one where it is not told apart here, which may be any."""
    if name == "CreateFunctionStmt":
        return "CREATE PROCEDURE" if root.is_procedure else "CREATE FUNCTION"
    if name == "CreateTableAsStmt":
        matview = enum_name(root, "objtype") == "OBJECT_MATVIEW"
        return "CREATE MATERIALIZED VIEW" if matview else "CREATE TABLE AS"
    if name == "GrantStmt":
        return "GRANT" if root.is_grant else "REVOKE"
    if name == "DropStmt":
        dropped = enum_name(root, "remove_type").removeprefix("OBJECT_")
        return f"DROP {dropped}" if dropped in _DROPPED else ""
    return "SELECT INTO" if name == "SelectStmt" else _TAGS.get(name, "")
